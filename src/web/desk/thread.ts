import type { ConversationView, Entry } from '../../handoff/api';

/** A conversation as the page has it so far: every row once, in order of sequence. */
export type Thread = ConversationView;

/** What was written here and is not in the log yet, as far as this page knows. */
export interface Pending {
  readonly clientId: string;
  readonly conversationId: string;
  readonly kind: 'message' | 'note';
  readonly text: string;
  /** The hold it was written under. */
  readonly epoch: number;
  readonly state: 'sending' | 'failed';
  /** The log's id, once the server has answered. */
  readonly id: string | null;
}

/** Adds an answer to what is there. Answers may overlap, repeat, or come out of order. */
export function merge(thread: Thread | null, answer: ConversationView): Thread {
  if (thread === null || thread.id !== answer.id) return answer;
  const newer = answer.lastSeq >= thread.lastSeq;
  return {
    ...(newer ? answer : thread),
    lastSeq: Math.max(thread.lastSeq, answer.lastSeq),
    entries: union(thread.entries, answer.entries),
  };
}

/** Of two rows of one number the later answer counts: it may have been erased since. */
function union(before: readonly Entry[], after: readonly Entry[]): readonly Entry[] {
  const bySeq = new Map([...before, ...after].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Those of the open conversation which the log does not hold yet. */
export function unsaid(pending: readonly Pending[], thread: Thread): readonly Pending[] {
  const ids = new Set(thread.entries.map((entry) => entry.id));
  return pending.filter((one) => one.conversationId === thread.id && (one.id === null || !ids.has(one.id)));
}
