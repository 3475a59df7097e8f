import type { QueueView } from '../../../src/handoff/api';
import { claimedBy, residentSees, send, view } from './actions';
import { type Person, type World, world } from './world';

/** Fifty passwords are hashed, and that is meant to be slow. */
const MANY_SIGN_INS_MS = 60_000;

let desk: World;
let ben: Person;
let cas: Person;
beforeEach(async () => {
  desk = await world();
  ben = await desk.agent('Ben Agent');
  cas = await desk.agent('Cas Agent');
});
afterEach(() => desk.stop());

describe('claiming', () => {
  test(
    'fifty agents at once: one has it, the others are told who',
    async () => {
      const people = await Promise.all(Array.from({ length: 50 }, (_, index) => desk.agent(`Agent ${index}`)));
      const handoff = await desk.ask('c1');
      const answers = await Promise.all(
        people.map((person) => person.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 })),
      );
      const winners = people.filter((_, index) => answers[index]?.status === 200);
      expect(winners).toHaveLength(1);
      const [winner] = winners;
      const losers = answers.filter((answer) => answer.status === 409);
      expect(losers).toHaveLength(49);
      for (const loser of losers) expect(loser.body.error).toMatchObject({ owner: winner?.me.name });
      expect(await desk.store.conversations.get(desk.store.db, 'c1')).toMatchObject({
        hold: 'agent',
        hold_agent: winner?.me.id,
        hold_epoch: 2,
      });
      expect((await residentSees(desk, 'c1')).filter((text) => text.includes('agent.joined'))).toHaveLength(1);
    },
    MANY_SIGN_INS_MS,
  );

  test('an epoch that has moved on claims nothing', async () => {
    const handoff = await desk.ask('c1');
    const answer = await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 0 });
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: 'stale', hold: { epoch: 1, state: 'queued' } } },
    });
    expect(await desk.store.handoffs.get(desk.store.db, handoff)).toMatchObject({ status: 'waiting' });
    expect((await residentSees(desk, 'c1')).join()).not.toContain('joined');
  });

  test('claiming again what one has already is no mistake', async () => {
    const handoff = await desk.ask('c1');
    await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
    const again = await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
    expect(again).toMatchObject({ status: 200, body: { epoch: 2 } });
  });

  test('a cancelled request is over', async () => {
    const handoff = await desk.ask('c1');
    await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, { status: 'cancelled' }));
    expect((await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 })).body.error.code).toBe('over');
  });

  test('only a supervisor takes over a colleague’s chat, and the colleague can no longer write', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const queue: QueueView = (await ben.get('/desk/api/queue')).body;
    const handoff = queue.mine[0]?.handoffId;
    const refused = await cas.post(`/desk/api/handoffs/${handoff}/claim`, { epoch, takeOver: true });
    expect(refused).toMatchObject({ status: 409, body: { error: { owner: 'Ben Agent' } } });
    const sue = await desk.agent('Sue Super', 'supervisor');
    expect((await sue.post(`/desk/api/handoffs/${handoff}/claim`, { epoch, takeOver: true })).status).toBe(200);
    expect((await send(ben, 'c1', 'Me again', epoch)).body.error).toMatchObject({ code: 'stale', owner: 'Sue Super' });
  });

  test('a message left for the desk can be taken up as a chat, or dealt with elsewhere once', async () => {
    const first = await desk.ask('c1');
    const second = await desk.ask('c2');
    await desk.store.write(async (tx) => {
      for (const id of [first, second]) await desk.store.handoffs.update(tx, id, { status: 'message' });
    });
    const { items } = (await ben.get('/desk/api/messages')).body;
    expect(items).toHaveLength(2);
    expect((await ben.post(`/desk/api/handoffs/${first}/claim`, { epoch: 1 })).status).toBe(200);
    const done = { outcome: 'solved', remark: 'Rang back' };
    const answers = await Promise.all(
      [ben, cas].map((person) => person.post(`/desk/api/handoffs/${second}/done`, done)),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
  });
});

describe('messages left out of hours', () => {
  const left = async (id: string): Promise<string> => {
    const handoff = await desk.ask(id);
    await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, { status: 'message' }));
    return handoff;
  };

  test('can be taken up though the resident has had another chat since', async () => {
    const message = await left('c1');
    desk.clock.now += 1000;
    const later = await desk.again('c1');
    const { epoch } = (await ben.post(`/desk/api/handoffs/${later}/claim`, { epoch: 2 })).body;
    await ben.post('/desk/api/conversations/c1/close', { epoch, outcome: 'solved' });
    expect((await view(ben, 'c1')).briefing).toMatchObject({ handoffId: message, status: 'message' });
  });

  test('come oldest first, and none falls off the list', async () => {
    for (let index = 0; index < 101; index += 1) {
      await left(`c${index}`);
      desk.clock.now += 1000;
    }
    const { items } = (await ben.get('/desk/api/messages')).body;
    expect(items).toHaveLength(101);
    expect(items[0]).toMatchObject({ conversationId: 'c0' });
    expect((await ben.get('/desk/api/queue')).body.messages).toBe(101);
  });
});

describe('ending', () => {
  test('closing gives the conversation back and wakes the bot by an inbound event, once', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const close = { epoch, outcome: 'solved', remark: 'Crew goes back tomorrow' };
    const answers = await Promise.all([1, 2].map(() => ben.post('/desk/api/conversations/c1/close', close)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    expect(await desk.store.conversations.get(desk.store.db, 'c1')).toMatchObject({
      hold: 'bot',
      hold_agent: null,
      hold_epoch: 3,
    });
    const due = await desk.store.inbox.nextDue(desk.store.db, 'c1', desk.clock.now);
    expect(due?.body).toMatchObject({
      type: 'event',
      name: 'handoff.status',
      value: { state: 'completed', outcome: 'solved' },
      channelId: 'web',
      from: { id: 'resident-c1', role: 'user' },
    });
    expect(desk.woken).toEqual(['c1']);
    expect(await residentSees(desk, 'c1')).toEqual(expect.arrayContaining([expect.stringContaining('agent.ended')]));
    expect((await residentSees(desk, 'c1')).join()).not.toContain('Crew goes back');
    const { items } = (await ben.get('/desk/api/history')).body;
    expect(items).toMatchObject([{ conversationId: 'c1', outcome: 'solved', agent: 'Ben Agent' }]);
    expect((await send(ben, 'c1', 'One more thing', epoch)).status).toBe(409);
  });

  test('an outcome is needed', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    expect((await ben.post('/desk/api/conversations/c1/close', { epoch })).status).toBe(422);
  });

  test('transfer needs a colleague who is there; the resident is told the new name', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const move = (to: string) => ben.post('/desk/api/conversations/c1/transfer', { epoch, to });
    expect((await move(cas.me.id)).body.error.code).toBe('away');
    await desk.store.write((tx) => desk.store.agents.update(tx, cas.me.id, { seen_at: desk.clock.now }));
    const answer = await move(cas.me.id);
    expect(answer.status).toBe(200);
    expect((await send(cas, 'c1', 'Taking over', answer.body.epoch)).status).toBe(200);
    expect((await send(ben, 'c1', 'Still me?', epoch)).status).toBe(409);
    expect((await residentSees(desk, 'c1')).filter((text) => text.includes('Cas Agent'))).toHaveLength(1);
  });
});
