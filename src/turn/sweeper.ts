import type { EngineContext } from './options';
import { describeError } from './wakeUps';

/** Conversations one sweep can wake; when there are more, the next sweep follows at once. */
const BATCH = 1_000;
const SOON_MS = 20;

/**
 * Wakes every conversation with something due: what was accepted before a crash, timers, lost wake-ups, what another
 * process left behind. Looks when the next row falls due, at the latest every `sweepMs`.
 */
export function startSweeper(engine: EngineContext, wake: (conversationId: string) => void): { stop(): void } {
  const { store, clock, limits, logger } = engine;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function sweep(): Promise<void> {
    const pause = await look().catch((error: unknown) => {
      logger.error(describeError(error), 'sweep failed');
      return limits.sweepMs;
    });
    if (!stopped) timer = setTimeout(() => void sweep(), pause);
  }

  async function look(): Promise<number> {
    const due = await store.inbox.conversationsDue(store.db, clock.now(), BATCH);
    for (const conversationId of due) wake(conversationId);
    if (due.length === BATCH) return Math.min(SOON_MS, limits.sweepMs);
    const next = await store.inbox.nextDueAt(store.db);
    const wait = (next ?? Number.POSITIVE_INFINITY) - clock.now();
    return wait > 0 ? Math.min(wait, limits.sweepMs) : limits.sweepMs;
  }

  void sweep();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
