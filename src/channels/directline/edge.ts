import type { ChannelConfig, ChannelContext, Handler, HttpRequest, HttpResponse, Router } from '../channel';
import { Refusal } from './refusal';
import type { Access, Tokens } from './tokens';

/** Who asks: the holder of the secret (another server of the council), or a resident's browser with a token. */
export type Caller = { readonly kind: 'secret' } | ({ readonly kind: 'token' } & Access);

type Method = 'GET' | 'POST';

/** One path with its handlers: CORS, preflight and refusals are the same on all of them. */
export interface Path {
  readonly path: string;
  readonly maxBytes?: number;
  readonly handlers: { readonly [method in Method]?: Handler };
}

/** Puts paths on the router, each with its preflight answer. Refusals become `ErrorResponse` bodies here and only here. */
export function mount(
  router: Router,
  context: Pick<ChannelContext, 'config' | 'logger'>,
  paths: readonly Path[],
): void {
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
    for (const method of methods) {
      const handler = handlers[method];
      if (handler) router.route(method, path, guarded(context, handler), options);
    }
  }
}

/** Answers refusals with their status, anything unforeseen with 500 and no detail. */
function guarded({ logger }: Pick<ChannelContext, 'logger'>, handler: Handler): Handler {
  return (request) =>
    handler(request).catch((error: unknown): HttpResponse => {
      if (error instanceof Refusal) return error.response();
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      logger.error({ reason, method: request.method }, 'direct line request failed');
      return new Refusal(500, 'ServiceError', 'Something went wrong here. Please try again.').response();
    });
}

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
 * @throws Refusal 401 without one, 403 for a forged, expired or foreign one, or one used from an origin it was not made for.
 */
export async function authorise(tokens: Tokens, request: HttpRequest): Promise<Caller> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!bearer) throw new Refusal(401, 'Unauthorized', 'Missing token or secret');
  if (tokens.isSecret(bearer)) return { kind: 'secret' };
  const access = await tokens.verifyAccess(bearer);
  const { origin } = request.headers;
  if (origin && access.origins && !access.origins.includes(origin)) {
    throw new Refusal(403, 'Forbidden', 'The token is not for this origin');
  }
  return { kind: 'token', ...access };
}

/** @throws Refusal 429. The official client gives up on it, hence generous limits. */
export async function limit(context: Pick<ChannelContext, 'allow'>, key: string, perMinute: number): Promise<void> {
  if (!(await context.allow(key, perMinute, 60_000))) throw new Refusal(429, 'TooManyRequests', 'Too many requests');
}
