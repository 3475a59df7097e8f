/** What this process knows about its tries at a conversation's oldest inbound. */
export interface Attempt {
  readonly inboundId: string;
  /** Accepted by this process a moment ago, and not tried before. */
  readonly fresh: boolean;
  /** The next run is already counted in storage: the inbound is fresh, or the last run ended in a conflict. */
  counted: boolean;
  /** Runs that threw. */
  failures: number;
  /** Runs whose commit was refused because something had changed. */
  conflicts: number;
  /** Why there will be no further run: the inbound is to be declared dead. */
  hopeless?: string;
}

/**
 * Kept in memory, because only crashes must be counted in storage: a thrown failure leaves the process alive to remember it.
 * The commit that accepts an inbound stands for its first attempt, which saves one commit in nearly every turn; the runs
 * after a crash are counted by `startAttempt`.
 */
export class Attempts {
  /** Inbound ids by conversation. */
  readonly #fresh = new Map<string, Set<string>>();
  readonly #current = new Map<string, Attempt>();

  /** Accepted by this process just now. */
  accepted(conversationId: string, inboundId: string): void {
    const ids = this.#fresh.get(conversationId) ?? new Set();
    this.#fresh.set(conversationId, ids.add(inboundId));
  }

  of(conversationId: string, inboundId: string): Attempt {
    const known = this.#current.get(conversationId);
    if (known?.inboundId === inboundId) return known;
    const fresh = this.#fresh.get(conversationId)?.delete(inboundId) ?? false;
    const attempt: Attempt = { inboundId, fresh, counted: fresh, failures: 0, conflicts: 0 };
    this.#current.set(conversationId, attempt);
    return attempt;
  }

  /**
   * An inbound is settled. Answers whether more may be due in its conversation: what this process accepts it knows of, and
   * the sweeper finds the rest; only where it took up something left behind there may be more of that.
   */
  settled(conversationId: string, attempt: Attempt): boolean {
    const waiting = this.#fresh.get(conversationId)?.size ?? 0;
    if (waiting > 0 || !attempt.fresh) return true;
    this.forget(conversationId);
    return false;
  }

  /** Nothing is due in the conversation. */
  forget(conversationId: string): void {
    this.#fresh.delete(conversationId);
    this.#current.delete(conversationId);
  }
}
