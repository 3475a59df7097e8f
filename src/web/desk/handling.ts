import type { HandoffItem, Outcome } from '../../handoff/api';
import type { Api } from './api';
import { conversationPath, type Reading } from './reading';
import type { Cell } from './state';
import type { Guard } from './writing';

/** Who has a conversation, and how it ends. */
export interface Handling {
  claim(item: HandoffItem, takeOver?: boolean): Promise<void>;
  close(outcome: Outcome, remark: string): Promise<void>;
  requeue(): Promise<void>;
  transfer(to: string): Promise<void>;
  /** A message has been dealt with outside the chat. */
  done(item: HandoffItem, outcome: Outcome, remark: string): Promise<void>;
}

/** @param turnTo opens a conversation on the screen; null: none */
export function createHandling(
  api: Api,
  cell: Cell,
  reading: Reading,
  guard: Guard,
  turnTo: (id: string | null) => void,
): Handling {
  /** Gives the open conversation away, under its present hold. */
  const giveAway = (what: string, body: object): Promise<void> =>
    guard(async () => {
      const { thread } = cell.get();
      if (thread === null) return;
      const seen = { epoch: thread.hold.epoch, seen: thread.lastSeq };
      await api.post(conversationPath(thread.id, what), { ...seen, ...body });
      turnTo(null);
      await reading.queue();
    });
  return {
    claim: (item, takeOver = false) =>
      guard(async () => {
        await api.post(`/handoffs/${encodeURIComponent(item.handoffId)}/claim`, { epoch: item.epoch, takeOver });
        cell.set({ tab: 'chats', problem: '' });
        turnTo(item.conversationId);
        await Promise.all([reading.queue(), reading.thread()]);
      }),
    close: (outcome, remark) => giveAway('/close', { outcome, remark }),
    requeue: () => giveAway('/requeue', {}),
    transfer: (to) => giveAway('/transfer', { to }),
    done: (item, outcome, remark) =>
      guard(async () => {
        await api.post(`/handoffs/${encodeURIComponent(item.handoffId)}/done`, { outcome, remark });
        await reading.queue();
      }),
  };
}
