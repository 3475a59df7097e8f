import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { createDutyAlerts, type DutyOptions } from '../../../src/alerts/index';
import type { Effect } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import { createWorld, eventually, openWeb, say, settled, text, type World } from '../turn/harness';
import { mailServer, webServer } from './receivers';

const render = createRender(join(__dirname, '../../../locales'), { strict: true });
const SECRET = 'a-secret-of-some-length';
const WORDS = 'he said he will burn the house down';

let world: World;
const closing: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await world.close();
  for (const each of closing.splice(0)) await each.close();
});

function closed<T extends { close(): Promise<void> }>(server: T): T {
  closing.push(server);
  return server;
}

const ALERT: Extract<Effect, { kind: 'alert' }> = {
  kind: 'alert',
  what: 'emergency',
  text: WORDS,
  danger: 'abuse',
  attended: false,
  quiet: true,
  again: false,
};

const warnings: string[] = [];
function duty(changes: Partial<DutyOptions>) {
  return createDutyAlerts({
    mail: undefined,
    webhook: undefined,
    address: () => 'duty@council.example',
    council: 'Wandlebridge Council',
    publicUrl: 'https://wandle.example',
    render,
    now: () => world.clock.now(),
    logger: { warn: (_fields, message) => void warnings.push(message) },
    ...changes,
  });
}

/** A bot that sees danger in everything. */
const alarmed = (effect: Effect, alerts: ReturnType<typeof duty>) =>
  world.engine(async (turn) => turn.effect(effect), { alertRows: alerts.rows });

const rows = () => world.store.outbox.ofConversation(world.store.db, 'c');
const statuses = async () => (await rows()).map(({ kind, status }) => `${kind} ${status}`).sort();

/** The clock of the world stands: it is moved on to the next attempt. */
async function untilStatuses(expected: readonly string[]): Promise<void> {
  await eventually(async () => {
    const next = (await rows()).filter(({ status }) => status === 'pending').map((row) => row.next_at);
    world.clock.advance(Math.max(0, Math.min(...next, world.clock.now() + 1_000_000) - world.clock.now()) % 1_000_000);
    return (await statuses()).join() === expected.join();
  });
}

test('an alert is mailed and posted once to each, with no word of the resident', async () => {
  const smtp = closed(await mailServer());
  const hook = closed(await webServer());
  const alerts = duty({
    mail: { url: smtp.url, from: 'Wandle <wandle@council.example>' },
    webhook: { url: hook.url, secret: SECRET },
  });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await untilStatuses(['duty-mail delivered', 'duty-webhook delivered']);

  const [mail, ...moreMails] = smtp.mails;
  const [call, ...moreCalls] = hook.calls;
  expect([moreMails, moreCalls]).toEqual([[], []]);
  expect(mail?.to).toEqual(['duty@council.example']);
  const id = new Map((await rows()).map((row) => [row.kind, row.id]));
  expect(mail?.source).toContain(`Message-ID: <${id.get('duty-mail')}@council.example>`);
  expect(mail?.source).toMatch(/Subject: .*abuse at home/);
  expect(mail?.source).toContain('DO NOT CALL OR TEXT');
  expect(mail?.source).toContain('Please go to the desk now');
  expect(mail?.source).toContain('https://wandle.example/desk');
  expect(JSON.parse(call?.body ?? '')).toEqual({
    type: 'duty.alert',
    id: id.get('duty-webhook'),
    timestamp: '2023-11-14T22:13:20.000Z',
    data: {
      danger: 'abuse',
      at: '2023-11-14T22:13:20.000Z',
      conversationId: 'c',
      channel: 'directline',
      language: 'en',
      attended: false,
      quiet: true,
      unreachable: false,
      desk: 'https://wandle.example/desk',
    },
  });
  expect(mail?.source).not.toContain('burn');
  expect(call?.body).not.toContain('burn');
});

