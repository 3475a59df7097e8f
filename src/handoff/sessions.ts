import { createHash } from 'node:crypto';
import type { HttpRequest } from '../channels/channel';
import type { Db, Row } from '../storage/schema';
import type { AgentRow } from '../storage/store';
import type { Desk } from './desk';

export interface Caller {
  readonly agent: AgentRow;
  readonly session: Row<'agent_sessions'>;
}

/** Writing "seen" with every request would cost a commit each; a minute's grain is enough for an idle limit of 30. */
const TOUCH_MS = 60_000;

/** Tokens are kept only as this: a stolen database opens no session and no link. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** `__Host-` binds the cookie to this host and to https (RFC 6265bis, 4.1.3.2). */
function cookieName(desk: Desk): string {
  return desk.secure ? '__Host-wandle-desk' : 'wandle-desk';
}

/** Opens a session; answers the `Set-Cookie` value and the CSRF token. */
export async function openSession(desk: Desk, tx: Db, agent: AgentRow): Promise<{ cookie: string; csrf: string }> {
  const token = desk.randomId() + desk.randomId();
  const csrf = desk.randomId();
  const at = desk.now();
  await tx
    .deleteFrom('agent_sessions')
    .where('created_at', '<', at - desk.timings.absolute)
    .execute();
  await desk.store.agents.addSession(tx, { id: hashOf(token), agent_id: agent.id, csrf, created_at: at, seen_at: at });
  return { cookie: cookieOf(desk, token, Math.floor(desk.timings.absolute / 1000)), csrf };
}

function cookieOf(desk: Desk, token: string, maxAge: number): string {
  const secure = desk.secure ? '; Secure' : '';
  return `${cookieName(desk)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`;
}

export async function endSession(desk: Desk, tx: Db, caller: Caller): Promise<string> {
  await desk.store.agents.endSession(tx, caller.session.id);
  return cookieOf(desk, '', 0);
}

/** All of an agent's sessions: their password changed, or the account was switched off. */
export async function endAllSessions(tx: Db, agentId: string): Promise<void> {
  await tx.deleteFrom('agent_sessions').where('agent_id', '=', agentId).execute();
}

/** Who calls, if their session still stands. Counts as a sign of life unless the page says it asked by itself. */
export async function callerOf(desk: Desk, request: HttpRequest): Promise<Caller | undefined> {
  const token = cookie(request.headers.cookie ?? '', cookieName(desk));
  if (token === undefined || token === '') return undefined;
  const caller = await callerBySession(desk, hashOf(token));
  if (caller === undefined) return undefined;
  const at = desk.now();
  const byHand = request.headers['x-desk-live'] === undefined;
  if (byHand && at - caller.session.seen_at >= TOUCH_MS)
    await desk.store.write((tx) => desk.store.agents.touchSession(tx, caller.session.id, at));
  return caller;
}

/** @param id the session's id (not its cookie value) */
export async function callerBySession(desk: Desk, id: string): Promise<Caller | undefined> {
  const { store, timings } = desk;
  const session = await store.agents.session(store.db, id);
  if (session === undefined) return undefined;
  const at = desk.now();
  if (at - session.seen_at > timings.idle || at - session.created_at > timings.absolute) return undefined;
  const agent = await store.agents.get(store.db, session.agent_id);
  return agent === undefined || agent.disabled_at !== null ? undefined : { agent, session };
}

function cookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
