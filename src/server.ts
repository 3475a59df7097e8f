import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import type {
  Handler,
  HttpRequest,
  HttpResponse,
  Logger,
  RouteOptions,
  Router,
  Routes,
  UpgradeHandler,
} from './channels/channel';
import { Aborted, BodyTooLarge, readBody, requestOf, urlOf } from './httpRequest';

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
  /** Takes no new connection, ends each after the request it is in; those that have not ended after 5 s are cut. */
  close(): Promise<void>;
}

/** How long requests may go on once the server closes. */
const PATIENCE_MS = 5_000;
const DEFAULT_MAX_BYTES = 64 * 1024;

const JSON_TYPE = 'application/json; charset=utf-8';
const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The one place that knows restify: everything else sees `HttpRequest` and `HttpResponse`. */
export function createServer(options: ServerOptions, parts: readonly Routes[]): Server {
  const server = restify.createServer({ name: 'wandle', ignoreTrailingSlash: true });
  // A photo of 4 MB from a telephone at the edge of its network takes more than a minute.
  server.server.requestTimeout = 120_000;
  server.server.headersTimeout = 10_000;
  const upgrades: { readonly pattern: RegExp; readonly names: readonly string[]; readonly handler: UpgradeHandler }[] =
    [];
  const router: Router = {
    route(method, path, handler, { maxBytes = DEFAULT_MAX_BYTES, headers } = {}) {
      const mount = {
        GET: server.get,
        POST: server.post,
        PUT: server.put,
        PATCH: server.patch,
        DELETE: server.del,
        OPTIONS: server.opts,
      }[method];
      const serve = (req: restify.Request, res: restify.Response, next: restify.Next) => {
        const params = req.params as Record<string, string>;
        const isClosing = () => !server.server.listening;
        const mounted = { route: path, handler, maxBytes, params, isClosing, ...(headers && { headers }) };
        void answer(req, res, mounted, options).finally(() => next(false));
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
    if (!url || !found?.match)
      return refuseUpgrade(socket, failure(404, 'NotFound', 'There is nothing at this address.'));
    const params = Object.fromEntries(found.names.map((name, index) => [name, decode(found.match?.[index + 1] ?? '')]));
    try {
      const refused = await found.handler(
        { ...requestOf(req, url, params, options.trustProxy), body: Buffer.alloc(0) },
        {
          raw: req,
          socket,
          head,
        },
      );
      if (refused) refuseUpgrade(socket, refused);
    } catch (error) {
      options.logger.error({ err: error, route: 'upgrade' }, 'web socket request failed');
      refuseUpgrade(socket, failure(500, 'ServiceError', 'Something went wrong here. Please try again.'));
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
        const http = server.server as HttpServer;
        const cut = setTimeout(() => http.closeAllConnections(), PATIENCE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        http.closeIdleConnections();
      }),
  };
}

interface Mounted extends RouteOptions {
  readonly isClosing: () => boolean;
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
  const url = urlOf(req);
  const request = url && requestOf(req, url, mounted.params, options.trustProxy);
  const response = request
    ? await respond(req, request, mounted, options)
    : failure(400, 'BadArgument', 'The address cannot be read.');
  const headers = { ...response.headers, ...(request && mounted.headers?.(request)) };
  // A client that goes on asking on its open connection would keep a closing server open.
  if (mounted.isClosing()) res.setHeader('connection', 'close');
  const status = writeSafely(res, { ...response, headers }, mounted, options);
  options.observe(mounted.route, status, (performance.now() - started) / 1000);
}

/** What cannot be written (a header with a resident's file name in it, say) fails its request and not the process. */
function writeSafely(res: ServerResponse, response: HttpResponse, { route }: Mounted, { logger }: ServerOptions) {
  try {
    write(res, response);
    return response.status;
  } catch (error) {
    logger.error({ err: error, route }, 'answer could not be written');
    write(res, failure(500, 'ServiceError', 'Something went wrong here. Please try again.'));
    return 500;
  }
}

async function respond(
  req: IncomingMessage,
  request: Omit<HttpRequest, 'body'>,
  { route, handler, maxBytes }: Mounted,
  { logger }: ServerOptions,
): Promise<HttpResponse> {
  try {
    const body = await readBody(req, maxBytes);
    return await handler({ ...request, body });
  } catch (error) {
    if (error instanceof Aborted) return failure(400, 'BadSyntax', 'The request was cut off.');
    if (error instanceof BodyTooLarge) {
      const refused = failure(413, 'MessageSizeTooBig', `The body is larger than ${maxBytes} bytes.`);
      return { ...refused, headers: { connection: 'close' } };
    }
    logger.error({ err: error, route }, 'request failed');
    return failure(500, 'ServiceError', 'Something went wrong here. Please try again.');
  }
}

const failure = (status: number, code: string, message: string): HttpResponse => ({
  status,
  body: { error: { code, message } },
});

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

function refuseUpgrade(socket: Duplex, { status, body = '' }: HttpResponse): void {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const head = [`HTTP/1.1 ${status} Refused`, 'Connection: close', `Content-Type: ${JSON_TYPE}`];
  socket.end([...head, `Content-Length: ${Buffer.byteLength(content)}`, '', content].join('\r\n'));
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
