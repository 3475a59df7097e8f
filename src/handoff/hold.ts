import type { HttpResponse } from '../channels/channel';
import type { Db } from '../storage/schema';
import { Conflict, type Conversation } from '../storage/store';
import type { Desk } from './desk';
import { notFound, problem } from './edge';
import { entriesOf } from './entries';
import { holdOf, namesOf } from './items';
import { wakeReaders } from './wakes';

type Patch = Partial<Pick<Conversation, 'hold' | 'hold_agent'>>;

/** What the caller last saw of the conversation. */
export interface Seen {
  /** The hold epoch they act under. */
  readonly epoch: number;
  /** The last sequence number they have. */
  readonly seen?: number | undefined;
}

/** Thrown inside a transaction to keep nothing of it. The answer is made outside: it may need to read. */
class Refused extends Error {
  readonly answer: () => Promise<HttpResponse>;
  constructor(answer: () => Promise<HttpResponse>) {
    super('refused');
    this.answer = answer;
  }
}

export function refuse(answer: () => Promise<HttpResponse>): never {
  throw new Refused(answer);
}

/**
 * One transaction under a hold: checks the epoch (moving it when `patch` changes who holds), runs `work` with the
 * conversation as it now is, and wakes whoever reads it. A stale epoch is answered 409, with who holds the conversation
 * and what the caller has missed.
 */
export async function underHold(
  desk: Desk,
  id: string,
  seen: Seen,
  patch: Patch,
  work: (tx: Db, conversation: Conversation) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const { store } = desk;
  try {
    const { response, conversation } = await store.write(async (tx) => {
      if ((await store.conversations.get(tx, id)) === undefined) refuse(async () => notFound());
      const advanced = await store.conversations.advance(tx, id, { holdEpoch: seen.epoch }, patch, desk.now());
      return { response: await work(tx, advanced), conversation: advanced };
    });
    wakeReaders(desk.bus, conversation);
    return response;
  } catch (error) {
    if (error instanceof Refused) return error.answer();
    if (error instanceof Conflict) return stale(desk, id, seen.seen);
    throw error;
  }
}

const MISSED = 50;

/** Who holds it now, and what was written since the caller last looked (the last rows, where they do not say). */
export async function stale(desk: Desk, id: string, seen: number | undefined): Promise<HttpResponse> {
  const { store } = desk;
  const conversation = await store.conversations.get(store.db, id);
  if (conversation === undefined) return notFound();
  const names = await namesOf(desk);
  const hold = holdOf(conversation, names);
  const after = Math.max(seen ?? 0, conversation.last_seq - MISSED);
  const missed = entriesOf(await store.log.read(store.db, id, 'desk', { after, limit: MISSED }), names);
  const message = hold.agent === null ? 'This conversation has moved on.' : `${hold.agent} has this conversation.`;
  return problem(409, 'stale', message, { hold, missed, ...(hold.agent === null ? {} : { owner: hold.agent }) });
}