test('the call is signed: id, time and body (Standard Webhooks)', async () => {
  const hook = closed(await webServer());
  const alerts = duty({ webhook: { url: hook.url, secret: SECRET } });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await untilStatuses(['duty-webhook delivered']);
  const { headers, body } = hook.calls[0] ?? { headers: {}, body: '' };
  const [id, time] = [headers['webhook-id'], headers['webhook-timestamp']];
  expect(time).toBe(String(Math.floor(world.clock.now() / 1000)));
  const signature = createHmac('sha256', SECRET).update(`${id}.${time}.${body}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
});

test('a first failure of both is made good, under the same ids', async () => {
  const smtp = closed(await mailServer((attempt) => (attempt === 1 ? 451 : undefined)));
  const hook = closed(await webServer((attempt) => (attempt === 1 ? 500 : 200)));
  const alerts = duty({
    mail: { url: smtp.url, from: 'wandle@council.example' },
    webhook: { url: hook.url, secret: SECRET },
  });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await untilStatuses(['duty-mail delivered', 'duty-webhook delivered']);
  expect(smtp.attempts()).toBe(2);
  expect(smtp.mails).toHaveLength(1);
  expect(new Set(hook.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(hook.calls).toHaveLength(2);
});

/** An alert that waits in the outbox: nobody has begun to send. */
async function unsent() {
  const hook = closed(await webServer());
  const alerts = duty({ webhook: { url: hook.url, secret: SECRET } });
  const first = alarmed(ALERT, alerts);
  await openWeb(first, 'c');
  await say(first, 'c', WORDS);
  await settled(world, 'c');
  return { hook, alerts, first };
}

test('what was not sent before a stop is sent after the next start', async () => {
  const { hook, alerts, first } = await unsent();
  await first.drain(1_000);
  expect(await statuses()).toEqual(['duty-webhook pending']);
  const second = alarmed(ALERT, alerts);
  alerts.start(second.push);
  await untilStatuses(['duty-webhook delivered']);
  expect(hook.calls).toHaveLength(1);
});

test('a half-sent alert is sent again: its receiver knows it by its id', async () => {
  const { hook, alerts, first } = await unsent();
  const taken = await world.store.write((tx) => world.store.outbox.take(tx, 'duty-webhook', world.clock.now(), 1));
  expect(taken).toHaveLength(1);
  world.clock.advance(120_000);
  alerts.start(first.push);
  await untilStatuses(['duty-webhook delivered']);
  expect(hook.calls[0]?.headers['webhook-id']).toBe(taken[0]?.id);
});

test.each([
  ['a redirect', 302, 'answered 302'],
  ['a refusal', 401, 'answered 401'],
])('%s is final, and the desk sees it', async (_what, status, reason) => {
  const hook = closed(await webServer(() => status));
  const alerts = duty({ webhook: { url: hook.url, secret: SECRET } });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await untilStatuses(['duty-webhook dead']);
  expect(hook.calls).toHaveLength(1);
  const log = await world.store.log.read(world.store.db, 'c', 'desk');
  expect(log.map(({ body }) => body.value)).toContainEqual(expect.objectContaining({ status: 'dead', reason }));
});

test('a server that says no for good is not asked again', async () => {
  const smtp = closed(await mailServer(() => 550));
  const alerts = duty({ mail: { url: smtp.url, from: 'wandle@council.example' } });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await untilStatuses(['duty-mail dead']);
  expect((await rows())[0]?.error).toBe('refused by the mail server (550)');
});

test('where nobody can be told nothing is written, and the start says so once', async () => {
  warnings.length = 0;
  const alerts = duty({
    mail: { url: 'smtp://127.0.0.1:1', from: 'wandle@council.example' },
    address: () => undefined,
  });
  const engine = alarmed(ALERT, alerts);
  alerts.start(engine.push);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  await settled(world, 'c');
  expect(await rows()).toEqual([]);
  expect(warnings).toHaveLength(1);
});

test('the same danger a moment later alerts nobody twice; the desk still sees it', async () => {
  const hook = closed(await webServer());
  const alerts = duty({ webhook: { url: hook.url, secret: SECRET } });
  const engine = alarmed({ ...ALERT, again: true }, alerts);
  await openWeb(engine, 'c');
  await say(engine, 'c', WORDS);
  expect(await settled(world, 'c', 'desk')).toContain('system: alert');
  expect(await rows()).toEqual([]);
});

test('of a number that has opted out it is said that it cannot be answered', async () => {
  const hook = closed(await webServer());
  const alerts = duty({ webhook: { url: hook.url, secret: SECRET } });
  const engine = alarmed(ALERT, alerts);
  const number = '+447700900123>+447700900001';
  const stop = { type: 'event', name: 'sms.stop' };
  const conversation = { address: number, resident: number, push: true };
  await engine.inlet.accept({ channel: 'sms', conversation, messageId: 'stop', activity: stop, optedOut: true });
  alerts.start(engine.push);
  await text(engine, number, 'help me');
  await eventually(() => hook.calls.length > 0);
  expect(JSON.parse(hook.calls[0]?.body ?? '').data).toMatchObject({ channel: 'sms', unreachable: true });
});
