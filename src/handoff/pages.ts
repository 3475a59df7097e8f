import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Push } from './api';
import { claimedNow } from './backlog';
import type { Desk } from './desk';
import { beat } from './presence';
import { type Caller, callerBySession } from './sessions';
import { watchConversation } from './wakes';

/** A socket that takes nothing any more is closed at this many unsent bytes: its page catches up when it is back. */
const MAX_UNSENT = 256 * 1024;
/** Close codes for the page: 4401 sign in again; 1001 the server goes, come back. */
const SIGNED_OUT = 4401;
export const GOING = 1001;

const Said = z.object({ type: z.literal('watch'), id: z.string().max(200).nullable() });

/** One open page. */
export interface Page {
  readonly socket: WebSocket;
  readonly caller: Caller;
  open: string | null;
  answered: boolean;
  /** What it is told of, by conversation. */
  readonly watching: Map<string, () => void>;
}

export function listen(desk: Desk, page: Page, refresh: () => Promise<void>, gone: () => void): void {
  const logged = (error: unknown): void => desk.logger.warn({ err: error }, 'desk stream: message failed');
  page.socket.on('message', (data) => {
    const said = Said.safeParse(jsonOf(String(data)));
    if (!said.success) return;
    page.open = said.data.id;
    refresh().catch(logged);
  });
  page.socket.on('pong', () => {
    page.answered = true;
    beat(desk, page.caller.agent.id).catch(logged);
  });
  page.socket.on('close', gone);
  page.socket.on('error', gone);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function drop(pages: Set<Page>, page: Page): void {
  pages.delete(page);
  for (const stop of page.watching.values()) stop();
  page.watching.clear();
}

export function tell(page: Page, push: Push): void {
  if (page.socket.readyState !== WebSocket.OPEN) return;
  if (page.socket.bufferedAmount > MAX_UNSENT) page.socket.terminate();
  else page.socket.send(JSON.stringify(push));
}

/** Each page is told of its agent's chats and of the conversation on its screen. */
export async function follow(desk: Desk, pages: ReadonlySet<Page>): Promise<void> {
  if (pages.size === 0) return;
  const claimed = await claimedNow(desk.store.db);
  for (const page of pages) {
    const mine = claimed.filter((handoff) => handoff.agent_id === page.caller.agent.id);
    const wanted = new Set(mine.map((handoff) => handoff.conversation_id));
    if (page.open !== null) wanted.add(page.open);
    for (const [id, stop] of page.watching) {
      if (wanted.has(id)) continue;
      stop();
      page.watching.delete(id);
    }
    const fresh = [...wanted].filter((id) => !page.watching.has(id));
    for (const id of fresh) page.watching.set(id, watch(desk, page, id));
    // Whatever came between the page's last read and this moment was told to nobody.
    if (page.open !== null && fresh.includes(page.open)) tell(page, { type: 'conversation', id: page.open });
    else if (fresh.length > 0) tell(page, { type: 'queue' });
  }
}

function watch(desk: Desk, page: Page, id: string): () => void {
  return watchConversation(desk.bus, id, (from) => {
    if (from === undefined) tell(page, { type: 'conversation', id });
    else if (from !== 'agent') tell(page, { type: 'typing', id, from });
  });
}

/**
 * Tells pages of what was written in the conversations they follow since `known`, whether or not they have heard of it: a
 * wake-up may be lost (Redis away). Answers the last sequence number of each.
 */
export async function tellMissed(
  { store }: Desk,
  pages: ReadonlySet<Page>,
  known: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set([...pages].flatMap((page) => [...page.watching.keys()]))];
  if (ids.length === 0) return new Map();
  const rows = await store.db.selectFrom('conversations').select(['id', 'last_seq']).where('id', 'in', ids).execute();
  const grown = rows.filter((row) => known.get(row.id) !== row.last_seq);
  for (const { id } of grown)
    for (const page of pages) if (page.watching.has(id)) tell(page, { type: 'conversation', id });
  return new Map(rows.map((row) => [row.id, row.last_seq]));
}

/** Pings every page; one that has not answered since the last ping is dead. Sessions that have ended are closed. */
export async function heartbeat(desk: Desk, pages: Set<Page>): Promise<void> {
  await check(desk, pages);
  for (const page of pages) {
    if (!page.answered) {
      page.socket.terminate();
      continue;
    }
    page.answered = false;
    page.socket.ping();
  }
}

export async function check(desk: Desk, pages: Set<Page>): Promise<void> {
  for (const page of pages) {
    const still = await callerBySession(desk, page.caller.session.id);
    if (still === undefined) page.socket.close(SIGNED_OUT);
  }
}
