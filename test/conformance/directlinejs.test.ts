/**
 * Microsoft's client library, unmodified, against the product. With `webchat.test.ts` (Microsoft's web chat in a browser) it shows what
 * the protocol needs; each point of the list in the design, and the test that fails when it is broken:
 *
 *  1 routes, 201 and 200, `expires_in`, stream URL once    `starts …`; messages "refreshes …"; unit/directline/protocol, stream
 *  2 CORS on every path                                    unit/directline/protocol "preflight of …"; contract/directline-server "origins"
 *  3 echo with id and clientActivityID                     `starts …`; webchat "shows each message once"
 *  4 token with user, expiry 403 `TokenExpired`, rotation  `goes on after its token expired`; unit/directline/tokens
 *  5 watermark; typing is live only; empty frames          `loses its socket …`, `polls …`; messages and webchat "typing …"; unit/directline/stream
 *  6 acknowledged before the turn                          `is answered once though the server died between …`
 *  7 no `conversationUpdate` to clients; one clock         `starts …`
 *  8 upload of several files, raw bodies, thumbnails       `uploads two files …`; webchat "sends two files"; unit/directline/upload
 *  9 several sockets; slow readers                         `two tabs …`; unit/directline/stream "a reader that takes nothing …"
 * 10 what clients may not say; 256 K characters            unit/directline/protocol "only what a client may say …", "over 256 K …"
 * 11 404 ends; generous limits                             `ends when …`, `learns that …`; unit/directline/protocol "a flood …"
 * 12 `/api/messages`                                       contract/botframework
 * 13 turns that collect                                    contract/product, faults/kill; `is answered once …`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionStatus, type DirectLineOptions } from 'botframework-directlinejs';
import { freePort, type RunningServer, startServer, until } from '../server';
import { type Client, connect, installBrowserGlobals, siteToken, sockets, stopClients } from './officialLine';

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PDF = `data:application/pdf;base64,${Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64')}`;
const THREE = '2026-11-24T15:00:00.000Z';
const HALF_PAST = '2026-11-24T15:31:00.000Z';

jest.setTimeout(60_000);

let server: RunningServer;
let dataDir: string;
let port: string;

/** The same installation again, perhaps at another time. */
const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
  const env = { WANDLE_BOT: 'echo', WANDLE_SECRET: 's'.repeat(32), WANDLE_NOW: THREE, PORT: port };
  server = await startServer({ ...env, WANDLE_DATA: dataDir, ...more });
};
const open = async (options: DirectLineOptions = {}): Promise<Client> => {
  const { token } = await siteToken(server.url);
  const client = connect(server.url, { token, ...options });
  await until('the greeting', () => client.seen().length === 1);
  return client;
};

beforeAll(async () => {
  installBrowserGlobals();
  port = String(await freePort());
  dataDir = mkdtempSync(join(tmpdir(), 'wandle-official-'));
  await start();
}, 120_000);
afterEach(stopClients);
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('starts, is greeted, sends, and sees its own message with its id before the answer', async () => {
  const client = await open();
  const id = await client.post({ text: 'Hello', channelData: { clientActivityID: 'c1' } });
  await until('echo and answer', () => client.seen().length === 3);
  const [greeting, mine, answer] = client.seen();
  expect([greeting?.text, mine?.text, answer?.text]).toEqual(['Welcome', 'Hello', 'Hello']);
  expect(mine).toMatchObject({ id, channelData: { clientActivityID: 'c1' } });
  expect(Date.parse(answer?.timestamp ?? '')).toBeGreaterThanOrEqual(Date.parse(mine?.timestamp ?? ''));
  expect(client.all.map(({ type }) => type)).toEqual(['message', 'message', 'message']);
  expect(sockets).toHaveLength(1);
});

test('uploads two files as one message, which come back as links that work', async () => {
  const client = await open();
  const attachments = [
    { contentType: 'image/png', contentUrl: PNG, name: 'bin.png', thumbnailUrl: PNG },
    { contentType: 'application/pdf', contentUrl: PDF, name: 'letter.pdf' },
  ];
  const id = await client.post({ text: 'This bin', attachments });
  await until('the files', () => client.seen().some((activity) => activity.id === id));
  const sent = client.seen().find((activity) => activity.id === id);
  expect(sent).toMatchObject({
    text: 'This bin',
    attachments: [
      { contentType: 'image/png', name: 'bin.png', thumbnailUrl: PNG },
      { contentType: 'application/pdf', name: 'letter.pdf' },
    ],
  });
  for (const [index, url] of [PNG, PDF].entries()) {
    const file = await fetch(sent?.attachments?.[index]?.contentUrl ?? '');
    expect(Buffer.from(await file.arrayBuffer()).toString('base64')).toBe(url.split(',')[1]);
  }
});

