/** What this process knows about its tries at a conversation's oldest inbound. */
export interface Attempt {
  readonly inboundId: string;
  /** The next run is already counted in storage: the inbound was accepted a moment ago, or the last run ended in a conflict. */
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
export interface Attempts {
  /** Accepted by this process just now. */
  accepted(conversationId: string, inboundId: string): void;
  of(conversationId: string, inboundId: string): Attempt;
  /** Nothing is due in the conversation any more, or its inbound is settled. */
  forget(conversationId: string): void;
}

export function createAttempts(): Attempts {
  const fresh = new Map<string, Set<string>>();
  const current = new Map<string, Attempt>();

  return {
    accepted(conversationId, inboundId) {
      const ids = fresh.get(conversationId) ?? new Set();
      fresh.set(conversationId, ids.add(inboundId));
    },
    of(conversationId, inboundId) {
      const known = current.get(conversationId);
      if (known?.inboundId === inboundId) return known;
      const counted = fresh.get(conversationId)?.delete(inboundId) ?? false;
      const attempt: Attempt = { inboundId, counted, failures: 0, conflicts: 0 };
      current.set(conversationId, attempt);
      return attempt;
    },
    forget(conversationId) {
      fresh.delete(conversationId);
      current.delete(conversationId);
    },
  };
}
