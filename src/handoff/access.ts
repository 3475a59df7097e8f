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
 * An emergency is seen by everybody at the desk only while it waits for one of them: then it is between the resident and whoever took it
 * (and supervisors).
 */
export function mayKnow(agent: AgentRow, handoff: HandoffRow): boolean {
  const isOpenToAll = handoff.lane !== 'emergency' || handoff.status === 'waiting';
  return isOpenToAll || agent.role !== 'agent' || handoff.agent_id === agent.id;
}

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
  const may = agent.role !== 'agent' || (await isAgents(desk, agent, id, handoffs));
  return may ? { conversation, handoffs } : undefined;
}

/** Where there was an emergency, only that counts: what else the conversation is about stands in the same transcript. */
async function isAgents(desk: Desk, agent: AgentRow, id: string, handoffs: readonly HandoffRow[]): Promise<boolean> {
  const emergencies = handoffs.filter(({ lane }) => lane === 'emergency');
  if (emergencies.length > 0) return emergencies.some((handoff) => mayKnow(agent, handoff)) || has(agent, handoffs);
  return handoffs.length > 0 || (await inTrouble(desk, id));
}

/** Whoever has the resident now must see what happened before. */
const has = (agent: AgentRow, handoffs: readonly HandoffRow[]): boolean =>
  handoffs.some(({ status, agent_id }) => status === 'claimed' && agent_id === agent.id);
