import { Connection } from '../../../src/web/chat/connection';
import type { Outgoing } from '../../../src/web/chat/protocol';
import type { Socket } from '../../../src/web/chat/stream';

interface Asked {
  readonly path: string;
  readonly body: { readonly [key: string]: unknown };
}
class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  send(data: string): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
}

/** A page with its network in the test's hands: `answers` decides on each request. */
function page(kept: { token?: string; outbox: readonly Outgoing[] } = { outbox: [] }) {
  const world = {
    asked: [] as Asked[],
    sockets: [] as FakeSocket[],
    states: [] as string[],
    kept: undefined as { token?: string; outbox: readonly Outgoing[] } | undefined,
    lost: 0,
    status: (_asked: Asked): number => 200,
    connection: undefined as unknown as Connection,
  };
  world.connection = new Connection({
    origin: 'https://chat.example',
    locale: 'pl',
    async fetch(url, init) {
      const body = init.body === undefined ? {} : JSON.parse(String(init.body));
      const asked = { path: url.replace('https://chat.example', ''), body };
      world.asked.push(asked);
      const status = world.status(asked);
      if (status === 0) throw new TypeError('network');
      const session = {
        conversationId: 'c1',
        token: 'fresh',
        watermark: '7',
        activities: [],
        streamUrl: 'wss://inside:1/stream?t=1',
      };
      return new Response(JSON.stringify(asked.path === '/chat/token' ? session : { id: 'x' }), { status });
    },
    openSocket(url) {
      const socket = new FakeSocket(url);
      world.sockets.push(socket);
      return socket;
    },
    random: () => 1,
    kept,
    keep: (change) => {
      world.kept = change;
    },
    received: () => {},
    settled: ({ clientId }, state) => world.states.push(`${clientId}:${state}`),
    line: (line) => world.states.push(line),
    lost: () => {
      world.lost += 1;
    },
  });
  return world;
}
const message = (clientId: string): Outgoing => ({ clientId, at: 1, activity: { type: 'message', text: clientId } });
const posts = (asked: readonly Asked[]) =>
  asked.filter(({ path }) => path.endsWith('/activities')).map(({ body }) => body.text);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('one request opens the chat; the stream is taken from our own origin', async () => {
  const world = page();
  await world.connection.connect();
  expect(world.asked).toEqual([{ path: '/chat/token', body: { start: true, locale: 'pl' } }]);
  expect(world.sockets.map(({ url }) => url)).toEqual(['wss://chat.example/stream?t=1']);
  expect(world.kept).toEqual({ token: 'fresh', outbox: [] });
});

test('after a reload it resumes with its token and sends what was unsent, in order', async () => {
  const world = page({ token: 'old', outbox: [message('a'), message('b')] });
  await world.connection.connect();
  await jest.advanceTimersByTimeAsync(0);
  expect(world.asked[0]?.body).toEqual({ token: 'old', watermark: '0' });
  expect(posts(world.asked)).toEqual(['a', 'b']);
  expect(world.asked[1]?.body.channelData).toEqual({ clientActivityID: 'a' });
  expect(world.kept?.outbox).toEqual([]);
});

test('a lost socket is replaced, from the last watermark', async () => {
  const world = page();
  await world.connection.connect();
  world.sockets[0]?.onopen?.();
  world.sockets[0]?.onmessage?.({ data: '{"activities":[],"watermark":"9"}' });
  world.sockets[0]?.onclose?.();
  await jest.advanceTimersByTimeAsync(1000);
  expect(world.asked.at(-1)?.body).toEqual({ token: 'fresh', watermark: '9' });
  expect(world.sockets).toHaveLength(2);
});

test('where sockets never open it polls', async () => {
  const world = page();
  await world.connection.connect();
  for (let n = 0; n < 2; n += 1) {
    world.sockets.at(-1)?.onclose?.();
    await jest.advanceTimersByTimeAsync(0);
  }
  expect(world.sockets).toHaveLength(2);
  const before = world.asked.length;
  await jest.advanceTimersByTimeAsync(9000);
  expect(world.asked.length - before).toBe(3);
  expect(world.sockets).toHaveLength(2);
});

test('a message that cannot be sent waits, is shown as failed, and is sent when it can be', async () => {
  const world = page();
  await world.connection.connect();
  world.status = () => 0;
  world.connection.send(message('a'));
  await jest.advanceTimersByTimeAsync(5000);
  expect(world.states).toContain('a:failed');
  expect(world.states).toContain('offline');
  expect(world.kept?.outbox).toHaveLength(1);
  world.status = () => 200;
  await jest.advanceTimersByTimeAsync(30_000);
  expect(world.states.at(-1)).toBe('a:acknowledged');
  expect(world.kept?.outbox).toEqual([]);
});

test('what the server refuses for good is not tried again, and holds up nothing', async () => {
  const world = page();
  await world.connection.connect();
  world.status = ({ body }) => (body.text === 'bad' ? 413 : 200);
  world.connection.send(message('bad'));
  world.connection.send(message('good'));
  await jest.advanceTimersByTimeAsync(0);
  expect(world.states.slice(-4)).toEqual(['bad:sending', 'bad:refused', 'good:sending', 'good:acknowledged']);
});

test('an expired token is renewed, then the message goes', async () => {
  const world = page();
  await world.connection.connect();
  let expired = true;
  world.status = ({ path }) => {
    if (path === '/chat/token') expired = false;
    return expired ? 403 : 200;
  };
  world.connection.send(message('a'));
  await jest.advanceTimersByTimeAsync(2000);
  expect(world.states.at(-1)).toBe('a:acknowledged');
  expect(world.lost).toBe(0);
});

test('a conversation that is gone is followed by a new one, and the resident is told', async () => {
  const world = page({ token: 'old', outbox: [] });
  world.status = ({ body }) => (body.token === 'old' ? 404 : 200);
  await world.connection.connect();
  await jest.advanceTimersByTimeAsync(0);
  expect(world.lost).toBe(1);
  expect(world.asked.at(-1)?.body).toEqual({ start: true, locale: 'pl' });
});

test('what was under way when the chat was ended leaves no trace either', async () => {
  const world = page();
  await world.connection.connect();
  world.connection.send(message('a'));
  world.kept = undefined;
  await world.connection.end();
  await jest.advanceTimersByTimeAsync(0);
  expect(world.kept).toBeUndefined();
});

test('after the end nothing is kept, asked or said', async () => {
  const world = page();
  await world.connection.connect();
  world.kept = undefined;
  await world.connection.end();
  expect(world.asked.at(-1)?.body).toEqual({ type: 'endOfConversation' });
  const before = world.asked.length;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(world.asked).toHaveLength(before);
  expect(world.kept).toBeUndefined();
  expect(world.sockets[0]?.closed).toBe(true);
});

test('a search asks once more with a new token where the old one has expired, and no more than that', async () => {
  const world = page({ token: 'old', outbox: [] });
  await world.connection.connect();
  world.status = ({ path }) => (path === '/chat/token' || world.asked.length > 2 ? 200 : 403);
  expect(await world.connection.lookUp('q=sample')).toEqual({ id: 'x' });
  expect(world.asked.map(({ path }) => path).slice(1)).toEqual([
    '/chat/addresses?q=sample',
    '/chat/token',
    '/chat/addresses?q=sample',
  ]);
  world.status = ({ path }) => (path === '/chat/token' ? 200 : 429);
  await expect(world.connection.lookUp('q=sample')).rejects.toMatchObject({ status: 429 });
});
