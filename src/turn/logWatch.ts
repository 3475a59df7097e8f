import type { Clock, EpochMs } from '../conversation/ports';
import type { Bus, Store } from '../storage/store';
import type { LogReader } from './index';

type Listener = Parameters<LogReader['watch']>[1];

const TYPING = /^typing:(resident|agent|bot)$/;
/** How often other processes' news are looked for, and how far back: clocks of processes differ a little. */
const POLL_MS = 2_000;
const LOOK_BACK_MS = 10_000;

export interface WatchPorts {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  /** A failed look: the next one may succeed. */
  readonly failed: (error: unknown) => void;
}

/**
 * Tells readers of the log when to look. Wake-ups come over the bus; where several processes may serve one council (on
 * PostgreSQL) one cheap query for all readers finds what a lost wake-up (Redis away) would have told.
 */
export class LogWatch {
  readonly #ports: WatchPorts;
  readonly #watched = new Map<string, Set<Listener>>();
  #poll: NodeJS.Timeout | undefined;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  /** Answers a function that ends it. */
  watch(conversationId: string, listener: Listener): () => void {
    const unsubscribe = this.#ports.bus.subscribe(`conversation:${conversationId}`, (hint) =>
      listener(TYPING.exec(hint)?.[1] as Parameters<Listener>[0]),
    );
    const listeners = this.#watched.get(conversationId) ?? new Set();
    this.#watched.set(conversationId, listeners.add(listener));
    if (this.#ports.store.kind === 'postgres') this.#poll ??= setInterval(() => void this.#look(), POLL_MS).unref();
    return () => {
      unsubscribe();
      listeners.delete(listener);
      if (listeners.size === 0) this.#watched.delete(conversationId);
      if (this.#watched.size === 0) this.#stop();
    };
  }

  #stop(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }

  async #look(): Promise<void> {
    try {
      for (const id of await changedSince(this.#ports.store, this.#ports.clock.now() - LOOK_BACK_MS))
        for (const listener of this.#watched.get(id) ?? []) listener();
    } catch (error) {
      this.#ports.failed(error);
    }
  }
}

async function changedSince({ db }: Store, since: EpochMs): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('activities')
    .select('conversation_id')
    .distinct()
    .where('at', '>=', since)
    .execute();
  return rows.map((row) => row.conversation_id);
}
