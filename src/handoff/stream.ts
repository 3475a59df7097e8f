import { WebSocketServer } from 'ws';
import type { HttpRequest, HttpResponse, Router, Upgrade } from '../channels/channel';
import { statesNow } from './backlog';
import { type Desk, isSeen } from './desk';
import { problem, sameOrigin } from './edge';
import { oncePer, oneAtATime } from './pacing';
import { check, drop, follow, GOING, heartbeat, listen, type Page, tell, tellMissed } from './pages';
import { beat } from './presence';
import { callerOf } from './sessions';
import { troubleCount } from './trouble';
import { watchDesk } from './wakes';

const MAX_PAYLOAD = 4 * 1024;
/** A busy assistant wakes the desk many times a second; its lists are looked at once in this time. */
const SOON_MS = 100;

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
  let known: ReadonlyMap<string, number> = new Map();
  const poll = oneAtATime(async () => {
    await look();
    known = await tellMissed(desk, pages, known);
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
      timers.push(setInterval(guarded('poll', poll), desk.timings.poll));
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

/** Changes whenever the queue, who has what, who is there, or what needs care does. */
async function signature(desk: Desk): Promise<string> {
  const { store } = desk;
  const at = desk.now();
  const agents = (await store.agents.list(store.db)).filter((agent) => isSeen(desk, agent, at));
  return JSON.stringify([
    await statesNow(store.db),
    agents.map((agent) => [agent.id, agent.name, agent.available]),
    await troubleCount(desk),
  ]);
}
