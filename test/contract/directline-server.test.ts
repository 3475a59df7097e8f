import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { WebSocket } from 'ws';
import { SESSION_SECONDS } from '../../src/channels/directline/tokens';
import { until } from '../server';
import { type Harness, SECRET, type Started, startHarness } from '../unit/directline/harness';

/** What Direct Line 3.0 promises beyond the ordinary course: sessions that end, limits, refusals, hostile clients. */

const BASE = '/v3/directline';
const SITE = 'https://www.example.gov.uk';
const HOUR = 3_600_000;

let server: Harness;
beforeEach(async () => {
  server = await startHarness({ origins: [SITE] });
});
afterEach(() => server.stop());

const of = (id: string, what = '') => `${BASE}/conversations/${id}${what}`;
const post = (to: Started, activity: object) =>
  server.call('POST', of(to.conversationId, '/activities'), { bearer: to.token, json: activity });
const say = (to: Started, text: string) => post(to, { type: 'message', text });

async function opened(started: Started): Promise<WebSocket> {
  const { body } = await server.call('GET', of(started.conversationId, '?watermark=0'), { bearer: started.token });
  const socket = new WebSocket(body.streamUrl.replace('wss://chat.example.gov.uk', server.url.replace('http', 'ws')));
  await once(socket, 'open');
  return socket;
}
async function refused(url: string, headers: Record<string, string> = {}) {
  const [, response] = await once(
    new WebSocket(url, { headers }).on('error', () => {}),
    'unexpected-response',
  );
  const body = JSON.parse(String(await once(response, 'data')));
  return { status: response.statusCode, code: body.error.code };
}

describe('a session', () => {
  test('is refreshed for two days and no longer', async () => {
    const { conversationId, ...first } = await server.start();
    let { token } = first;
    const began = server.clock.now;
    while (server.clock.now - began < SESSION_SECONDS * 1000 - HOUR / 2) {
      server.clock.now += HOUR / 3;
      const { status, body } = await server.call('POST', `${BASE}/tokens/refresh`, { bearer: token });
      expect([status, body.conversationId]).toEqual([200, conversationId]);
      token = body.token;
    }
    server.clock.now += HOUR / 3;
    for (const path of [`${BASE}/tokens/refresh`, `${BASE}/conversations`]) {
      const answer = await server.call('POST', path, { bearer: token });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    }
    expect((await server.call('POST', '/chat/token', { json: { token } })).status).toBe(403);
  });

  test('that the resident ends takes no tokens, posts, uploads, reads, refreshes or streams any more', async () => {
    const started = await server.start();
    const socket = await opened(started);
    const closed = once(socket, 'close');
    expect((await post(started, { type: 'endOfConversation' })).status).toBe(200);
    expect((await closed)[0]).toBe(1000);
    const ways: readonly (readonly ['GET' | 'POST', string])[] = [
      ['POST', `${BASE}/tokens/refresh`],
      ['POST', `${BASE}/conversations`],
      ['GET', of(started.conversationId)],
      ['GET', of(started.conversationId, '/activities')],
      ['POST', of(started.conversationId, '/activities')],
      ['POST', of(started.conversationId, '/upload')],
    ];
    for (const [method, path] of ways) {
      const json = method === 'POST' ? { type: 'message', text: 'x' } : undefined;
      const answer = await server.call(method, path, { bearer: started.token, ...(json && { json }) });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
    }
    expect(await refused(started.streamUrl)).toEqual({ status: 404, code: 'ConversationNotFound' });
    const renewed = await server.call('POST', '/chat/token', { json: { token: started.token } });
    expect(renewed).toMatchObject({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
    expect((await server.call('GET', of(started.conversationId), { bearer: SECRET })).status).toBe(404);
  });

  test('made for some origins serves browsers only there: requests, renewals and sockets', async () => {
    const json = { trustedOrigins: [SITE] };
    const { token } = (await server.call('POST', `${BASE}/tokens/generate`, { bearer: SECRET, json })).body;
    const { body } = await server.call('POST', `${BASE}/conversations`, { bearer: token, headers: { origin: SITE } });
    const url = body.streamUrl.replace('wss://chat.example.gov.uk', server.url.replace('http', 'ws'));
    expect(await refused(url, { origin: 'https://evil.example' })).toEqual({ status: 403, code: 'Forbidden' });
    const here = { origin: 'https://chat.example.gov.uk' };
    const renewed = await server.call('POST', '/chat/token', { json: { token }, headers: here });
    expect(renewed).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } });
    const socket = new WebSocket(url, { headers: { origin: SITE } });
    await once(socket, 'open');
    socket.terminate();
  });

  test('goes on under a new key, and what the old one signed expires as it should', async () => {
    const old = await startHarness({ secrets: ['the-old-secret'] });
    const { token } = await old.start();
    await old.stop();
    const next = await startHarness({ secrets: ['the-new-secret', 'the-old-secret'] });
    const refresh = (bearer: string) => next.call('POST', `${BASE}/tokens/refresh`, { bearer });
    const refreshed = await refresh(token);
    next.clock.now += 1801_000;
    const expired = await refresh(token);
    await next.stop();
    expect(refreshed.status).toBe(200);
    expect(expired).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
  });
});

