import { Conflict } from '../../src/storage/store';
import { describeStores, message, openConversation } from './stores';

describeStores((tested) => {
  describe('write', () => {
    test('keeps nothing of a job that fails, and everything of its neighbours', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const append = (text: string) => store.write((tx) => store.log.append(tx, id, [message(text)], 2));
      const failing = store.write(async (tx) => {
        await store.log.append(tx, id, [message('lost')], 2);
        throw new Error('changed my mind');
      });
      const outcomes = await Promise.allSettled([append('one'), failing, append('two')]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const rows = await store.log.read(store.db, id, 'desk');
      expect(rows.map((row) => [row.seq, row.body.text]).toSorted()).toEqual([
        [1, expect.stringMatching(/one|two/)],
        [2, expect.stringMatching(/one|two/)],
      ]);
    });

    test('rejects a job whose statement the database refuses, alone', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const twice = [message('a', { id: 'same' }), message('b', { id: 'same' })];
      const [refused, kept] = await Promise.allSettled([
        store.write((tx) => store.log.append(tx, id, twice, 2)),
        store.write((tx) => store.log.append(tx, id, [message('c')], 2)),
      ]);
      expect([refused.status, kept.status]).toEqual(['rejected', 'fulfilled']);
    });

    test('shows readers nothing before the commit', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const seen = await store.write(async (tx) => {
        await store.log.append(tx, id, [message('soon')], 2);
        return store.log.read(store.db, id, 'desk');
      });
      expect(seen).toEqual([]);
      expect(await store.log.read(store.db, id, 'desk')).toHaveLength(1);
    });

    test('refuses what comes after close', async () => {
      const store = await tested.another();
      await store.close();
      await expect(store.write(async () => 1)).rejects.toThrow();
    });

    test('finds its tables made when opened several times at once', async () => {
      const stores = await Promise.all([tested.another(), tested.another(), tested.another()]);
      for (const store of stores) expect(await store.inbox.nextDueAt(store.db)).toBeUndefined();
    });
  });

  describe('conversations', () => {
    test('are opened once per id and once per address', async () => {
      const { store } = tested;
      const first = await openConversation(store, { channel: 'sms', address: '+447700900123', push: true });
      const again = { id: 'other', channel: 'sms', address: '+447700900123', resident: 'r', push: true };
      const [byAddress, byId] = await store.write(async (tx) => [
        await store.conversations.open(tx, again, 5),
        await store.conversations.open(tx, { ...again, id: first, address: null }, 5),
      ]);
      expect([byAddress?.id, byId?.id]).toEqual([first, first]);
      expect((await store.conversations.byAddress(store.db, 'sms', '+447700900123'))?.id).toBe(first);
      expect(await store.conversations.byAddress(store.db, 'whatsapp', '+447700900123')).toBeUndefined();
    });

    test('many may have no address', async () => {
      const { store } = tested;
      const ids = [await openConversation(store), await openConversation(store)];
      expect(new Set(ids).size).toBe(2);
    });

    test('advance moves the version, and the hold epoch only with the hold', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const { advance } = store.conversations;
      const talked = await store.write((tx) => advance(tx, id, { version: 0, holdEpoch: 0 }, { language: 'pl' }, 7));
      expect(talked).toMatchObject({ version: 1, hold_epoch: 0, language: 'pl', hold: 'bot', updated_at: 7 });
      const held = await store.write((tx) =>
        advance(tx, id, { holdEpoch: 0 }, { hold: 'agent', hold_agent: 'ann' }, 8),
      );
      expect(held).toMatchObject({ version: 2, hold_epoch: 1, hold: 'agent', hold_agent: 'ann' });
    });

    test.each([
      ['version', { version: 3, holdEpoch: 0 }],
      ['hold', { version: 0, holdEpoch: 4 }],
      ['hold', { holdEpoch: 4 }],
    ] as const)('advance under another %s is a conflict', async (what, expected) => {
      const { store } = tested;
      const id = await openConversation(store);
      const late = store.write((tx) => store.conversations.advance(tx, id, expected, { language: 'pl' }, 7));
      await expect(late).rejects.toMatchObject({ name: 'Conflict', what });
      expect(await store.conversations.get(store.db, id)).toMatchObject({ version: 0, language: null });
    });

    test('of two that advance from one version, one wins', async () => {
      const { store } = tested;
      const other = await tested.another();
      const id = await openConversation(store);
      const advance = (through: typeof store) =>
        through.write((tx) => through.conversations.advance(tx, id, { version: 0, holdEpoch: 0 }, {}, 7));
      const outcomes = await Promise.allSettled([advance(store), advance(other)]);
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const lost = outcomes.find((outcome) => outcome.status === 'rejected');
      expect(lost?.reason).toBeInstanceOf(Conflict);
    });
  });

  describe('states', () => {
    test('are loaded with their versions; absent ones have version 0', async () => {
      const { store } = tested;
      await store.write((tx) => store.states.save(tx, 'user/1', 0, { answers: ['a', 1, true, null] }, 3));
      const states = await store.states.load(store.db, ['user/1', 'user/2']);
      expect(states.get('user/1')).toEqual({ version: 1, body: { answers: ['a', 1, true, null] } });
      expect(states.get('user/2')).toEqual({ version: 0, body: null });
      expect(await store.states.load(store.db, [])).toEqual(new Map());
    });

    test('keep the order of keys and any text', async () => {
      const { store } = tested;
      const body = { z: 1, a: 'NUL \u0000, half \ud800, ‏اردو‎' };
      await store.write((tx) => store.states.save(tx, 'k', 0, body, 3));
      const loaded = (await store.states.load(store.db, ['k'])).get('k');
      expect(JSON.stringify(loaded?.body)).toBe(JSON.stringify(body));
    });

    test.each([
      ['made twice', 0, { n: 2 }],
      ['written over a newer one', 7, { n: 2 }],
      ['deleted though newer', 7, null],
      ['thought absent', 0, null],
    ])('%s: conflict', async (_case, version, body) => {
      const { store } = tested;
      await store.write((tx) => store.states.save(tx, 'k', 0, { n: 1 }, 3));
      const late = store.write((tx) => store.states.save(tx, 'k', version, body, 4));
      await expect(late).rejects.toMatchObject({ what: 'state' });
      expect((await store.states.load(store.db, ['k'])).get('k')).toEqual({ version: 1, body: { n: 1 } });
    });

    test('a null body deletes', async () => {
      const { store } = tested;
      await store.write((tx) => store.states.save(tx, 'k', 0, { n: 1 }, 3));
      await store.write((tx) => store.states.save(tx, 'k', 1, null, 4));
      expect((await store.states.load(store.db, ['k'])).get('k')).toEqual({ version: 0, body: null });
    });
  });
});
