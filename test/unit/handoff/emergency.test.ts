import { QUIET_EMERGENCY } from '../../../src/conversation/quietEmergency';
import { type Person, type World, world } from './world';

let desk: World;
let ann: Person;
let ben: Person;
let sue: Person;
beforeEach(async () => {
  desk = await world();
  ann = await desk.agent('Ann');
  ben = await desk.agent('Ben');
  sue = await desk.agent('Sue', 'supervisor');
});
afterEach(() => desk.stop());

/** A handoff of the emergency lane, as the bot asks for it. */
async function emergency(id: string, reason = 'emergency', push = false): Promise<string> {
  const handoff = await desk.ask(id, push ? { channel: 'sms', push } : {});
  await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, { lane: 'emergency', reason }));
  return handoff;
}

const read = async (person: Person, id: string) => (await person.get(`/desk/api/conversations/${id}`)).status;
const take = async (person: Person, handoff: string) => {
  const answer = await person.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
  expect(answer.status).toBe(200);
  return answer.body.epoch as number;
};
const close = (person: Person, id: string, epoch: number) =>
  person.post(`/desk/api/conversations/${id}/close`, { epoch, outcome: 'solved' });
const past = async (person: Person) =>
  (await person.get('/desk/api/history')).body.items.map((item: { conversationId: string }) => item.conversationId);

test('an emergency is open to all while it waits, then to whoever took it and to supervisors', async () => {
  const handoff = await emergency('c');
  expect([await read(ann, 'c'), await read(ben, 'c')]).toEqual([200, 200]);
  const epoch = await take(ann, handoff);
  expect([await read(ann, 'c'), await read(ben, 'c'), await read(sue, 'c')]).toEqual([200, 404, 200]);
  expect((await close(ann, 'c', epoch)).status).toBe(200);
  expect([await read(ann, 'c'), await read(ben, 'c'), await read(sue, 'c')]).toEqual([200, 404, 200]);
  expect([await past(ann), await past(ben), await past(sue)]).toEqual([['c'], [], ['c']]);
});

test('a later chat of the same resident opens it to whoever has that', async () => {
  await close(ann, 'c', await take(ann, await emergency('c')));
  const again = await desk.again('c');
  expect(await read(ben, 'c')).toBe(404);
  const epoch = (await desk.store.conversations.get(desk.store.db, 'c'))?.hold_epoch ?? 0;
  await ben.post(`/desk/api/handoffs/${again}/claim`, { epoch });
  expect(await read(ben, 'c')).toBe(200);
});

test('other chats stay open to every agent', async () => {
  const epoch = await take(ann, await desk.ask('c'));
  expect(await read(ben, 'c')).toBe(200);
  await close(ann, 'c', epoch);
  expect(await past(ben)).toEqual(['c']);
});

const told = async (id: string) =>
  (await desk.store.log.read(desk.store.db, id, 'resident')).filter(({ role }) => role === 'system').length;

test.each([
  ['by text, where somebody near may read it', QUIET_EMERGENCY, true, 0],
  ['by text', 'emergency', true, 2],
  ['on the web', QUIET_EMERGENCY, false, 2],
])('who has taken and ended a chat is told %s: %s, %s → %d', async (_where, reason, push, expected) => {
  const epoch = await take(ann, await emergency('c', reason, push));
  await close(ann, 'c', epoch);
  expect(await told('c')).toBe(expected);
});

test('the bot looks after the queue only while somebody waits in it', async () => {
  const watches = async () => {
    const rows = desk.store.db.selectFrom('inbox').select(['status', 'due_at']).where('timer_name', '=', 'queue');
    return (await rows.orderBy('position').execute()).map(({ status, due_at }) => [
      status,
      Number(due_at) - desk.clock.now,
    ]);
  };
  const handoff = await desk.ask('c');
  const timer = { id: 't', conversationId: 'c', channel: 'web', name: 'queue', dueAt: desk.clock.now + 5, body: {} };
  await desk.store.write((tx) => desk.store.inbox.setTimer(tx, timer, desk.clock.now));
  const epoch = await take(ann, handoff);
  expect(await watches()).toEqual([['cancelled', 5]]);
  await ann.post('/desk/api/conversations/c/requeue', { epoch });
  expect(await watches()).toEqual([
    ['cancelled', 5],
    ['pending', 60_000],
  ]);
});
