import type { Activity } from 'botbuilder';
import type { Clock, Language } from '../conversation/ports';
import type { Bus, Locks, Store } from '../storage/store';
import type { AlertRows } from './index';
import type { BotFactory } from './runTurn';

/** Never given a resident's words, name, address or number: ids and counts only. */
interface TurnLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Named places where a fault test may end the process (or throw). */
type Failpoint = (name: 'accept-ack' | 'ack-turn' | 'turn-commit' | 'commit-wake' | 'provider-recorded') => void;

export interface Limits {
  /** How long one run of the bot may take. Longer ends the inbound with an apology. Default 20 s. */
  readonly runMs: number;
  /** Runs that threw, before the inbound is dead. Default 3. */
  readonly failures: number;
  /** Counted attempts, before an inbound is dead that never got as far as throwing (its process died). Default 10. */
  readonly attempts: number;
  /** Reruns after conflicts, before a conflict counts as a failure. Default 20. */
  readonly conflicts: number;
  /** Conversations worked on at the same time. Default 16. */
  readonly parallel: number;
  /** Pause before a turn that threw is run again. Default 200 ms. */
  readonly retryMs: number;
  /** Pause while another process holds a conversation. Default 100 ms. */
  readonly busyMs: number;
  /** Longest time between looks for due timers, missed wake-ups and other processes' leftovers. Default 1 s. */
  readonly sweepMs: number;
  /** How long a timer is put off that rings while a person holds the conversation. Default 60 s. */
  readonly putOffMs: number;
  /** Deliveries: attempts before a row is dead. Default 8. */
  readonly deliveries: number;
  /** Deliveries: first pause after a failed one; doubles each time. Default 2 s. */
  readonly backOffMs: number;
  /** Deliveries: longest pause. Default 5 min. */
  readonly backOffMaxMs: number;
  /** Deliveries: how long a half-sent row waits for its receipt before it is looked up. Default 60 s. */
  readonly stuckAfterMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  runMs: 20_000,
  failures: 3,
  attempts: 10,
  conflicts: 20,
  parallel: 16,
  retryMs: 200,
  busyMs: 100,
  sweepMs: 1_000,
  putOffMs: 60_000,
  deliveries: 8,
  backOffMs: 2_000,
  backOffMaxMs: 300_000,
  stuckAfterMs: 60_000,
};

/** How a look at a conversation ended, for metrics. */
export type TurnOutcome = 'answered' | 'silent' | 'dead' | 'conflict' | 'failed' | 'storage';

export interface TurnEngineOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly locks: Locks;
  readonly bot: BotFactory;
  readonly clock: Clock;
  /** Unguessable id of 16+ random bytes, URL-safe. */
  readonly randomId: () => string;
  /** 0 ≤ x < 1; spreads retries. */
  readonly random: () => number;
  /** A reference nobody has yet, most likely: a collision is a conflict at commit, and the turn runs again. */
  readonly newReference: (letters: string) => string;
  /** What a resident reads when their message could not be answered: says sorry and offers a person. */
  readonly apology: (language: Language | undefined) => Partial<Activity>;
  /** Outbox rows of an alert, for whoever is on duty. Default none. */
  readonly alertRows?: AlertRows;
  readonly failpoint: Failpoint;
  readonly logger: TurnLogger;
  readonly limits?: Partial<Limits>;
  /** Told how each turn ended and how long it took, in milliseconds. */
  readonly observe?: (outcome: TurnOutcome, ms: number) => void;
}

/** The options with every limit filled in. */
export type EngineContext = TurnEngineOptions & { readonly limits: Limits };
