import { connect } from 'node:net';
import type { HttpRequest, Routes } from '../../src/channels/channel';
import { createServer } from '../../src/server';

const errors: object[] = [];
const logger = { info: () => {}, warn: () => {}, error: (fields: object) => void errors.push(fields) };

/** `/slow` answers when it is told to. */
const slow = (() => {
  let ask: (finish: () => void) => void = () => {};
  const asked = new Promise<() => void>((resolve) => {
    ask = resolve;
  });
  return { asked, ask: (finish: () => void) => ask(finish) };
})();

/** A server with one echoing route and one that fails, on a free port. */
async function running(trustProxy = false) {
  const observed: [string, number][] = [];
  let seen: HttpRequest | undefined;
  const part: Routes = {
    routes(router) {
      router.route(
        'POST',
        '/things/:id',
        async (request) => {
          seen = request;
          return { status: 201, body: { id: request.params.id, length: request.body.length } };
        },
        { maxBytes: 100, headers: () => ({ 'access-control-allow-origin': 'https://council.example' }) },
      );
      router.route('GET', '/broken', async () => {
        throw new Error('a bug');
      });
      router.route('GET', '/slow', () => new Promise((resolve) => slow.ask(() => resolve({ status: 204 }))));
      router.route('GET', '/unsendable', async () => ({
        status: 200,
        headers: { 'x-name': 'Zdjęcie\n.png' },
        body: 'a',
      }));
      router.upgrade('/live/:id', async () => ({ status: 403 }));
    },
  };
  const options = {
    host: '127.0.0.1',
    port: 0,
    trustProxy,
    logger,
    observe: (route: string, status: number) => observed.push([route, status]),
  };
  const server = createServer(options, [part]);
  const port = await server.listen();
  return { server, port, url: `http://127.0.0.1:${port}`, observed, seen: () => seen };
}

/** Sends bytes as they are and answers the first line of what comes back. */
const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });

describe('the HTTP server', () => {
  let site: Awaited<ReturnType<typeof running>>;
  beforeEach(async () => {
    site = await running();
  });
  afterEach(() => site.server.close());

  it('hands the whole body and the path parts to the route', async () => {
    const response = await fetch(`${site.url}/things/a%20b?x=1`, { method: 'POST', body: 'hello' });
    expect([response.status, await response.json()]).toEqual([201, { id: 'a b', length: 5 }]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(site.seen()?.query.get('x')).toBe('1');
    expect(site.observed).toEqual([['/things/:id', 201]]);
  });

  it('answers 413 to more than the route takes, declared or streamed', async () => {
    expect((await fetch(`${site.url}/things/1`, { method: 'POST', body: 'x'.repeat(101) })).status).toBe(413);
    const streamed = `POST /things/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nc8\r\n${'x'.repeat(200)}\r\n0\r\n\r\n`;
    expect(await raw(site.port, streamed)).toContain('413');
  });

  it('reads on before it answers 413, so that the answer is not lost with the connection', async () => {
    const body = 'x'.repeat(4_000_000);
    const sent = await raw(site.port, `POST /things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n${body}`);
    expect(sent).toContain('413');
  });

  it('puts the headers of a route on every answer of it, also on 413', async () => {
    for (const body of ['hello', 'x'.repeat(101)]) {
      const response = await fetch(`${site.url}/things/1`, { method: 'POST', body });
      expect(response.headers.get('access-control-allow-origin')).toBe('https://council.example');
    }
  });

  it('takes a request that was cut off for no failure of its own', async () => {
    errors.length = 0;
    await new Promise<void>((resolve) => {
      const socket = connect(site.port, '127.0.0.1', () => {
        socket.write('POST /things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf', () => socket.destroy());
      }).once('close', () => resolve());
    });
    while (site.observed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect([site.observed, errors]).toEqual([[['/things/:id', 400]], []]);
  });

  it('keeps the query as it was sent: signatures are made over it', async () => {
    await raw(site.port, "POST /things/1?id=a%20b&c=' HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    expect(site.seen()?.search).toBe("?id=a%20b&c='");
  });

  it('answers 404 and 405 with a body that says so', async () => {
    const unknown = await fetch(`${site.url}/nowhere`);
    expect([unknown.status, ((await unknown.json()) as { error: { code: string } }).error.code]).toEqual([
      404,
      'NotFound',
    ]);
    expect((await fetch(`${site.url}/things/1`)).status).toBe(405);
  });

  it('answers 500 without the reason when a handler fails, and goes on', async () => {
    const failed = await fetch(`${site.url}/broken`);
    expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining('a bug')]);
    expect((await fetch(`${site.url}/things/1`, { method: 'POST', body: '' })).status).toBe(201);
  });

  it('answers 500 when an answer cannot be written, and goes on', async () => {
    expect((await fetch(`${site.url}/unsendable`)).status).toBe(500);
    expect((await fetch(`${site.url}/things/1`, { method: 'POST', body: '' })).status).toBe(201);
  });

  it('ends each open connection after its request when it closes', async () => {
    const socket = connect(site.port, '127.0.0.1', () => socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n'));
    const answered = new Promise<string>((resolve) => {
      let received = '';
      socket.on('data', (data) => {
        received += data.toString();
      });
      socket.once('end', () => resolve(received));
    });
    const finish = await slow.asked;
    const closed = site.server.close();
    finish();
    expect(await answered).toMatch(/^HTTP\/1.1 204 .*connection: close/is);
    await closed;
  });

  it.each([
    ['GET //%zz HTTP/1.1', /40\d/],
    ['GET /things/%ff HTTP/1.1', /40\d/],
    ['GARBAGE', /400/],
    ['GET http://elsewhere.example/ HTTP/1.1', /40\d/],
  ])('survives the request line %s', async (line, status) => {
    expect(await raw(site.port, `${line}\r\nHost: x\r\n\r\n`)).toMatch(status);
    expect((await fetch(`${site.url}/things/1`, { method: 'POST', body: '' })).status).toBe(201);
  });

  it('refuses a web socket with the status of the route, 404 where there is none', async () => {
    const ask = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    expect(await raw(site.port, ask('/live/1'))).toContain('403');
    expect(await raw(site.port, ask('/dead'))).toContain('404');
  });

  it('believes a forwarded address only when told to, and then only the nearest', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 10.0.0.9' };
    await fetch(`${site.url}/things/1`, { method: 'POST', body: '', headers });
    expect(site.seen()?.ip).toBe('127.0.0.1');
    const trusting = await running(true);
    await fetch(`${trusting.url}/things/1`, { method: 'POST', body: '', headers });
    await trusting.server.close();
    expect(trusting.seen()?.ip).toBe('10.0.0.9');
  });
});