test('loses its socket, reconnects by watermark, and misses and repeats nothing', async () => {
  const client = await open();
  await client.post({ text: 'one' });
  await until('the first answer', () => client.seen().length === 3);
  sockets.at(-1)?.terminate();
  await client.post({ text: 'two' });
  await until('a second socket', () => sockets.length === 2);
  await until('the second answer', () => client.seen().length >= 5);
  await client.post({ text: 'three' });
  await until('the third answer', () => client.seen().length >= 7);
  expect(client.texts().slice(1)).toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
  expect(new Set(client.seen().map(({ id }) => id)).size).toBe(7);
});

test('a second client with the same token finds all that was said, and both go on: two tabs', async () => {
  const first = await open();
  await first.post({ text: 'one' });
  await until('the answer', () => first.seen().length === 3);
  const { token } = await siteToken(server.url, { token: tokenOf(first) });
  const second = connect(server.url, { token });
  await until('the history', () => second.seen().length === 3);
  await second.post({ text: 'two' });
  await until('both to see it', () => first.seen().length === 5 && second.seen().length === 5);
  expect(second.seen()).toEqual(first.seen());
  expect(sockets).toHaveLength(2);
});

test('polls where web sockets are blocked', async () => {
  const client = await open({ webSocket: false, pollingInterval: 200 });
  await client.post({ text: 'by polling' });
  await until('the answer', () => client.seen().length === 3);
  expect(client.texts().slice(1)).toEqual(['by polling', 'by polling']);
  expect(sockets).toHaveLength(0);
});

test('learns that a conversation does not exist', async () => {
  const { token } = await siteToken(server.url);
  const client = connect(server.url, { token, conversationId: 'no-such-conversation' });
  const statuses: ConnectionStatus[] = [];
  client.line.connectionStatus$.subscribe((status) => statuses.push(status));
  await until('the failure', () => statuses.includes(ConnectionStatus.FailedToConnect));
});

test('goes on where it was after the server was killed, and sends again without being heard twice', async () => {
  const client = await open({ timeout: 1000 });
  await client.post({ text: 'one' });
  await until('the first answer', () => client.seen().length === 3);
  await server.kill();
  const lost = { text: 'two', channelData: { clientActivityID: 'again' } };
  expect(await client.post(lost).catch(() => 'not sent')).toMatch(/retry|not sent/);
  await start();
  await client.post(lost);
  await client.post(lost);
  await client.post({ text: 'three' });
  await until('all answers', () => client.seen().length >= 7, 30_000);
  expect(client.texts().slice(1)).toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
  expect(new Set(client.seen().map(({ id }) => id)).size).toBe(7);
});

test('is answered once though the server died between acknowledging and answering', async () => {
  await server.kill();
  // The first turn of the conversation is the greeting.
  await start({ WANDLE_FAILPOINT: 'ack-turn:2' });
  const client = await open({ timeout: 1000 });
  expect(await client.post({ text: 'hello?' })).toMatch(/^[\w-]{8,}$/);
  await server.ended;
  await start({ WANDLE_STUCK_AFTER_MS: '1000' });
  await until('the answer', () => client.seen().length >= 3, 30_000);
  expect(client.texts().slice(1)).toEqual(['hello?', 'hello?']);
});

test('goes on after its token expired, once the page has renewed it', async () => {
  const client = await open({ timeout: 1000 });
  await server.kill();
  await start({ WANDLE_NOW: HALF_PAST });
  const status = () => client.line.connectionStatus$.getValue();
  await until('the expiry', () => status() === ConnectionStatus.ExpiredToken, 30_000);
  const renewed = await siteToken(server.url, { token: tokenOf(client) });
  const url = `${server.url}/v3/directline/conversations/${renewed.conversationId}?watermark=`;
  const headers = { authorization: `Bearer ${renewed.token}` };
  client.line.reconnect((await (await fetch(url, { headers })).json()) as never);
  await client.post({ text: 'good morning' });
  await until('the answer', () => client.texts().filter((text) => text === 'good morning').length >= 2);
  await server.kill();
  await start();
});

test('ends when the server does not know its conversation any more', async () => {
  const client = await open({ timeout: 1000 });
  const other = mkdtempSync(join(tmpdir(), 'wandle-official-'));
  await server.kill();
  await start({ WANDLE_DATA: other });
  await until('the end', () => client.ended() === 'conversation ended', 30_000);
  await server.kill();
  rmSync(other, { recursive: true, force: true });
  await start();
});

/** What the client holds; it renews it itself. */
function tokenOf({ line }: Client): string {
  return (line as unknown as { readonly token: string }).token;
}
