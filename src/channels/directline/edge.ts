import type { ChannelConfig, ChannelContext, Handler, HttpRequest, HttpResponse, Logger, Router } from '../channel';
import { Refusal } from './refusal';
import type { Access, Tokens } from './tokens';

/** Who asks: the holder of the secret (another server of the council), or a resident's browser with a token. */
export type Caller = { readonly kind: 'secret' } | ({ readonly kind: 'token' } & Access);

/** A page of a browser that polls, several tabs of it and a client that retries stay far below. */
const PER_CONVERSATION_A_MINUTE = 6_000;
/** A whole borough may come through one proxy. */
const PER_ADDRESS_A_MINUTE = 60_000;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = 'GET' | 'POST';
type Limited = Pick<ChannelContext, 'allow'>;
type Edge = Limited & Pick<ChannelContext, 'config' | 'logger'>;

/** One path with its handlers: CORS, preflight and refusals are the same on all of them. */
export interface Path {
  readonly path: string;
  readonly maxBytes?: number;
  readonly handlers: { readonly [method in Method]?: Handler };
}

/** Puts paths on the router, each with its preflight answer. Refusals become `ErrorResponse` bodies here and only here. */
export function mount(router: Router, context: Edge, paths: readonly Path[]): void {
  for (const { path, maxBytes, handlers } of paths) {
    const methods = Object.keys(handlers) as Method[];
    router.route('OPTIONS', path, async (request) => ({
      status: 204,
      headers: preflight(context.config, request, methods),
    }));
    const options = {
      headers: (request: Pick<HttpRequest, 'headers'>) => cors(context.config, request),
      ...(maxBytes !== undefined && { maxBytes }),
    };
    for (const method of METHODS) {
      const handler = (handlers as { readonly [name in string]?: Handler })[method] ?? notFor(methods);
      router.route(method, path, guarded(context, path, handler), options);
    }
  }
}

/** A path that is there, for other methods; or for none. */
function notFor(methods: readonly Method[]): Handler {
  if (methods.length === 0) return () => Promise.reject(new Refusal(404, 'NotFound', 'There is nothing here'));
  const refusal = new Refusal(405, 'MethodNotAllowed', `Only ${methods.join(' and ')}`).response();
  return async () => ({ ...refusal, headers: { allow: [...methods, 'OPTIONS'].join(', ') } });
}

/** Refuses whoever asks without measure, and answers refusals in one shape. */
function guarded(context: Edge, path: string, handler: Handler): Handler {
  return async (request) => {
    try {
      await limitAddress(context, request);
      return await handler(request);
    } catch (error) {
      return refused(context.logger, path, error);
    }
  };
}

/** What went wrong as an answer: a refusal with its status, anything unforeseen as 500 and without a detail. */
export function refused(logger: Logger, path: string, error: unknown): HttpResponse {
  if (error instanceof Refusal) {
    const { status, code } = error;
    // Tokens expire every day; the others may be somebody who tries doors.
    if (status !== 404 && code !== 'TokenExpired') logger.warn({ path, status, code }, 'direct line request refused');
    return error.response();
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
  logger.error({ path, reason }, 'direct line request failed');
  return new Refusal(500, 'ServiceError', 'Something went wrong here. Please try again.').response();
}

/** @throws Refusal 429 */
export const limitAddress = (context: Limited, { ip }: Pick<HttpRequest, 'ip'>): Promise<void> =>
  limit(context, `directline:address:${ip}`, PER_ADDRESS_A_MINUTE);

/** Our own page, by whatever name it was reached, and the origins of the configuration (`*` is any). */
export function originAllowed(config: ChannelConfig, { headers }: Pick<HttpRequest, 'headers'>): boolean {
  const { origin = '', host } = headers;
  const { origins } = config.directline;
  const own = origin === new URL(config.publicUrl).origin || origin.replace(/^https?:\/\//, '') === host;
  return own || origins.includes('*') || origins.includes(origin);
}

function cors(config: ChannelConfig, request: Pick<HttpRequest, 'headers'>): { readonly [name: string]: string } {
  const { origin } = request.headers;
  if (!origin || !originAllowed(config, request)) return { vary: 'Origin' };
  return { vary: 'Origin', 'access-control-allow-origin': origin };
}

function preflight(
  config: ChannelConfig,
  request: HttpRequest,
  methods: readonly string[],
): { readonly [name: string]: string } {
  return {
    ...cors(config, request),
    'access-control-allow-methods': [...methods, 'OPTIONS'].join(', '),
    'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
    'access-control-max-age': '86400',
  };
}

/**
 * Reads `Authorization: Bearer …`.
 * @throws Refusal 401 without one, 403 for a forged, expired or foreign one, or one used from an origin it was not made for, 429
 */
export async function authorise(
  { context, tokens }: { readonly context: Limited; readonly tokens: Tokens },
  request: HttpRequest,
): Promise<Caller> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!bearer) throw new Refusal(401, 'Unauthorized', 'Missing token or secret');
  if (tokens.isSecret(bearer)) return { kind: 'secret' };
  const access = await tokens.verifyAccess(bearer);
  checkOrigin(access, request);
  await limit(context, `directline:conversation:${access.conversationId}`, PER_CONVERSATION_A_MINUTE);
  return { kind: 'token', ...access };
}

/** What was made for some origins serves browsers only there. @throws Refusal 403 */
export function checkOrigin({ origins }: Pick<Access, 'origins'>, { headers }: Pick<HttpRequest, 'headers'>): void {
  if (headers.origin && origins && !origins.includes(headers.origin))
    throw new Refusal(403, 'Forbidden', 'The token is not for this origin');
}

/** @throws Refusal 429. The official client gives up on it, hence generous limits. */
export async function limit(context: Limited, key: string, most: number, windowMs = 60_000): Promise<void> {
  if (!(await context.allow(key, most, windowMs))) throw new Refusal(429, 'TooManyRequests', 'Too many requests');
}
