import { sql } from 'kysely';
import { safeJsonText, safeText } from '../json';
import type { HandoffRepository } from '../store';

/** Written out, not bound: only then does SQLite use the partial indexes. */
const WAITING = sql.lit('waiting' as const);
const CLAIMED = sql.lit('claimed' as const);

export function handoffRepository(): HandoffRepository {
  return {
    async request(tx, row) {
      const safe = { ...row, ask: safeText(row.ask), facts: safeJsonText(row.facts) };
      await tx.insertInto('handoffs').values(safe).execute();
    },
    async update(tx, id, patch) {
      if (Object.values(patch).every((value) => value === undefined)) return;
      await tx.updateTable('handoffs').set(patch).where('id', '=', id).execute();
    },
    ...reads,
  };
}

type Reads = Omit<HandoffRepository, 'request' | 'update'>;
const reads: Reads = {
  openOf: (db, conversationId) =>
    db
      .selectFrom('handoffs')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('status', 'in', [WAITING, CLAIMED])
      .orderBy('requested_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  get: (db, id) => db.selectFrom('handoffs').selectAll().where('id', '=', id).executeTakeFirst(),
  queue: (db) =>
    db
      .selectFrom('handoffs')
      .selectAll()
      .where('status', '=', WAITING)
      .orderBy(sql`case lane when 'emergency' then 0 when 'returning' then 1 else 2 end`)
      .orderBy('requested_at')
      .orderBy('id')
      .execute(),
  ofAgent: (db, agentId) =>
    db
      .selectFrom('handoffs')
      .selectAll()
      .where('agent_id', '=', agentId)
      .where('status', '=', CLAIMED)
      .orderBy('claimed_at')
      .execute(),
  list(db, { status, since, limit }) {
    let query = db.selectFrom('handoffs').selectAll().orderBy('requested_at', 'desc').orderBy('id').limit(limit);
    if (status) query = query.where('status', '=', status);
    if (since !== undefined) query = query.where('requested_at', '>=', since);
    return query.execute();
  },
};
