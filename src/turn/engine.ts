import { Attempts } from './attempts';
import { ConversationQueue } from './conversationQueue';
import type { Inlet, LogReader, PushQueue } from './index';
import { createInlet } from './inlet';
import { createLogReader } from './logReader';
import { LogWatch } from './logWatch';
import { DEFAULT_LIMITS, type TurnEngineOptions } from './options';
import { createPushQueue } from './outboxWorker';
import { startSweeper } from './sweeper';
import { TurnStep } from './turnStep';
import { describeError } from './wakeUps';

export interface TurnEngine {
  readonly inlet: Inlet;
  readonly log: LogReader;
  readonly push: PushQueue;
  /** Something has changed that the bot should look at: an inbound was stored by another part of the process. */
  wake(conversationId: string): void;
  /** Begins with what an earlier process accepted and did not finish, then looks after timers and leftovers. */
  start(): void;
  /**
   * Takes nothing new and finishes what is under way, for at most `ms`. What is left stays stored for the next process.
   * @returns whether everything was finished
   */
  drain(ms: number): Promise<boolean>;
}

/** The turn engine: stores what comes in, runs the bot on it in order, commits each turn whole or not at all. */
export function createTurnEngine(options: TurnEngineOptions): TurnEngine {
  const engine = { ...options, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const attempts = new Attempts();
  const step = new TurnStep(engine, attempts);
  const queue = new ConversationQueue((conversationId) => step.take(conversationId), engine.limits.parallel);
  const wake = (conversationId: string) => queue.wake(conversationId);
  const push = createPushQueue(engine);
  const failed = (error: unknown) => engine.logger.warn(describeError(error), 'log could not be watched');
  const logWatch = new LogWatch({ ...engine, failed });
  let sweeper: { stop(): void } | undefined;

  function arrived(conversationId: string, inboundId: string): void {
    attempts.accepted(conversationId, inboundId);
    wake(conversationId);
  }

  return {
    inlet: createInlet(engine, arrived),
    log: createLogReader(engine.store, logWatch),
    push,
    wake,
    start() {
      sweeper ??= startSweeper(engine, wake);
    },
    async drain(ms) {
      sweeper?.stop();
      const [turns, deliveries] = await Promise.all([queue.drain(ms), push.drain(ms)]);
      return turns && deliveries;
    },
  };
}
