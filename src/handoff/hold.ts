import type { HttpResponse } from '../channels/channel';
import type { Db } from '../storage/schema';
import { type AgentRow, Conflict, type Conversation } from '../storage/store';
import { readable } from './access';
import type { Entry } from './api';
import { audit } from './audit';
import type { Desk } from './desk';
import { notFound, problem } from './edge';
import { entriesOf } from './entries';
import { holdOf, type Names, namesOf } from './items';
import { wakeReaders } from './wakes';

type Patch = Partial<Pick<Conversation, 'hold' | 'hold_agent'>>;

/** What the caller acts under. */
export interface Seen {
  /** The hold epoch they last saw. */
  readonly epoch: number;
  /** Who is told what they have missed when the epoch is stale, and the last sequence number they have. */
  readonly reader?: { readonly agent: AgentRow; readonly seen: number | undefined };
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
    if (error instanceof Conflict) return stale(desk, id, seen.reader);
    throw error;
  }
}

/** Who holds it now and, for a reader, what was written since they last looked. */
export async function stale(desk: Desk, id: string, reader?: Seen['reader']): Promise<HttpResponse> {
  const conversation = await desk.store.conversations.get(desk.store.db, id);
  if (conversation === undefined) return notFound();
  const names = await namesOf(desk);
  const hold = holdOf(conversation, names);
  const message = hold.agent === null ? 'This conversation has moved on.' : `${hold.agent} has this conversation.`;
  const owner = hold.agent === null ? {} : { owner: hold.agent };
  const missed = reader === undefined ? {} : { missed: await missedBy(desk, conversation, reader, names) };
  return problem(409, 'stale', message, { hold, ...owner, ...missed });
}

const MISSED = 50;

/** The last rows at most. It is a read like any other: by those who may, and in the audit log. */
async function missedBy(
  desk: Desk,
  { id, last_seq }: Conversation,
  { agent, seen }: NonNullable<Seen['reader']>,
  names: Names,
): Promise<readonly Entry[]> {
  const { store } = desk;
  if ((await readable(desk, agent, id)) === undefined) return [];
  const after = Math.max(seen ?? 0, last_seq - MISSED);
  const rows = await store.log.read(store.db, id, 'desk', { after, limit: MISSED });
  const detail = { after, rows: rows.length };
  await store.write((tx) => audit(desk, tx, { actor: agent.id, action: 'transcript.read', subject: id, detail }));
  return entriesOf(rows, names);
}
