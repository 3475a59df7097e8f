import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { HttpRequest, HttpResponse, Router, Upgrade } from '../channels/channel';
import type { Push } from './api';
import { type Desk, isSeen } from './desk';
import { problem, sameOrigin } from './edge';
import { beat } from './presence';
import { type Caller, callerBySession, callerOf } from './sessions';
import { troubleCount } from './trouble';
import { watchConversation, watchDesk } from './wakes';

/** A socket that takes nothing any more is closed at this many unsent bytes: its page catches up when it is back. */
const MAX_UNSENT = 256 * 1024;
const MAX_PAYLOAD = 4 * 1024;
/** A busy assistant wakes the desk many times a second; its lists are looked at once in this time. */
const SOON_MS = 100;
/** Close codes for the page: 4401 sign in again; 1001 the server goes, come back. */
const SIGNED_OUT = 4401;
const GOING = 1001;

const Said = z.object({ type: z.literal('watch'), id: z.string().max(200).nullable() });

/** One open page. */
interface Page {
  readonly socket: WebSocket;
  readonly caller: Caller;
  open: string | null;
  answered: boolean;
  /** What it is told of, by conversation. */
  readonly watching: Map<string, () => void>;
}

export interface Stream {
  routes(router: Router): void;
  start(): void;
  close(): Promise<void>;
}

/** `/desk/stream`: tells open pages that there is something new, and knows by their pongs that somebody is there. */
export function createStream(desk: Desk): Stream {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  const pages = new Set<Page>();
  const refresh = oneAtATime(() => follow(desk, pages));
  const timers: NodeJS.Timeout[] = [];
  let last = '';

  const upgrade = async (request: HttpRequest, { raw, socket, head }: Upgrade): Promise<HttpResponse | undefined> => {
    if (!sameOrigin(desk, request)) return problem(403, 'origin', 'This request came from another site.');
    const caller = await callerOf(desk, { ...request, headers: { ...request.headers, 'x-desk-live': '1' } });
    if (caller === undefined) return problem(401, 'signed-out', 'Sign in first.');
    server.handleUpgrade(raw, socket, head, (opened) => {
      const page: Page = { socket: opened, caller, open: null, answered: true, watching: new Map() };
      pages.add(page);
      listen(
        desk,
        page,
        () => refresh(),
        () => drop(pages, page),
      );
      tell(page, { type: 'hello' });
    });
    await beat(desk, caller.agent.id);
    await refresh();
    return undefined;
  };
  /** The bot's turns wake the desk too: pages are told only when their lists have really changed. */
  const look = oneAtATime(async () => {
    if (pages.size === 0) return;
    const now = await signature(desk);
    if (now === last) return;
    last = now;
    await refresh();
    for (const page of pages) tell(page, { type: 'queue' });
  });
  const soon = oncePer(SOON_MS, () => guarded('wake', look)());
  const woken = async (what: string): Promise<void> => {
    if (what === 'accounts') await check(desk, pages);
    soon.ask();
  };
  const guarded = (what: string, work: () => Promise<void>) => (): void => {
    work().catch((error: unknown) => desk.logger.error({ err: error }, `desk stream: ${what} failed`));
  };
  let unsubscribe = (): void => undefined;
  return {
    routes: (router) => router.upgrade('/desk/stream', upgrade),
    start() {
      unsubscribe = watchDesk(desk.bus, (what) => guarded('wake', () => woken(what))());
      timers.push(setInterval(guarded('poll', look), desk.timings.poll));
      timers.push(
        setInterval(
          guarded('heartbeat', () => heartbeat(desk, pages)),
          desk.timings.heartbeat,
        ),
      );
    },
    async close() {
      unsubscribe();
      soon.end();
      for (const timer of timers.splice(0)) clearInterval(timer);
      for (const page of pages) {
        page.socket.close(GOING);
        drop(pages, page);
        page.socket.terminate();
      }
      server.close();
    },
  };
}

function listen(desk: Desk, page: Page, refresh: () => Promise<void>, gone: () => void): void {
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

function drop(pages: Set<Page>, page: Page): void {
  pages.delete(page);
  for (const stop of page.watching.values()) stop();
  page.watching.clear();
}

function tell(page: Page, push: Push): void {
  if (page.socket.readyState !== WebSocket.OPEN) return;
  if (page.socket.bufferedAmount > MAX_UNSENT) page.socket.terminate();
  else page.socket.send(JSON.stringify(push));
}

/** Each page is told of its agent's chats and of the conversation on its screen. */
async function follow(desk: Desk, pages: ReadonlySet<Page>): Promise<void> {
  if (pages.size === 0) return;
  const claimed = await desk.store.handoffs.list(desk.store.db, { status: 'claimed', limit: 1000 });
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

/** Pings every page; one that has not answered since the last ping is dead. Sessions that have ended are closed. */
async function heartbeat(desk: Desk, pages: Set<Page>): Promise<void> {
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

async function check(desk: Desk, pages: Set<Page>): Promise<void> {
  for (const page of pages) {
    const still = await callerBySession(desk, page.caller.session.id);
    if (still === undefined) page.socket.close(SIGNED_OUT);
  }
}

/** Changes whenever the queue, who has what, who is there, or what needs care does. */
async function signature(desk: Desk): Promise<string> {
  const { store } = desk;
  const at = desk.now();
  const waiting = await store.handoffs.queue(store.db);
  const claimed = await store.handoffs.list(store.db, { status: 'claimed', limit: 1000 });
  const messages = await store.handoffs.list(store.db, { status: 'message', limit: 100 });
  const agents = (await store.agents.list(store.db)).filter((agent) => isSeen(desk, agent, at));
  return JSON.stringify([
    [...waiting, ...claimed, ...messages].map((row) => [row.id, row.status, row.lane, row.agent_id]),
    agents.map((agent) => [agent.id, agent.name, agent.available]),
    await troubleCount(desk),
  ]);
}

/** Runs `work` soon after it was asked for, however often it is. */
function oncePer(ms: number, work: () => void): { ask(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, ms);
    },
    end: () => clearTimeout(timer),
  };
}

/** Runs `work` once more after a run during which it was asked for; whoever asks waits for a run that began after. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
