import { WebSocket } from 'ws';
import { estimate } from '../../../src/handoff/availability';
import { deskOf } from '../../../src/handoff/desk';
import { patientSweep } from '../../../src/handoff/presence';
import { type Person, randomId, type World, world } from './world';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let desk: World;
let ben: Person;
beforeEach(async () => {
  desk = await world({ timings: { heartbeat: 20, poll: 20, sweep: 20 } });
  ben = await desk.agent('Ben Agent');
});
afterEach(() => desk.stop());

const seen = (person: Person, at: number) =>
  desk.store.write((tx) => desk.store.agents.update(tx, person.me.id, { seen_at: at }));

const isOpen = async () => (await desk.desk.handoff.availability(desk.clock.now, 'en')).open;

/** Looks again and again until it is so. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

async function claim(id: string): Promise<string> {
  const handoff = await desk.ask(id);
  await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
  return handoff;
}

describe('an agent whose browser has died', () => {
  test('keeps the chats for a while, then they go to the front of the queue and the resident is told', async () => {
    const handoff = await claim('c1');
    await seen(ben, desk.clock.now);
    desk.clock.now += 50 * SECOND;
    expect(await desk.desk.sweep()).toBe(0);
    desk.clock.now += 1;
    expect(await desk.desk.sweep()).toBe(1);
    expect(await desk.desk.sweep()).toBe(0);
    expect(await desk.store.handoffs.get(desk.store.db, handoff)).toMatchObject({
      status: 'waiting',
      lane: 'returning',
      agent_id: null,
    });
    expect(await desk.store.conversations.get(desk.store.db, 'c1')).toMatchObject({ hold: 'queued', hold_epoch: 3 });
    const rows = await desk.store.log.read(desk.store.db, 'c1', 'resident');
    expect(rows.at(-1)?.body.text).toContain('agent.requeued');
  });

  test('an emergency stays one', async () => {
    const handoff = await claim('c1');
    await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, { lane: 'emergency' }));
    desk.clock.now += MINUTE;
    await desk.desk.sweep();
    expect(await desk.store.handoffs.get(desk.store.db, handoff)).toMatchObject({ lane: 'emergency' });
  });

  test('is no longer counted after 25 seconds', async () => {
    await seen(ben, desk.clock.now);
    expect(await desk.desk.handoff.availability(desk.clock.now, 'en')).toMatchObject({ open: true, agentsOn: 1 });
    const later = desk.clock.now + 25 * SECOND + 1;
    expect(await desk.desk.handoff.availability(later, 'en')).toEqual({ open: false, agentsOn: 0, waiting: 0 });
  });
});

test('after a restart agents get time to come back before they lose their chats', async () => {
  const handoff = await claim('c1');
  const state = async () => (await desk.store.handoffs.get(desk.store.db, handoff))?.status;
  desk.clock.now += 10 * MINUTE;
  const look = patientSweep(deskOf(desk.options));
  for (let waited = 0; waited < 50; waited += 5) {
    await look();
    expect(await state()).toBe('claimed');
    desk.clock.now += 5 * SECOND;
  }
  await look();
  expect(await state()).toBe('waiting');
});

describe('availability', () => {
  test('a page whose socket cannot get through is there as long as it asks', async () => {
    await ben.get('/desk/api/queue', { 'x-desk-live': '1' });
    expect(await isOpen()).toBe(true);
  });

  test('a message that was left overnight is no waiting time', async () => {
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) {
      const handoff = await desk.ask(id);
      const closed = {
        status: 'closed',
        reason: 'message',
        claimed_at: desk.clock.now,
        closed_at: desk.clock.now,
      } as const;
      await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, closed));
    }
    await seen(ben, desk.clock.now);
    expect(await desk.desk.handoff.availability(desk.clock.now, 'en')).not.toHaveProperty('waitMinutes');
  });

  test('an agent on a break is not there', async () => {
    await seen(ben, desk.clock.now);
    await ben.post('/desk/api/me/available', { available: false });
    expect(await desk.desk.handoff.availability(desk.clock.now, 'en')).toMatchObject({ open: false });
  });

  test('out of hours it says when people are next there', async () => {
    const opensAt = desk.clock.now + 12 * 60 * MINUTE;
    const closed = await world({ hours: { isOpen: () => false, nextOpening: () => opensAt } });
    expect(await closed.desk.handoff.availability(closed.clock.now, 'en')).toEqual({
      open: false,
      agentsOn: 0,
      waiting: 0,
      opensAt,
    });
    await closed.stop();
  });

  test('promises no waiting time without experience', async () => {
    await seen(ben, desk.clock.now);
    expect(await desk.desk.handoff.availability(desk.clock.now, 'en')).not.toHaveProperty('waitMinutes');
  });

  test('the range is half to nine tenths of recent waits, longer with a queue', () => {
    const recent = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((minute) => ({
      reason: 'asked',
      requested_at: 0,
      claimed_at: minute * MINUTE,
      closed_at: minute * MINUTE + 5 * MINUTE,
    }));
    expect(estimate(recent.slice(0, 4), 0, 1)).toBeUndefined();
    expect(estimate(recent, 0, 1)).toEqual([6, 10]);
    expect(estimate(recent, 2, 1)).toEqual([16, 20]);
    expect(estimate(recent, 2, 3)).toEqual([6, 10]);
  });
});

describe('the stream', () => {
  const sockets: WebSocket[] = [];
  beforeEach(() => desk.desk.start());
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate();
  });

  /** A page's socket with everything it was told, and a way to wait for more. */
  async function open(headers: Record<string, string>) {
    const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/desk/stream`, { headers });
    sockets.push(socket);
    const told: object[] = [];
    const waiting = new Set<() => void>();
    socket.on('message', (data) => {
      told.push(JSON.parse(String(data)));
      for (const look of waiting) look();
    });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const until = (push: object): Promise<void> =>
      new Promise((resolve) => {
        const wanted = JSON.stringify(push);
        const look = (): void => {
          if (!told.some((one) => JSON.stringify(one) === wanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    const opened = await new Promise<number>((resolve) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
    return { socket, opened, told, until, closed };
  }

  test('is for signed-in pages of this site', async () => {
    expect((await open({})).opened).toBe(401);
    expect((await open({ cookie: ben.cookie, origin: 'https://evil.test' })).opened).toBe(403);
    expect((await open({ cookie: ben.cookie, origin: desk.url })).opened).toBe(101);
  });

  test('an open page makes its agent present', async () => {
    const page = await open({ cookie: ben.cookie });
    await page.until({ type: 'hello' });
    await eventually(isOpen);
    desk.clock.now += MINUTE;
    expect(await isOpen()).toBe(false);
    await eventually(isOpen);
  });

  test('tells of a new request though nobody published it', async () => {
    const page = await open({ cookie: ben.cookie });
    await page.until({ type: 'hello' });
    page.told.length = 0;
    await desk.ask('c1');
    await page.until({ type: 'queue' });
  });

  test('tells of own chats and of the one on the screen, and who types', async () => {
    await claim('mine');
    await desk.ask('other');
    const page = await open({ cookie: ben.cookie });
    await page.until({ type: 'hello' });
    await desk.says('mine', 'Hello?');
    await page.until({ type: 'conversation', id: 'mine' });
    desk.bus.publish('conversation:mine', 'typing:resident');
    await page.until({ type: 'typing', id: 'mine', from: 'resident' });
    page.socket.send(JSON.stringify({ type: 'watch', id: 'other' }));
    const asking = setInterval(() => desk.bus.publish('conversation:other'), 10);
    await page.until({ type: 'conversation', id: 'other' });
    clearInterval(asking);
  });

  test('tells of a resident’s words though their wake-up was lost', async () => {
    await claim('mine');
    const page = await open({ cookie: ben.cookie });
    await page.until({ type: 'conversation', id: 'mine' });
    page.told.length = 0;
    const row = { id: randomId(), audience: 'resident', type: 'message', role: 'resident' } as const;
    const body = { type: 'message', text: 'Hello?' };
    await desk.store.write((tx) => desk.store.log.append(tx, 'mine', [{ ...row, body }], desk.clock.now));
    await page.until({ type: 'conversation', id: 'mine' });
  });

  test('ends when the account is switched off', async () => {
    const admin = await desk.agent('Ann Admin', 'admin');
    const page = await open({ cookie: ben.cookie });
    await admin.post(`/desk/api/agents/${ben.me.id}/disabled`, { disabled: true });
    expect(await page.closed).toBe(4401);
  });

  test('survives nonsense', async () => {
    const page = await open({ cookie: ben.cookie });
    await page.until({ type: 'hello' });
    page.socket.send('{');
    page.socket.send(JSON.stringify({ type: 'watch', id: 'x'.repeat(1000) }));
    page.told.length = 0;
    await desk.ask('c1');
    await page.until({ type: 'queue' });
  });
});
