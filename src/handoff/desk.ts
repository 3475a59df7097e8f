import type { Files, Logger } from '../channels/channel';
import type { EpochMs, Render } from '../conversation/ports';
import type { AgentRow, Bus, RateLimits, Store } from '../storage/store';
import type { TroubleView } from './api';

/** What the desk is given by the composition root. */
export interface DeskOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly render: Render;
  readonly now: () => EpochMs;
  /** Unguessable id of 16+ random bytes, URL-safe. */
  readonly randomId: () => string;
  /** Where browsers reach this installation; `https:` makes the session cookie Secure. */
  readonly publicUrl: string;
  /** Runs the conversation's pending turns. */
  readonly wake: (conversationId: string) => void;
  readonly limits: RateLimits;
  readonly logger: Logger;
  readonly council: { readonly name: string };
  /** Folder of the built front ends (`dist/web`): the page is `<webDir>/desk/index.html`. */
  readonly webDir: string;
  /** When people are meant to be there; without it nobody can say when they are next. */
  readonly hours?: { isOpen(at: EpochMs): boolean; nextOpening(at: EpochMs): EpochMs | undefined };
  /** Values of the council's settings that are told to nobody today; admins and supervisors see who should renew them. */
  readonly settingsOutOfDate?: () => TroubleView['settings'];
  /** What residents have sent; without it the desk shows names only. */
  readonly files?: Pick<Files, 'get'>;
  readonly timings?: Partial<Timings>;
}

/** Milliseconds. */
interface Timings {
  /** How often an open page must show that it is alive. */
  readonly heartbeat: number;
  /** How often the queue is looked at unasked, so that a lost wake-up costs no more than this. */
  readonly poll: number;
  /** An agent not seen for so long is gone. */
  readonly gone: number;
  /** An agent not seen for so long loses their chats to the front of the queue. */
  readonly requeue: number;
  readonly sweep: number;
  readonly idle: number;
  readonly absolute: number;
  readonly link: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Gone within 30 s of the browser's death, and chats back in the queue within 60 s, sweep included. */
export const TIMINGS: Timings = {
  heartbeat: 10 * SECOND,
  poll: 3 * SECOND,
  gone: 25 * SECOND,
  requeue: 50 * SECOND,
  sweep: 5 * SECOND,
  idle: 30 * MINUTE,
  absolute: 12 * HOUR,
  link: 24 * HOUR,
};

export interface Desk extends Omit<DeskOptions, 'timings'> {
  readonly timings: Timings;
  readonly secure: boolean;
}

export function deskOf(options: DeskOptions): Desk {
  return {
    ...options,
    timings: { ...TIMINGS, ...options.timings },
    secure: new URL(options.publicUrl).protocol === 'https:',
  };
}

/** Signed in, their browser alive and not on a break. */
export function isOn(desk: Desk, agent: AgentRow, at: EpochMs): boolean {
  return isSeen(desk, agent, at) && agent.available === 1;
}

export function isSeen(desk: Desk, agent: AgentRow, at: EpochMs): boolean {
  return agent.disabled_at === null && agent.seen_at !== null && at - agent.seen_at <= desk.timings.gone;
}
