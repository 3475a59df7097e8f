/** What processes of one installation share besides the records. */

/** Wake-ups between processes: they only say "there is something new"; losing one costs time, never data. */
export interface Bus {
  publish(topic: string, hint?: string): void;
  /** Answers a function that ends the subscription. */
  subscribe(topic: string, listener: (hint: string) => void): () => void;
  close(): Promise<void>;
}

/** One holder of a name at a time. A lost lock (a crash, Redis gone) costs a retried turn, never a double answer. */
export interface Locks {
  /** Runs `work` when the lock is free; answers `undefined` without running it when somebody else holds it. */
  tryWith<T>(name: string, leaseMs: number, work: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
  close(): Promise<void>;
}

/** Counts in a sliding window. */
export interface RateLimits {
  /** True while `key` has been counted at most `limit` times within the last `windowMs`; counts this one. */
  allow(key: string, limit: number, windowMs: number): Promise<boolean>;
  close(): Promise<void>;
}
