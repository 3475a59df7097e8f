import { sql } from 'kysely';
import type { HttpResponse } from '../channels/channel';
import type { AgentRow } from '../storage/store';
import type { TroubleView } from './api';
import type { Desk } from './desk';
import { type Edge, ok } from './edge';

const LIST = 100;

/** What went wrong for good and needs a person's eye. Reasons are the program's or the provider's own words. */
export function troubleRoutes(desk: Desk, edge: Edge): void {
  edge.read('/desk/api/trouble', (call) => trouble(desk, call.agent));
}

async function trouble(desk: Desk, agent: AgentRow): Promise<HttpResponse> {
  const inbound = await desk.store.inbox.dead(desk.store.db, LIST);
  const outbound = await desk.store.outbox.undelivered(desk.store.db, LIST);
  const items: TroubleView['items'] = [
    ...inbound.map((row) => ({
      what: 'inbound' as const,
      id: row.id,
      conversationId: row.conversation_id,
      at: row.accepted_at,
      state: 'dead' as const,
      reason: row.error ?? '',
    })),
    ...outbound.map((row) => ({
      what: 'outbound' as const,
      id: row.id,
      conversationId: row.conversation_id,
      at: row.created_at,
      state: row.status === 'maybe' ? ('maybe' as const) : ('dead' as const),
      reason: row.error ?? '',
    })),
  ];
  const view: TroubleView = { items: items.toSorted((a, b) => b.at - a.at), settings: settingsFor(desk, agent) };
  return ok(view);
}

/** Those who answer for the service are told of values that nobody is told any more. */
export function settingsFor({ settingsOutOfDate }: Desk, { role }: Pick<AgentRow, 'role'>): TroubleView['settings'] {
  return role === 'agent' ? [] : (settingsOutOfDate?.() ?? []);
}

export async function troubleCount(desk: Desk): Promise<number> {
  const { db } = desk.store;
  // Written out, not bound: only then does SQLite use the partial indexes.
  const dead = sql.lit('dead' as const);
  const inbound = db.selectFrom('inbox').select('id').where('status', '=', dead).limit(LIST);
  const outbound = db
    .selectFrom('outbox')
    .select('id')
    .where('status', 'in', [dead, sql.lit('maybe' as const)]);
  return (await inbound.execute()).length + (await outbound.limit(LIST).execute()).length;
}

/** Whether a conversation has something in the list above. */
export async function inTrouble(desk: Desk, conversationId: string): Promise<boolean> {
  const { db } = desk.store;
  const inbound = db.selectFrom('inbox').select('id').where('conversation_id', '=', conversationId);
  if ((await inbound.where('status', '=', 'dead').executeTakeFirst()) !== undefined) return true;
  const outbound = db.selectFrom('outbox').select('id').where('conversation_id', '=', conversationId);
  return (await outbound.where('status', 'in', ['dead', 'maybe']).executeTakeFirst()) !== undefined;
}
