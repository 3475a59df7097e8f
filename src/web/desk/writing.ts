import { type Api, Refusal } from './api';
import { keepUnsent } from './drafts';
import { conversationPath, type Reading } from './reading';
import type { Cell } from './state';
import type { Pending } from './thread';

/** What the agent types. A message shows at once, is sent under the hold it was written under, and can be sent again. */
export interface Writing {
  write(kind: Pending['kind'], text: string): Promise<void>;
  retry(one: Pending): Promise<void>;
  discard(one: Pending): void;
  typing(): void;
}

export type Guard = (work: () => Promise<void>) => Promise<void>;

const TYPING_EVERY_MS = 3000;

export function createWriting(api: Api, cell: Cell, reading: Reading, guard: Guard): Writing {
  const change = (one: Pending, patch: Partial<Pending>): void => {
    const { pending } = cell.get();
    cell.set({ pending: pending.map((other) => (other.clientId === one.clientId ? { ...other, ...patch } : other)) });
  };
  const transmit = (one: Pending): Promise<void> =>
    guard(async () => {
      change(one, { state: 'sending' });
      try {
        change(one, { id: await deliver(api, one, cell.get().thread?.lastSeq ?? 0) });
      } catch (error) {
        change(one, { state: 'failed' });
        // The page of an ended session goes, and what is only on it.
        if (error instanceof Refusal && error.status === 401) keepUnsent(one.conversationId, one);
        throw error;
      }
      await reading.thread();
    });
  let typedAt = 0;
  return {
    async write(kind, text) {
      const { thread, pending } = cell.get();
      if (thread === null || text.trim() === '') return;
      const { id, hold } = thread;
      const one: Pending = {
        clientId: newId(),
        conversationId: id,
        kind,
        text: text.trim(),
        epoch: hold.epoch,
        state: 'sending',
        id: null,
      };
      cell.set({ pending: [...pending, one], problem: '' });
      await transmit(one);
    },
    /** Sent again after a look at what came between: under the hold as it is now. */
    async retry(one) {
      const { thread } = cell.get();
      await transmit(thread?.id === one.conversationId ? { ...one, epoch: thread.hold.epoch } : one);
    },
    discard: (one) => cell.set({ pending: cell.get().pending.filter((other) => other.clientId !== one.clientId) }),
    typing() {
      const { openId } = cell.get();
      if (openId === null || Date.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = Date.now();
      // Nothing depends on it: a lost one is not worth a word.
      api.post(conversationPath(openId, '/typing')).catch(() => undefined);
    },
  };
}

/** Answers the log's id of it. */
async function deliver(api: Api, one: Pending, seen: number): Promise<string> {
  const { kind, text, clientId, epoch } = one;
  const answer = await (kind === 'note'
    ? api.post<{ readonly id: string }>(conversationPath(one.conversationId, '/notes'), { text, clientId })
    : api.post<{ readonly id: string }>(conversationPath(one.conversationId, '/messages'), {
        text,
        clientId,
        epoch,
        seen,
      }));
  return answer.id;
}

/** `crypto.randomUUID` is for https only, and a desk in the council's own network may not have it. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
