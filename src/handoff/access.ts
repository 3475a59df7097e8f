import type { AgentRow, Conversation, HandoffRow } from '../storage/store';
import type { Desk } from './desk';
import { inTrouble } from './trouble';

export interface Readable {
  readonly conversation: Conversation;
  /** Newest first. */
  readonly handoffs: readonly HandoffRow[];
}

const LIST = 200;

/**
 * A conversation, if it is this agent's business. Need to know: an agent reads what was passed to people, or has failed;
 * supervisors read everything.
 */
export async function readable(desk: Desk, agent: AgentRow, id: string): Promise<Readable | undefined> {
  const { store } = desk;
  const conversation = await store.conversations.get(store.db, id);
  if (conversation === undefined) return undefined;
  const rows = store.db.selectFrom('handoffs').selectAll().where('conversation_id', '=', id);
  const handoffs = await rows.orderBy('requested_at', 'desc').limit(LIST).execute();
  const may = agent.role !== 'agent' || handoffs.length > 0 || (await inTrouble(desk, id));
  return may ? { conversation, handoffs } : undefined;
}
