import { timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { Handler, HttpRequest, HttpResponse, Router } from '../channels/channel';
import type { Problem, Role } from './api';
import type { Desk } from './desk';
import { type Caller, callerOf } from './sessions';

/** The one place where the desk's HTTP is read and refused: who calls, by which right, with which body. */
export interface Edge {
  read(path: string, handler: (call: Call) => Promise<HttpResponse>, rights?: Role): void;
  change<S extends z.ZodType>(
    method: 'POST' | 'DELETE',
    path: string,
    schema: S,
    handler: (call: Call & { readonly input: z.output<S> }) => Promise<HttpResponse>,
    rights?: Role,
  ): void;
  /** For those who have not signed in. */
  open<S extends z.ZodType>(
    path: string,
    schema: S,
    handler: (input: z.output<S>, request: HttpRequest) => Promise<HttpResponse>,
  ): void;
}

export interface Call extends Caller {
  readonly request: HttpRequest;
  /** The path's `:id`, '' where it has none. */
  readonly id: string;
}

const RANK: { readonly [role in Role]: number } = { agent: 0, supervisor: 1, admin: 2 };
const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function ok(body: object, headers: { readonly [name: string]: string } = {}): HttpResponse {
  return { status: 200, headers: { ...PRIVATE, ...headers }, body };
}

export function problem(
  status: number,
  code: string,
  message: string,
  more: Omit<Problem['error'], 'code' | 'message'> = {},
): HttpResponse {
  return { status, headers: PRIVATE, body: { error: { code, message, ...more } } satisfies Problem };
}

export const notFound = (): HttpResponse => problem(404, 'not-found', 'There is nothing here by that id.');

export function edge(desk: Desk, router: Router): Edge {
  const guarded =
    (rights: Role, change: boolean, handler: (call: Call) => Promise<HttpResponse>): Handler =>
    async (request) => {
      if (change && !sameOrigin(desk, request)) return problem(403, 'origin', 'This request came from another site.');
      const caller = await callerOf(desk, request);
      if (caller === undefined) return problem(401, 'signed-out', 'Sign in first.');
      if (change && !sameSecret(request.headers['x-csrf-token'] ?? '', caller.session.csrf))
        return problem(403, 'csrf', 'The page is out of date. Load it again.');
      if (RANK[caller.agent.role] < RANK[rights]) return problem(403, 'rights', 'Your account may not do this.');
      return handler({ ...caller, request, id: request.params.id ?? '' });
    };
  return {
    read: (path, handler, rights = 'agent') => router.route('GET', path, guarded(rights, false, handler)),
    change: (method, path, schema, handler, rights = 'agent') =>
      router.route(
        method,
        path,
        guarded(rights, true, async (call) => {
          const parsed = parse(schema, call.request.body);
          return 'refused' in parsed ? parsed.refused : handler({ ...call, input: parsed.value });
        }),
      ),
    open: (path, schema, handler) =>
      router.route('POST', path, async (request) => {
        if (!sameOrigin(desk, request)) return problem(403, 'origin', 'This request came from another site.');
        const parsed = parse(schema, request.body);
        return 'refused' in parsed ? parsed.refused : handler(parsed.value, request);
      }),
  };
}

function parse<S extends z.ZodType>(
  schema: S,
  body: Buffer,
): { readonly value: z.output<S> } | { readonly refused: HttpResponse } {
  const json = jsonOf(body);
  if (json === undefined) return { refused: problem(400, 'json', 'The body is not JSON.') };
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data };
  const first = result.error.issues[0];
  return { refused: problem(422, 'invalid', `${first?.path.join('.') ?? ''}: ${first?.message ?? 'invalid'}`) };
}

function jsonOf(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A browser names the page's origin with every change and every socket; programs that name none have no cookie to steal. */
export function sameOrigin(desk: Desk, request: HttpRequest): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  if (origin === new URL(desk.publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
