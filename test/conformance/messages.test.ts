/** Microsoft's client library against the channel itself, where a test can say what the bot says and when. The list stands in `directlinejs.test.ts`. */
import { createRequire } from 'node:module';
import { ConnectionStatus, type DirectLineOptions } from 'botframework-directlinejs';
import { until } from '../server';
import { type Harness, SECRET, startHarness } from '../unit/directline/harness';
import { type Client, connect, installBrowserGlobals, stopClients } from './officialLine';

/** So much faster the client's timers run where a test asks for it: 15 minutes are one and a half seconds. */
const HASTE = 600;

interface Scheduler {
  schedule(work: unknown, delay?: number, state?: unknown): unknown;
}
const { async: ordinary } = createRequire(require.resolve('botframework-directlinejs'))('rxjs/scheduler/async') as {
  async: Scheduler;
};
const hasty: Scheduler = Object.create(ordinary);
hasty.schedule = (work, delay = 0, state) => ordinary.schedule(work, delay / HASTE, state);

let server: Harness;
beforeAll(async () => {
  server = await startHarness();
  installBrowserGlobals(server.url);
});
afterEach(stopClients);
afterAll(() => server.stop());

async function open(options: object = {}): Promise<{ client: Client; id: string }> {
  const { token, conversationId } = (await server.call('POST', '/v3/directline/tokens/generate', { bearer: SECRET }))
    .body;
  const client = connect(server.url, { token, ...options } as DirectLineOptions);
  await until('the greeting', () => client.seen().length === 1);
  return { client, id: conversationId };
}
const tokenOf = ({ line }: Client) => (line as unknown as { readonly token: string }).token;

test('suggested actions and a hero card come as the bot made them', async () => {
  const { client, id } = await open();
  const suggestedActions = { to: [], actions: [{ type: 'imBack', title: 'Yes', value: 'yes' }] };
  const content = {
    title: 'Bin day',
    text: 'Tuesday',
    buttons: [{ type: 'imBack', title: 'Thanks', value: 'thanks' }],
  };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.hero', content }];
  server.turns.append(id, 'bot', { type: 'message', text: 'Is that right?', suggestedActions } as never);
  server.turns.append(id, 'bot', { type: 'message', attachments } as never);
  await until('both', () => client.seen().length === 3);
  expect(client.seen()[1]).toMatchObject({ suggestedActions });
  expect(client.seen()[2]).toMatchObject({ attachments });
});

test('typing of the bot and of an adviser is seen live, and by nobody who polls or comes later', async () => {
  const { client, id } = await open();
  server.turns.typing(id, 'bot');
  server.turns.typing(id, 'agent');
  await until('typing', () => client.all.length === 3);
  expect(client.all.map(({ type }) => type)).toEqual(['message', 'typing', 'typing']);
  const later = connect(server.url, { token: tokenOf(client) });
  const polling = connect(server.url, { token: tokenOf(client), webSocket: false, pollingInterval: 200 });
  await until('the history', () => later.all.length > 0 && polling.all.length > 0);
  server.turns.append(id, 'bot', { type: 'message', text: 'the end' });
  await until('the end', () => [client, later, polling].every((one) => one.texts().includes('the end')));
  for (const one of [later, polling]) expect(one.all.map(({ type }) => type)).toEqual(['message', 'message']);
});

test('its own typing is taken and not said back', async () => {
  const { client } = await open();
  await client.post({ type: 'typing' });
  await client.post({ text: 'done' });
  await until('the answer', () => client.seen().length === 3);
  expect(server.turns.typed.at(-1)).toBe('resident');
  expect(client.all.map(({ type }) => type)).not.toContain('typing');
});

test('refreshes its token by itself, and goes on with the new one after the old one’s end', async () => {
  const { client } = await open({ scheduler: hasty });
  const first = tokenOf(client);
  server.clock.now += 15 * 60_000;
  await until('a fresh token', () => tokenOf(client) !== first);
  server.clock.now += 20 * 60_000;
  await client.post({ text: 'still here' });
  await until('the answer', () => client.texts().includes('You said: still here'));
  const old = await server.call('POST', '/v3/directline/tokens/refresh', { bearer: first });
  expect(old).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
});

test('is told by polling, too, that its token has expired', async () => {
  const { client } = await open({ webSocket: false, pollingInterval: 200 });
  server.clock.now += 31 * 60_000;
  await until('it', () => client.line.connectionStatus$.getValue() === ConnectionStatus.ExpiredToken);
});
