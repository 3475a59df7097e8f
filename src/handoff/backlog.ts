import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db, Schema } from '../storage/schema';
import type { HandoffRow } from '../storage/store';

/** What is open now: a few rows of a table that grows for years. Asked for every few seconds. */

type Open = 'waiting' | 'claimed' | 'message';

/** The status is written out, not bound: only then does SQLite use the partial indexes. */
const open = (db: Db, status: Open): SelectQueryBuilder<Schema, 'handoffs', object> =>
  db.selectFrom('handoffs').where('status', '=', sql.lit(status));

/** Chats that somebody has, in no order. */
export function claimedNow(db: Db): Promise<readonly HandoffRow[]> {
  return open(db, 'claimed').selectAll().execute();
}

/** Messages and callbacks to answer: whoever has waited longest comes first. */
export function messagesNow(db: Db, limit: number): Promise<readonly HandoffRow[]> {
  return open(db, 'message').selectAll().orderBy('requested_at').orderBy('id').limit(limit).execute();
}

export async function countMessages(db: Db): Promise<number> {
  const { count } = await open(db, 'message')
    .select((column) => column.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many chats each agent has, by id. */
export async function chatsByAgent(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await open(db, 'claimed')
    .select('agent_id')
    .select((column) => column.fn.countAll<number>().as('count'))
    .groupBy('agent_id')
    .execute();
  return new Map(rows.map((row) => [row.agent_id ?? '', Number(row.count)]));
}

/** Changes whenever a line of the lists comes, goes, or changes hands. */
export async function statesNow(db: Db): Promise<readonly object[]> {
  const states = (status: Open) =>
    open(db, status).select(['id', 'status', 'lane', 'agent_id']).orderBy('id').execute();
  return [...(await states('waiting')), ...(await states('claimed')), ...(await states('message'))];
}
