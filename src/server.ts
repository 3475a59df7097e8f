import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import type { Handler, HttpRequest, HttpResponse, Logger, Router, Routes, UpgradeHandler } from './channels/channel';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly trustProxy: boolean;
  readonly logger: Logger;
  /** Told of every answered request: route pattern (never the path itself), status, seconds. */
  readonly observe: (route: string, status: number, seconds: number) => void;
}

export interface Server {
  /** Resolves with the port once it listens. */
  listen(): Promise<number>;
  /** Takes no new connection, ends idle ones, lets running requests finish. */
  close(): Promise<void>;
}

const DEFAULT_MAX_BYTES = 64 * 1024;

const JSON_TYPE = 'application/json; charset=utf-8';
const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

class BodyTooLarge extends Error {}

/** The one place that knows restify: everything else sees `HttpRequest` and `HttpResponse`. */
export function createServer(options: ServerOptions, parts: readonly Routes[]): Server {
  const server = restify.createServer({ name: 'wandle', ignoreTrailingSlash: true });
  server.server.requestTimeout = 30_000;
  server.server.headersTimeout = 10_000;
  const upgrades: { readonly pattern: RegExp; readonly names: readonly string[]; readonly handler: UpgradeHandler }[] =
    [];
  const router: Router = {
    route(method, path, handler, { maxBytes = DEFAULT_MAX_BYTES } = {}) {
      const mount = {
        GET: server.get,
        POST: server.post,
        PUT: server.put,
        PATCH: server.patch,
        DELETE: server.del,
        OPTIONS: server.opts,
      }[method];
      const serve = (req: restify.Request, res: restify.Response, next: restify.Next) => {
        void answer(
          req,
          res,
          { route: path, handler, maxBytes, params: req.params as Record<string, string> },
          options,
        ).finally(() => next(false));
      };
      mount.call(server, path, serve);
      if (method === 'GET') server.head(path, serve);
    },
    upgrade(path, handler) {
      upgrades.push({ ...patternOf(path), handler });
    },
  };
  for (const part of parts) part.routes(router);
  // `sendRaw` (not `write`): restify answers an error itself unless its own method did.
  const refuse =
    (status: number, code: string, message: string) =>
    (req: restify.Request, res: restify.Response, _error: unknown, next: () => void) => {
      options.observe('none', status, 0);
      req.resume();
      res.sendRaw(status, JSON.stringify({ error: { code, message } }), {
        ...COMMON_HEADERS,
        'content-type': JSON_TYPE,
      });
      next();
    };
  server.on('NotFound', refuse(404, 'NotFound', 'There is nothing at this address.'));
  server.on('MethodNotAllowed', refuse(405, 'MethodNotAllowed', 'This address does not take that method.'));
  server.server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgrade(req, socket, head);
  });

  async function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const url = urlOf(req);
    const found =
      url &&
      upgrades.map((entry) => ({ ...entry, match: entry.pattern.exec(url.pathname) })).find((entry) => entry.match);
    if (!url || !found?.match) return refuseUpgrade(socket, 404);
    const params = Object.fromEntries(found.names.map((name, index) => [name, decode(found.match?.[index + 1] ?? '')]));
    try {
      const refused = await found.handler(requestOf(req, url, params, Buffer.alloc(0), options.trustProxy), {
        raw: req,
        socket,
        head,
      });
      if (refused) refuseUpgrade(socket, refused.status);
    } catch (error) {
      options.logger.error({ err: error, route: 'upgrade' }, 'web socket request failed');
      refuseUpgrade(socket, 500);
    }
  }

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        // restify repeats its http server's errors as its own: without a listener that is a crash.
        server.once('error', reject);
        server.listen(options.port, options.host, () => resolve(server.address().port));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        (server.server as { closeIdleConnections?: () => void }).closeIdleConnections?.();
      }),
  };
}

interface Mounted {
  readonly route: string;
  readonly handler: Handler;
  readonly maxBytes: number;
  readonly params: Readonly<Record<string, string>>;
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  mounted: Mounted,
  options: ServerOptions,
): Promise<void> {
  const started = performance.now();
  const response = await respond(req, mounted, options);
  write(res, response);
  options.observe(mounted.route, response.status, (performance.now() - started) / 1000);
}

async function respond(req: IncomingMessage, mounted: Mounted, options: ServerOptions): Promise<HttpResponse> {
  try {
    const body = await readBody(req, mounted.maxBytes);
    const url = urlOf(req);
    if (!url) return { status: 400, body: { error: { code: 'BadRequest', message: 'The address cannot be read.' } } };
    return await mounted.handler(requestOf(req, url, mounted.params, body, options.trustProxy));
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      return {
        status: 413,
        headers: { connection: 'close' },
        body: { error: { code: 'TooLarge', message: `The body is larger than ${mounted.maxBytes} bytes.` } },
      };
    }
    options.logger.error({ err: error, route: mounted.route }, 'request failed');
    return {
      status: 500,
      body: { error: { code: 'InternalError', message: 'Something went wrong here. Please try again.' } },
    };
  }
}

async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function requestOf(
  req: IncomingMessage,
  url: URL,
  params: Readonly<Record<string, string>>,
  body: Buffer,
  trustProxy: boolean,
): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  // The nearest proxy appends the address it saw: only the last entry is not the client's own claim.
  const forwarded = trustProxy ? headers['x-forwarded-for']?.split(',').at(-1)?.trim() : undefined;
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    params,
    query: url.searchParams,
    headers,
    body,
    ip: forwarded || req.socket.remoteAddress || 'unknown',
  };
}

function write(res: ServerResponse, response: HttpResponse): void {
  if (res.headersSent || res.destroyed) return;
  const { body } = response;
  const json = typeof body === 'object' && !Buffer.isBuffer(body);
  const content = json ? JSON.stringify(body) : (body ?? '');
  res.writeHead(response.status, {
    ...COMMON_HEADERS,
    ...(json ? { 'content-type': JSON_TYPE } : {}),
    'content-length': Buffer.byteLength(content),
    ...response.headers,
  });
  res.end(content);
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Only the path and query count: the host is never believed. */
function urlOf(req: IncomingMessage): URL | undefined {
  const target = req.url ?? '/';
  return target.startsWith('/') && URL.canParse(`http://wandle${target}`)
    ? new URL(`http://wandle${target}`)
    : undefined;
}

function patternOf(path: string): { pattern: RegExp; names: string[] } {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  return { names, pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '([^/]+)')}/?$`) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
