import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Harness, type Started, startHarness } from './harness';

let server: Harness;
beforeEach(async () => {
  server = await startHarness();
});
afterEach(() => server.stop());

interface Frame {
  readonly activities: readonly { readonly type: string; readonly text?: string; readonly id: string }[];
  readonly watermark?: string;
}
interface Reader {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  texts(): string[];
  /** Resolves when the condition holds after some frame. */
  until(condition: () => boolean): Promise<void>;
}

function connect(url: string): Reader {
  const socket = new WebSocket(url);
  const frames: Frame[] = [];
  let check = () => {};
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)));
    check();
  });
  return {
    socket,
    frames,
    texts: () => frames.flatMap((frame) => frame.activities.map((activity) => activity.text ?? activity.type)),
    until: (condition) =>
      new Promise((resolve) => {
        check = () => {
          if (condition()) resolve();
        };
        check();
      }),
  };
}
const say = (to: Started, text: string) =>
  server.call('POST', `/v3/directline/conversations/${to.conversationId}/activities`, {
    bearer: to.token,
    json: { type: 'message', text },
  });
async function reconnect(to: Started, query: string): Promise<Reader> {
  const path = `/v3/directline/conversations/${to.conversationId}${query}`;
  const { streamUrl } = (await server.call('GET', path, { bearer: to.token })).body;
  return connect(streamUrl.replace('wss://chat.example.gov.uk', server.url.replace('http', 'ws')));
}
async function refusedWith(url: string): Promise<number> {
  const [, response] = await once(
    new WebSocket(url).on('error', () => {}),
    'unexpected-response',
  );
  return response.statusCode;
}

test('brings the greeting, the echo of what was posted with its id, and the answer', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  await reader.until(() => reader.texts().length === 1);
  const posted = await say(started, 'Hello');
  await reader.until(() => reader.texts().length === 3);
  expect(reader.texts()).toEqual(['Welcome', 'Hello', 'You said: Hello']);
  expect(reader.frames.flatMap((frame) => frame.activities).find((activity) => activity.text === 'Hello')?.id).toBe(
    posted.body.id,
  );
  expect(reader.frames.at(-1)?.watermark).toBe('3');
});

test('after a lost socket: goes on at the watermark, nothing twice, nothing missing', async () => {
  const started = await server.start();
  const first = connect(started.streamUrl);
  await first.until(() => first.texts().length === 1);
  first.socket.terminate();
  await say(started, 'in the tunnel');
  const second = await reconnect(started, `?watermark=${first.frames.at(-1)?.watermark}`);
  await second.until(() => second.texts().length === 2);
  expect(second.texts()).toEqual(['in the tunnel', 'You said: in the tunnel']);
});

test('every activity comes once and in order, however fast they are written', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  const expected = Array.from({ length: 350 }, (_, n) => `m${n}`);
  for (const [n, text] of expected.entries()) {
    server.turns.append(started.conversationId, 'bot', { type: 'message', text });
    if (n % 50 === 0) await new Promise(setImmediate);
  }
  await reader.until(() => reader.texts().length >= 351);
  expect(reader.texts()).toEqual(['Welcome', ...expected]);
});

test('a wake-up that comes while the log is being read is not lost', async () => {
  const started = await server.start();
  const read = server.turns.read.bind(server.turns);
  server.turns.read = async (id, range) => {
    const rows = await read(id, range);
    const isLast = rows.length === 0 && range.after < 3;
    if (isLast) server.turns.append(id, 'bot', { type: 'message', text: `late ${range.after}` });
    return rows;
  };
  const reader = connect(started.streamUrl);
  await reader.until(() => reader.texts().length === 3);
  expect(reader.texts()).toEqual(['Welcome', 'late 1', 'late 2']);
});

