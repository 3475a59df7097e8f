import type { Router, Routes } from '../channels/channel';
import type { Handoff } from '../conversation/ports';
import { agentRoutes } from './agents';
import { attachmentRoutes } from './attachments';
import { createHandoff } from './availability';
import { claimRoutes } from './claim';
import { closingRoutes } from './closing';
import { type Desk, type DeskOptions, deskOf } from './desk';
import { edge } from './edge';
import { ensureAdmin } from './links';
import { messageRoutes } from './messages';
import { pageRoutes } from './page';
import { patientSweep, sweep } from './presence';
import { queueRoutes } from './queue';
import { signInRoutes } from './signIn';
import { signOutRoutes } from './signOut';
import { createStream } from './stream';
import { transcriptRoutes } from './transcript';
import { troubleRoutes } from './trouble';

export type { DeskOptions } from './desk';

export interface AgentDesk {
  readonly routes: Routes;
  /** The conversation's port. */
  readonly handoff: Handoff;
  /** A one-time link (24 h) for the first administrator, or undefined once one has set a password. For each start. */
  ensureAdmin(): Promise<string | undefined>;
  /** Starts presence and live updates. */
  start(): void;
  /** Gives chats of absent agents back to the queue; runs by itself after `start`. Answers how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** Queue, agents and their page: everything a person needs to take over from the bot and to give back. */
export function createDesk(options: DeskOptions): AgentDesk {
  const desk = deskOf(options);
  const stream = createStream(desk);
  let timer: NodeJS.Timeout | undefined;
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await stream.close();
  };
  return {
    routes: { routes: (router) => register(desk, router, stream.routes), close },
    handoff: createHandoff(desk),
    ensureAdmin: () => ensureAdmin(desk),
    start() {
      stream.start();
      const look = patientSweep(desk);
      timer = setInterval(() => {
        look().catch((error: unknown) => desk.logger.error({ err: error }, 'presence sweep failed'));
      }, desk.timings.sweep);
    },
    sweep: () => sweep(desk),
    close,
  };
}

function register(desk: Desk, router: Router, stream: (router: Router) => void): void {
  const api = edge(desk, router);
  signInRoutes(desk, api);
  signOutRoutes(desk, api);
  agentRoutes(desk, api);
  queueRoutes(desk, api);
  transcriptRoutes(desk, api);
  attachmentRoutes(desk, api);
  claimRoutes(desk, api);
  messageRoutes(desk, api);
  closingRoutes(desk, api);
  troubleRoutes(desk, api);
  pageRoutes(desk, router);
  stream(router);
}
