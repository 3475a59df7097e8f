import { z } from 'zod';
import type { Conversation, HandoffRow } from '../storage/store';
import type { Briefing, HandoffItem, Hold } from './api';
import type { Desk } from './desk';

/** Names of all agents by id. */
export type Names = ReadonlyMap<string, string>;

export async function namesOf(desk: Desk): Promise<Names> {
  const agents = await desk.store.agents.list(desk.store.db);
  return new Map(agents.map((agent) => [agent.id, agent.name]));
}

function itemOf(row: HandoffRow, conversation: Conversation | undefined, names: Names): HandoffItem {
  return {
    handoffId: row.id,
    conversationId: row.conversation_id,
    channel: conversation?.channel ?? '',
    status: row.status,
    lane: row.lane,
    reason: row.reason,
    ask: row.ask,
    service: row.service,
    language: row.language ?? conversation?.language ?? null,
    contact: row.contact,
    requestedAt: row.requested_at,
    claimedAt: row.claimed_at,
    closedAt: row.closed_at,
    outcome: row.outcome,
    agent: row.agent_id === null ? null : (names.get(row.agent_id) ?? null),
    epoch: conversation?.hold_epoch ?? 0,
  };
}

/** Items in the order given. */
export async function itemsOf(desk: Desk, rows: readonly HandoffRow[], names: Names): Promise<readonly HandoffItem[]> {
  const conversations = await conversationsOf(desk, rows);
  return rows.map((row) => itemOf(row, conversations.get(row.conversation_id), names));
}

async function conversationsOf(desk: Desk, rows: readonly HandoffRow[]): Promise<ReadonlyMap<string, Conversation>> {
  if (rows.length === 0) return new Map();
  const ids = [...new Set(rows.map((row) => row.conversation_id))];
  const found = await desk.store.db.selectFrom('conversations').selectAll().where('id', 'in', ids).execute();
  return new Map(found.map((conversation) => [conversation.id, conversation]));
}

export function holdOf(conversation: Conversation, names: Names): Hold {
  const agentId = conversation.hold_agent;
  return {
    state: conversation.hold,
    epoch: conversation.hold_epoch,
    agentId,
    agent: agentId === null ? null : (names.get(agentId) ?? null),
  };
}

const Facts = z.array(z.object({ name: z.string(), value: z.string(), source: z.enum(['said', 'verified']) }));

export function briefingOf(row: HandoffRow, conversation: Conversation, names: Names): Briefing {
  const facts = Facts.safeParse(JSON.parse(row.facts));
  return { ...itemOf(row, conversation, names), facts: facts.success ? facts.data : [] };
}