test('a log that grows as fast as it is read is left when its reader has gone', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  await reader.until(() => reader.frames.length > 0);
  const most = 20_000;
  let read = 0;
  server.turns.read = async (_id, { after }) => {
    read += 1;
    if (read === 10) reader.socket.terminate();
    const row = { seq: after + 1, at: 0, role: 'bot', activity: { type: 'message', id: `${read}` } };
    return read < most ? [row as never] : [];
  };
  server.turns.append(started.conversationId, 'bot', { type: 'message' });
  await once(reader.socket, 'close');
  while (server.turns.watchers(started.conversationId) > 0) await new Promise(setImmediate);
  expect(read).toBeLessThan(most);
});

test('without a watermark only the new follows', async () => {
  const started = await server.start();
  const reader = await reconnect(started, '');
  await once(reader.socket, 'open');
  server.turns.append(started.conversationId, 'bot', { type: 'message', text: 'new' });
  await reader.until(() => reader.texts().length === 1);
  expect(reader.texts()).toEqual(['new']);
});

test('several tabs read the same conversation', async () => {
  const started = await server.start();
  const readers = [connect(started.streamUrl), await reconnect(started, '?watermark=0')];
  await say(started, 'Hi');
  for (const reader of readers) {
    await reader.until(() => reader.texts().length === 3);
    expect(reader.texts()).toEqual(['Welcome', 'Hi', 'You said: Hi']);
  }
});

test('typing of the bot and of advisers is live, without a watermark; the resident’s own is not shown to them', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  await reader.until(() => reader.frames.length === 1);
  server.turns.typing(started.conversationId, 'resident');
  server.turns.typing(started.conversationId, 'agent');
  await reader.until(() => reader.frames.length === 2);
  expect(reader.frames[1]).toMatchObject({ activities: [{ type: 'typing', from: { id: 'agent', role: 'bot' } }] });
  expect(reader.frames[1]?.watermark).toBeUndefined();
});

test('empty frames of the client are ignored', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  await once(reader.socket, 'open');
  reader.socket.send('');
  await say(started, 'still there?');
  await reader.until(() => reader.texts().length === 3);
});

test('a stream URL serves once, for a minute, for its conversation', async () => {
  const [started, other] = [await server.start(), await server.start()];
  const reader = connect(started.streamUrl);
  await once(reader.socket, 'open');
  expect(await refusedWith(started.streamUrl)).toBe(403);
  expect(await refusedWith(other.streamUrl.replace(other.conversationId, started.conversationId))).toBe(403);
  expect(await refusedWith(other.streamUrl.replace(/t=.*/, 't=forged'))).toBe(403);
  server.clock.now += 61_000;
  expect(await refusedWith(other.streamUrl)).toBe(403);
});

test('a reader that takes nothing is closed, and catches up by its watermark', async () => {
  const started = await server.start();
  const reader = connect(started.streamUrl);
  await reader.until(() => reader.frames.length === 1);
  reader.socket.pause();
  const text = 'x'.repeat(200_000);
  for (let n = 0; n < 100; n += 1) {
    server.turns.append(started.conversationId, 'bot', { type: 'message', text });
    await new Promise(setImmediate);
  }
  const closed = once(reader.socket, 'close');
  reader.socket.resume();
  const [code] = await closed;
  expect(code).toBe(1013);
  const seen = Number(reader.frames.at(-1)?.watermark);
  expect(seen).toBeLessThan(101);
  const again = await reconnect(started, `?watermark=${seen}`);
  await again.until(() => again.texts().length === 101 - seen);
});

test('a closed socket leaves no listener; draining closes the others', async () => {
  const started = await server.start();
  const [first, second] = [connect(started.streamUrl), await reconnect(started, '?watermark=0')];
  await Promise.all([first.until(() => first.frames.length === 1), second.until(() => second.frames.length === 1)]);
  expect(server.turns.watchers(started.conversationId)).toBe(2);
  const closed = once(second.socket, 'close');
  first.socket.close();
  await once(first.socket, 'close');
  await server.stop();
  expect((await closed)[0]).toBe(1001);
  expect(server.turns.watchers(started.conversationId)).toBe(0);
  server = await startHarness();
});