describe('limits', () => {
  test.each([
    ['GET', ''],
    ['GET', '/activities'],
    ['POST', '/activities'],
    ['POST', '/upload'],
  ] as const)(
    '%s …%s is limited by conversation and by address, far above what a client needs',
    async (method, what) => {
      const started = await server.start();
      const call = () => server.call(method, of(started.conversationId, what), { bearer: started.token });
      for (const key of [`directline:conversation:${started.conversationId}`, 'directline:address:']) {
        server.limits.full = key;
        const answer = await call();
        expect(answer).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
        // The official client reads it as milliseconds.
        expect(answer.headers.get('retry-after')).toBeNull();
        server.limits.full = undefined;
      }
      expect(server.limits.asked.get(`directline:conversation:${started.conversationId}`)).toBeGreaterThanOrEqual(600);
    },
  );

  test.each(['/tokens/generate', '/tokens/refresh', '/conversations', '/files/x', '/nothing'])(
    '%s is limited by address, also for whoever has no token',
    async (path) => {
      server.limits.full = 'directline:address:';
      expect((await server.call(path.startsWith('/files') ? 'GET' : 'POST', BASE + path)).status).toBe(429);
    },
  );

  test('a stream is limited by address', async () => {
    const { streamUrl } = await server.start();
    server.limits.full = 'directline:address:';
    expect(await refused(streamUrl)).toEqual({ status: 429, code: 'TooManyRequests' });
  });
});

