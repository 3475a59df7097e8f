import { randomUUID } from 'node:crypto';
import type { NewRow } from '../../src/storage/schema';
import type { Store } from '../../src/storage/store';
import { CASE, describeStores, openConversation } from './stores';

const openCase = (store: Store, given: Partial<NewRow<'cases'>> = {}) =>
  store.write((tx) => store.cases.open(tx, { ...CASE, ...given }));

describeStores((tested) => {
  describe('cases', () => {
    test('one may be open per dedupe key; a failed one leaves its transaction usable', async () => {
      const { store } = tested;
      await openCase(store);
      const follower = { reference: CASE.reference, conversation_id: 'c2', answers: '{}', at: 2 };
      await store.write(async (tx) => {
        await expect(store.cases.open(tx, { ...CASE, reference: 'MB-2' })).rejects.toMatchObject({ what: 'case' });
        await store.cases.follow(tx, follower);
        await store.cases.follow(tx, follower);
      });
      expect(await store.cases.openWithKey(store.db, CASE.dedupe_key)).toMatchObject({
        reference: CASE.reference,
        followers: 1,
      });
      await store.write((tx) => store.cases.close(tx, CASE.reference, 'emptied', 9));
      await openCase(store, { reference: 'MB-2' });
      expect(await store.cases.get(store.db, CASE.reference)).toMatchObject({
        status: 'closed',
        note: 'emptied',
        closed_at: 9,
      });
    });

    test('of two that open under one key at once, one wins', async () => {
      const { store } = tested;
      const other = await tested.another();
      const outcomes = await Promise.allSettled([openCase(store), openCase(other, { reference: 'MB-2' })]);
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    test('keep answers masked and in order, and are found by place and box', async () => {
      const { store } = tested;
      await openCase(store);
      await openCase(store, { reference: 'MB-2', dedupe_key: 'missed-bin|k2|x', opened_at: 2_000, lat: 51.6 });
      await store.write((tx) => store.cases.setContact(tx, 'MB-2', '+447700900123'));
      const found = await store.cases.openInBox(store.db, 'missed-bin', {
        south: 51.4,
        north: 51.55,
        west: -0.3,
        east: 0,
      });
      expect(found).toMatchObject([
        { reference: CASE.reference, answers: '{"note":"**** **** **** 1111","z":1,"a":true}' },
      ]);
      expect(await store.cases.countAt(store.db, 'missed-bin', '100', 2_000)).toBe(1);
      expect(await store.cases.countAt(store.db, 'missed-bin', '100', 0)).toBe(2);
      expect(await store.cases.countOpen(store.db, 'missed-bin|k2')).toBe(1);
      expect(await store.cases.countOpen(store.db, 'missed-bin|k')).toBe(0);
      expect(await store.cases.get(store.db, 'MB-2')).toMatchObject({ contact: '+447700900123', followers: 0 });
    });
  });

  describe('a case that is raised', () => {
    const raised = async (due_at: number | null, dueAt: number | undefined, close = false) => {
      const { store } = tested;
      await openCase(store, { due_at, facts: '{"owner":"council","urgent":false}' });
      await store.write(async (tx) => {
        if (close) await store.cases.close(tx, CASE.reference, null, 9);
        const facts = { urgent: true, raised: { danger: 'walkers' } };
        await store.cases.raise(tx, CASE.reference, { facts, ...(dueAt !== undefined && { dueAt }) });
      });
      const { due_at: due, facts = '{}' } = (await store.cases.get(store.db, CASE.reference)) ?? {};
      return { due, facts: JSON.parse(facts) as unknown };
    };
    const facts = { owner: 'council', urgent: true, raised: { danger: 'walkers' } };

    test.each([
      [500, 200, 200],
      [100, 200, 100],
      [null, 200, 200],
      [100, undefined, 100],
      [null, undefined, null],
    ])('due at %p and again at %p is due at %p', async (before, dueAt, due) => {
      expect(await raised(before, dueAt)).toEqual({ due, facts });
    });
    test('keeps what each of two says who raise it at once', async () => {
      const { store } = tested;
      const other = await tested.another();
      await openCase(store, { due_at: 500, facts: '{}' });
      const raise = (by: Store, nth: number) =>
        by.write((tx) => by.cases.raise(tx, CASE.reference, { dueAt: 400 - nth, facts: { [`said${nth}`]: true } }));
      for (let nth = 0; nth < 20; nth += 2) await Promise.all([raise(store, nth), raise(other, nth + 1)]);
      const { due_at: due, facts = '{}' } = (await store.cases.get(store.db, CASE.reference)) ?? {};
      expect(due).toBe(381);
      expect(Object.keys(JSON.parse(facts) as object)).toHaveLength(20);
    });
    test('stays as it is once it is closed', async () => {
      expect(await raised(500, 200, true)).toEqual({ due: 500, facts: { owner: 'council', urgent: false } });
    });
  });

  describe('outbox', () => {
    const add = (store: Store, keys: readonly string[], at = 10) => {
      const rows = keys.map((orderKey) => ({
        id: randomUUID(),
        kind: 'sms',
        conversationId: null,
        seq: null,
        body: { orderKey },
        orderKey,
      }));
      return store.write((tx) => store.outbox.add(tx, rows, at)).then(() => rows.map((row) => row.id));
    };
    const take = (store: Store, now = 10, limit = 10) => store.write((tx) => store.outbox.take(tx, 'sms', now, limit));

    test('gives the first unfinished row of each key, in order', async () => {
      const { store } = tested;
      const [a1, a2, b1] = await add(store, ['a', 'a', 'b']);
      const first = await take(store);
      expect(first.map((row) => row.id).toSorted()).toEqual([a1, b1].toSorted());
      expect(first.map((row) => [row.status, row.attempts])).toEqual([
        ['sending', 1],
        ['sending', 1],
      ]);
      expect(await take(store)).toEqual([]);
      await store.write((tx) => store.outbox.update(tx, a1 ?? '', { status: 'accepted', provider_id: 'SM1' }, 11));
      expect((await take(store)).map((row) => row.id)).toEqual([a2]);
      expect(await store.outbox.byProviderId(store.db, 'sms', 'SM1')).toMatchObject({ id: a1, status: 'accepted' });
    });

    test('a row that is to be tried later holds back those behind it', async () => {
      const { store } = tested;
      const [a1] = await add(store, ['a', 'a']);
      await take(store);
      await store.write((tx) =>
        store.outbox.update(tx, a1 ?? '', { status: 'pending', next_at: 50, error: 'busy' }, 11),
      );
      expect(await take(store, 49)).toEqual([]);
      expect(await store.outbox.nextAt(store.db, 'sms')).toBe(50);
      expect((await take(store, 50)).map((row) => [row.id, row.attempts])).toEqual([[a1, 2]]);
    });

    test('never gives a row to two takers', async () => {
      const { store } = tested;
      const other = await tested.another();
      const ids = await add(
        store,
        Array.from({ length: 40 }, (_, n) => `k${n % 20}`),
      );
      const taken: string[] = [];
      while (taken.length < ids.length) {
        const rounds = await Promise.all([
          take(store, 10, 3),
          take(other, 10, 3),
          take(store, 10, 3),
          take(other, 10, 3),
        ]);
        const rows = rounds.flat();
        expect(rows.length).toBeGreaterThan(0);
        expect(new Set(rows.map((row) => row.order_key)).size).toBe(rows.length);
        taken.push(...rows.map((row) => row.id));
        await store.write(async (tx) => {
          for (const row of rows) await store.outbox.update(tx, row.id, { status: 'delivered' }, 11);
        });
      }
      expect(taken.toSorted()).toEqual([...ids].toSorted());
    });

    test('gives no position twice when writers race', async () => {
      const { store } = tested;
      const other = await tested.another();
      await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 ? store : other, ['a'])));
      const rows = await store.db.selectFrom('outbox').select('position').orderBy('position').execute();
      expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });

    test('shows what is stuck and what is dead', async () => {
      const { store } = tested;
      const [stuck, dead] = await add(store, ['a', 'b']);
      await take(store);
      await store.write((tx) => store.outbox.update(tx, dead ?? '', { status: 'dead', error: 'no such number' }, 12));
      expect((await store.outbox.stuck(store.db, 'sms', 11)).map((row) => row.id)).toEqual([stuck]);
      expect(await store.outbox.undelivered(store.db, 10)).toMatchObject([{ id: dead, error: 'no such number' }]);
    });
  });

  describe('desk', () => {
    const handoff = (conversationId: string, given: Partial<NewRow<'handoffs'>> = {}): NewRow<'handoffs'> => ({
      id: randomUUID(),
      conversation_id: conversationId,
      status: 'waiting',
      lane: 'normal',
      reason: 'asked',
      ask: 'my bin',
      service: null,
      language: 'en',
      facts: '[]',
      contact: null,
      agent_id: null,
      outcome: null,
      requested_at: 1,
      claimed_at: null,
      closed_at: null,
      ...given,
    });

    test('the queue goes by lane, then by waiting time', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const lanes = [
        ['n2', 'normal', 5],
        ['n1', 'normal', 1],
        ['r', 'returning', 9],
        ['e', 'emergency', 10],
      ] as const;
      for (const [handoffId, lane, requested_at] of lanes) {
        await store.write((tx) => store.handoffs.request(tx, handoff(id, { id: handoffId, lane, requested_at })));
      }
      expect((await store.handoffs.queue(store.db)).map((row) => row.id)).toEqual(['e', 'r', 'n1', 'n2']);
      await store.write((tx) => store.handoffs.update(tx, 'e', { status: 'claimed', agent_id: 'ann', claimed_at: 11 }));
      expect((await store.handoffs.ofAgent(store.db, 'ann')).map((row) => row.id)).toEqual(['e']);
      expect(await store.handoffs.openOf(store.db, id)).toMatchObject({ id: 'e' });
      expect(
        (await store.handoffs.list(store.db, { status: 'waiting', since: 2, limit: 9 })).map((row) => row.id),
      ).toEqual(['r', 'n2']);
    });

    test('a login link works once, before it expires', async () => {
      const { store } = tested;
      const agent = {
        id: 'ann',
        email: 'Ann@Example.org',
        name: 'Ann',
        password: null,
        role: 'agent',
        languages: '["en"]',
        seen_at: null,
        available: 0,
        created_at: 1,
        disabled_at: null,
      } as const;
      await store.write((tx) => store.agents.add(tx, agent));
      for (const id of ['l1', 'l2']) {
        await store.write((tx) =>
          store.agents.addLoginLink(tx, { id, agent_id: 'ann', expires_at: 10, used_at: null }),
        );
      }
      const use = (id: string, at: number) => store.write((tx) => store.agents.useLoginLink(tx, id, at));
      expect((await Promise.all([use('l1', 9), use('l1', 9)])).toSorted()).toEqual(['ann', undefined]);
      expect(await use('l2', 10)).toBeUndefined();
      expect(await store.agents.byEmail(store.db, 'ANN@example.org')).toMatchObject({ id: 'ann' });
    });

    test('the audit is read newest first', async () => {
      const { store } = tested;
      for (const at of [1, 2]) {
        await store.write((tx) =>
          store.audit.write(tx, { id: `${at}`, at, actor: 'ann', action: 'read', subject: null, detail: null }),
        );
      }
      expect((await store.audit.list(store.db, { limit: 5 })).map((row) => row.at)).toEqual([2, 1]);
      expect(await store.audit.list(store.db, { since: 2, limit: 5 })).toHaveLength(1);
    });
  });
});
