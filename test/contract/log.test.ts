import { randomUUID } from 'node:crypto';
import type { Inbound, Store } from '../../src/storage/store';
import { describeStores, message, openConversation } from './stores';

const inbound = (conversationId: string, messageId: string, given: Partial<Inbound> = {}): Inbound => ({
  id: randomUUID(),
  conversationId,
  channel: 'web',
  messageId,
  log: message('hello', { role: 'resident' }),
  ...given,
});

const accept = (store: Store, given: Inbound, at = 10) => store.write((tx) => store.inbox.accept(tx, given, at));

describeStores((tested) => {
  describe('activity log', () => {
    test('numbers rows from 1 without gaps, also when writers race and some fail', async () => {
      const { store } = tested;
      const other = await tested.another();
      const id = await openConversation(store);
      const writes = Array.from({ length: 30 }, (_, n) => {
        const through = n % 2 === 0 ? store : other;
        return through.write(async (tx) => {
          await through.log.append(tx, id, [message(`${n}`), message(`${n} again`)], n);
          if (n % 5 === 0) throw new Error('not this one');
        });
      });
      await Promise.allSettled(writes);
      const seqs = (await store.log.read(store.db, id, 'desk')).map((row) => row.seq);
      expect(seqs).toEqual(Array.from({ length: 48 }, (_, n) => n + 1));
      expect((await store.conversations.get(store.db, id))?.last_seq).toBe(48);
    });

    test('answers a reader what follows the last number it saw', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const rows = ['a', 'b', 'c', 'd'].map((text) => message(text));
      expect(await store.write((tx) => store.log.append(tx, id, rows, 2))).toEqual([1, 2, 3, 4]);
      const read = await store.log.read(store.db, id, 'resident', { after: 1, limit: 2 });
      expect(read.map((row) => row.body.text)).toEqual(['b', 'c']);
      expect(await store.log.one(store.db, id, 4)).toMatchObject({ seq: 4, body: { text: 'd' } });
      expect(await store.log.byId(store.db, id, rows[0]?.id ?? '')).toMatchObject({ seq: 1 });
      expect(await store.log.one(store.db, id, 5)).toBeUndefined();
    });

    test('never gives a resident what is for the desk', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const rows = [message('hello'), message('note', { audience: 'desk', role: 'agent', author: 'ann' })];
      await store.write((tx) => store.log.append(tx, id, rows, 2));
      expect((await store.log.read(store.db, id, 'resident')).map((row) => row.seq)).toEqual([1]);
      expect((await store.log.read(store.db, id, 'desk')).map((row) => row.author)).toEqual([null, 'ann']);
    });

    test('stores no card number, NUL or half character', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const body = {
        type: 'message',
        id: '4111111111111111',
        from: { id: '+4915112345674', name: 'x\0y' },
        text: 'Card 4111 1111 1111 1111\ud800 please',
        value: { list: ['5500-0000-0000-0004'] },
      };
      await store.write((tx) => store.log.append(tx, id, [message('', { body })], 2));
      expect((await store.log.one(store.db, id, 1))?.body).toEqual({
        type: 'message',
        id: '4111111111111111',
        from: { id: '+4915112345674', name: 'xy' },
        text: 'Card **** **** **** 1111 please',
        value: { list: ['****-****-****-0004'] },
      });
    });

    test('erasure leaves number, time and reason', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      await store.write((tx) => store.log.append(tx, id, [message('my secret'), message('kept')], 2));
      await store.write((tx) => store.log.erase(tx, id, 1, 'asked by the resident', 9));
      await store.write((tx) => store.log.erase(tx, id, 1, 'again', 10));
      const [erased, kept] = await store.log.read(store.db, id, 'resident');
      expect(erased).toMatchObject({ seq: 1, at: 2, body: {}, erased_at: 9, erased_because: 'asked by the resident' });
      expect(kept).toMatchObject({ body: { text: 'kept' }, erased_at: null });
    });

    test('words that must not be kept are blanked, however they were spaced; the rest of the message stays', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const body = { type: 'message', text: 'account 12 34\u00a056  78 (mine), 12 34 56 78 again', locale: 'en' };
      await store.write((tx) => store.log.append(tx, id, [message('', { body }), message('12 34 56 78')], 2));
      await store.write((tx) => store.log.blank(tx, id, 1, ['12 34 56 78', '(not there)']));
      const [blanked, other] = await store.log.read(store.db, id, 'resident');
      expect(blanked).toMatchObject({ seq: 1, at: 2, erased_at: null });
      expect(blanked?.body).toEqual({ ...body, text: 'account •••••••••••• (mine), ••••••••••• again' });
      expect(other?.body).toMatchObject({ text: '12 34 56 78' });
    });

    test('of a push channel puts what the resident must get into the outbox', async () => {
      const { store } = tested;
      const id = await openConversation(store, { channel: 'sms', address: '+447700900123', push: true });
      const rows = [
        message('from bot'),
        message('from resident', { role: 'resident' }),
        message('note', { audience: 'desk', role: 'agent' }),
        message('', { type: 'event' }),
        message('from agent', { role: 'agent' }),
      ];
      await store.write((tx) => store.log.append(tx, id, rows, 2));
      const queued = await store.outbox.ofConversation(store.db, id);
      expect(queued.map((row) => [row.kind, row.order_key, row.seq, row.position])).toEqual([
        ['sms', id, 1, 1],
        ['sms', id, 5, 2],
      ]);
    });

    test('sends nothing to who has opted out', async () => {
      const { store } = tested;
      const id = await openConversation(store, { channel: 'sms', address: '+447700900123', push: true });
      await store.write((tx) => store.conversations.advance(tx, id, { holdEpoch: 0 }, { opted_out: 1 }, 2));
      await store.write((tx) => store.log.append(tx, id, [message('hello')], 2));
      expect(await store.outbox.ofConversation(store.db, id)).toEqual([]);
    });
  });

  describe('inbox', () => {
    test('accepts a message id once', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const first = inbound(id, 'm1');
      const accepted = { seq: 1, activityId: first.log?.id };
      expect(await accept(store, first)).toEqual({ duplicate: false, ...accepted });
      expect(await accept(store, inbound(id, 'm1'))).toEqual({ duplicate: true, ...accepted });
      expect(await accept(store, inbound(id, 'm2'))).toMatchObject({ duplicate: false, seq: 2 });
      expect((await store.conversations.get(store.db, id))?.last_seq).toBe(2);
    });

    test('accepts a message id once when it arrives several times at once', async () => {
      const { store } = tested;
      const other = await tested.another();
      const id = await openConversation(store);
      const answers = await Promise.all([store, other, store, other].map((each) => accept(each, inbound(id, 'm1'))));
      expect(answers.map((answer) => answer.duplicate).toSorted()).toEqual([false, true, true, true]);
      expect(new Set(answers.map((answer) => answer.activityId)).size).toBe(1);
      expect(await store.log.read(store.db, id, 'desk')).toHaveLength(1);
    });

    test('keeps what is not logged, masked', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const given: Inbound = {
        id: 'i',
        conversationId: id,
        channel: 'web',
        messageId: 'm',
        body: { text: '4111111111111111' },
      };
      expect(await accept(store, given)).toEqual({ duplicate: false, seq: null, activityId: null });
      expect(await accept(store, given)).toEqual({ duplicate: true, seq: null, activityId: null });
      expect(await store.inbox.nextDue(store.db, id, 10)).toMatchObject({
        id: 'i',
        seq: null,
        body: { text: '************1111' },
      });
    });

    test('gives what is due by due time, then in order of acceptance', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      for (const messageId of ['m1', 'm2', 'm3']) await accept(store, inbound(id, messageId), 10);
      const timer = {
        id: 't',
        conversationId: id,
        channel: 'web',
        name: 'left',
        dueAt: 5,
        body: { name: 'left', value: null },
      };
      await store.write((tx) => store.inbox.setTimer(tx, timer, 10));
      const order: string[] = [];
      for (
        let row = await store.inbox.nextDue(store.db, id, 10);
        row;
        row = await store.inbox.nextDue(store.db, id, 10)
      ) {
        const { id: rowId, message_id } = row;
        order.push(message_id);
        await store.write((tx) => store.inbox.finish(tx, rowId, 11));
      }
      expect(order).toEqual([`timer:left:${id}:t`, 'm1', 'm2', 'm3']);
    });

    test('gives messages in order of acceptance, also where the clock was set back or another process goes after', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      await accept(store, inbound(id, 'm1'), 10);
      await accept(store, inbound(id, 'm2'), 7);
      expect((await store.inbox.nextDue(store.db, id, 10))?.message_id).toBe('m1');
      expect(await store.inbox.nextDue(store.db, id, 9)).toBeUndefined();
    });

    test('a timer replaces the pending one of its name, and waits until it is due', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      const set = (timerId: string, dueAt: number) =>
        store.write((tx) =>
          store.inbox.setTimer(
            tx,
            { id: timerId, conversationId: id, channel: 'web', name: 'left', dueAt, body: {} },
            10,
          ),
        );
      await set('t1', 20);
      await set('t2', 30);
      expect(await store.inbox.nextDue(store.db, id, 29)).toBeUndefined();
      expect(await store.inbox.nextDueAt(store.db)).toBe(30);
      expect(await store.inbox.nextDue(store.db, id, 30)).toMatchObject({
        id: 't2',
        kind: 'timer',
        timer_name: 'left',
      });
      await store.write((tx) => store.inbox.cancelTimer(tx, id, 'left', 30));
      expect(await store.inbox.nextDue(store.db, id, 30)).toBeUndefined();
    });

    test('finishes an inbound once; its own timer may have been set anew meanwhile', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      await accept(store, inbound(id, 'm', { id: 'i' }));
      await store.write((tx) => store.inbox.finish(tx, 'i', 11));
      await expect(store.write((tx) => store.inbox.finish(tx, 'i', 12))).rejects.toMatchObject({ what: 'version' });
      const timer = { conversationId: id, channel: 'web', name: 'left', dueAt: 5, body: {} };
      await store.write((tx) => store.inbox.setTimer(tx, { ...timer, id: 't1' }, 10));
      await store.write(async (tx) => {
        await store.inbox.setTimer(tx, { ...timer, id: 't2' }, 11);
        await store.inbox.finish(tx, 't1', 11);
      });
      expect(await store.inbox.nextDue(store.db, id, 11)).toMatchObject({ id: 't2' });
    });

    test('counts attempts, buries the dead and goes on with the next', async () => {
      const { store } = tested;
      const id = await openConversation(store);
      await accept(store, inbound(id, 'm1', { id: 'i1' }));
      await accept(store, inbound(id, 'm2', { id: 'i2' }));
      expect(await store.write((tx) => store.inbox.startAttempt(tx, 'i1'))).toBe(1);
      expect(await store.write((tx) => store.inbox.startAttempt(tx, 'i1'))).toBe(2);
      await store.write((tx) => store.inbox.bury(tx, 'i1', 'it failed', 12));
      expect(await store.inbox.nextDue(store.db, id, 12)).toMatchObject({ id: 'i2' });
      expect(await store.inbox.dead(store.db, 10)).toMatchObject([{ id: 'i1', error: 'it failed', attempts: 2 }]);
    });

    test('names conversations with something due, longest waiting first', async () => {
      const { store } = tested;
      const [late, early, idle] = [
        await openConversation(store),
        await openConversation(store),
        await openConversation(store),
      ];
      await accept(store, inbound(late, 'm1'), 20);
      await accept(store, inbound(early, 'm2'), 10);
      await accept(store, inbound(idle, 'm3'), 99);
      expect(await store.inbox.conversationsDue(store.db, 20, 10)).toEqual([early, late]);
      expect(await store.inbox.conversationsDue(store.db, 20, 1)).toEqual([early]);
    });
  });
});