describe('refusals have a body with a code', () => {
  const site = { origin: SITE };
  test.each([
    ['an unknown address', 'GET', '/nothing/here', 404, 'NotFound'],
    ['an unknown address below a conversation', 'POST', '/conversations/a/nothing', 404, 'NotFound'],
    ['a method it does not take', 'DELETE', '/conversations/a/activities', 405, 'MethodNotAllowed'],
    ['another method it does not take', 'GET', '/tokens/generate', 405, 'MethodNotAllowed'],
    ['a stream without an upgrade', 'GET', '/conversations/a/stream', 426, 'BadArgument'],
    ['no token', 'GET', '/conversations/a', 401, 'Unauthorized'],
    ['no signature on a file', 'GET', '/files/a', 403, 'BadArgument'],
  ])('%s, and the page of an allowed origin can read it', async (_what, method, path, status, code) => {
    const answer = await server.call(method, BASE + path, { headers: site });
    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(SITE);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/^(GET|POST)/);
  });

  test.each([
    ['/tokens/generate', 100_000],
    ['/conversations/a/activities', 1_100_000],
    ['/conversations/a/upload', 9_500_000],
  ])('too long a body for %s', async (path, length) => {
    const answer = await server.call('POST', BASE + path, { body: Buffer.alloc(length, 'x'), headers: site });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(SITE);
  });

  test('a body that nests without end', async () => {
    const started = await server.start();
    for (const depth of [65, 5000, 120_000]) {
      const body = `{"type":"message","value":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      const answer = await server.call('POST', of(started.conversationId, '/activities'), {
        bearer: started.token,
        body,
      });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadSyntax' } } });
    }
  });

  test('a multipart body of very many parts, at once', async () => {
    const started = await server.start();
    const body = Buffer.from('--x\r\n\r\nA\r\n'.repeat(850_000));
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const began = performance.now();
    const answer = await server.call('POST', of(started.conversationId, '/upload'), {
      bearer: started.token,
      body,
      headers,
    });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('ids of characters that are not ours are of nobody', async () => {
    for (const id of ['%00', 'a%00b', '%F0%9F%98%80', '..%2f..', 'x'.repeat(65), "'%20or%201=1"]) {
      const answer = await server.call('GET', of(id), { bearer: SECRET });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
    }
  });
});

describe('a long history', () => {
  const numbers = Array.from({ length: 1200 }, (_, n) => `m${n}`);

  test('is read page by page over GET, by the watermark', async () => {
    const started = await server.start();
    for (const text of numbers) server.turns.append(started.conversationId, 'bot', { type: 'message', text });
    const texts: string[] = [];
    for (let watermark = '1'; ; ) {
      const path = of(started.conversationId, `/activities?watermark=${watermark}`);
      const { body } = await server.call('GET', path, { bearer: started.token });
      if (body.activities.length === 0) break;
      expect(body.activities.length).toBeLessThanOrEqual(500);
      texts.push(...body.activities.map(({ text }: { text: string }) => text));
      watermark = body.watermark;
    }
    expect(texts).toEqual(numbers);
  });

  test('comes whole over the socket', async () => {
    const started = await server.start();
    for (const text of numbers) server.turns.append(started.conversationId, 'bot', { type: 'message', text });
    const texts: string[] = [];
    const socket = await opened(started);
    socket.on('message', (data) =>
      texts.push(...JSON.parse(String(data)).activities.map((one: { text: string }) => one.text)),
    );
    await until('all of it', () => texts.at(-1) === 'm1199');
    expect(texts.slice(-1200)).toEqual(numbers);
    socket.terminate();
  });

  test('of the longest activities is cut by its size, one at the least', async () => {
    const started = await server.start();
    const text = 'x'.repeat(300_000);
    for (let n = 0; n < 8; n += 1) server.turns.append(started.conversationId, 'bot', { type: 'message', text });
    server.turns.append(started.conversationId, 'bot', { type: 'message', text: text.repeat(5) });
    const sizes: number[] = [];
    for (let watermark = '1'; watermark !== '10'; ) {
      const path = of(started.conversationId, `/activities?watermark=${watermark}`);
      const { body } = await server.call('GET', path, { bearer: started.token });
      sizes.push(body.activities.length);
      watermark = body.watermark;
    }
    expect(sizes).toEqual([3, 3, 2, 1]);
  });
});

describe('sockets', () => {
  test('that send ten thousand frames are closed, and others are served', async () => {
    const started = await server.start();
    const socket = await opened(started);
    const closed = once(socket, 'close');
    for (let n = 0; n < 10_000; n += 1) socket.send('x');
    const [code] = await closed;
    expect([1006, 1008]).toContain(code);
    expect((await say(started, 'still here')).status).toBe(200);
  });

  test('that send an empty frame each second, as long as their token is good, stay open', async () => {
    const started = await server.start();
    const socket = await opened(started);
    for (let n = 0; n < 1700; n += 1) {
      server.clock.now += 1000;
      socket.send('');
      if (n % 40 === 0) await new Promise((resolve) => socket.ping('', true, resolve));
      await new Promise(setImmediate);
    }
    const answered = once(socket, 'message');
    await say(started, 'hello');
    await answered;
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  test('that send a frame too large are closed with 1009', async () => {
    const socket = await opened(await server.start());
    const closed = once(socket, 'close');
    socket.send(Buffer.alloc(5000));
    expect((await closed)[0]).toBe(1009);
  });

  test('of one conversation are at most twenty: the oldest goes', async () => {
    const started = await server.start();
    const first = await opened(started);
    const closed = once(first, 'close');
    const others = await Promise.all(Array.from({ length: 20 }, () => opened(started)));
    expect((await closed)[0]).toBe(1008);
    expect(others.map((socket) => socket.readyState)).toEqual(others.map(() => WebSocket.OPEN));
    await until('the oldest to be gone', () => server.turns.watchers(started.conversationId) === 20);
    for (const socket of others) socket.terminate();
  });

  test('that never read hold nobody else up, and hold little', async () => {
    const started = await server.start();
    const deaf = await opened(started);
    deaf.pause();
    const other = await opened(started);
    let received = 0;
    other.on('message', (data) => {
      received += JSON.parse(String(data)).activities.length;
    });
    for (let n = 0; n < 200; n += 1) {
      server.turns.append(started.conversationId, 'bot', { type: 'message', text: 'x'.repeat(100_000) });
      await new Promise(setImmediate);
    }
    await until('the other one', () => received >= 200);
    deaf.resume();
    expect((await once(deaf, 'close'))[0]).toBe(1013);
    other.terminate();
  });

  test.each([
    ['no key', 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'],
    ['a wrong key', 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: no\r\n'],
    [
      'a wrong version',
      'Upgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
    ],
    [
      'another protocol',
      'Upgrade: h2c\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
    ],
  ])('malformed upgrade: %s', async (_what, headers) => {
    const { streamUrl } = await server.start();
    const { pathname, search, port } = new URL(streamUrl);
    const socket = dial(Number(port), '127.0.0.1');
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n${headers}\r\n`);
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 400 .*"code":"BadArgument"/s);
    socket.destroy();
    expect((await server.call('GET', '/v3/directline/none')).status).toBe(404);
  });
});

describe('script stays text', () => {
  const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)';

  test('in every field of an activity: answered as JSON that no browser takes for a page', async () => {
    const started = await server.start();
    const fields = {
      text: SCRIPT,
      locale: SCRIPT.slice(0, 35),
      name: SCRIPT,
      value: { [SCRIPT]: SCRIPT },
      localTimezone: SCRIPT.slice(0, 64),
    };
    await post(started, { type: 'message', ...fields, channelData: { clientActivityID: SCRIPT } });
    const response = await fetch(server.url + of(started.conversationId, '/activities?watermark=1'), {
      headers: { authorization: `Bearer ${started.token}` },
    });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const { activities } = (await response.json()) as { activities: object[] };
    expect(activities[0]).toMatchObject({ ...fields, channelData: { clientActivityID: SCRIPT } });
  });

  test('in the address: a refusal never says it back', async () => {
    const answer = await server.call(
      'GET',
      of(encodeURIComponent(SCRIPT), `?watermark=${encodeURIComponent(SCRIPT)}`),
      { bearer: SECRET },
    );
    expect(answer.status).toBe(404);
    expect(JSON.stringify(answer.body)).not.toContain('alert');
  });
});
