import { type ExpressionBuilder, sql } from 'kysely';
import { safeJson, toJson } from '../json';
import type { Db, Schema } from '../schema';
import type { OutboxRepository, Store } from '../store';

/** Written out, not bound: only then does SQLite use the partial indexes. */
const PENDING = sql.lit('pending' as const);
const SENDING = sql.lit('sending' as const);
const DEAD = sql.lit('dead' as const);
const MAYBE = sql.lit('maybe' as const);

export function outboxRepository(kind: Store['kind']): OutboxRepository {
  return {
    async add(tx, rows, at) {
      for (const row of rows) await addRow(tx, kind, row, at);
    },
    take: (tx, rowKind, now, limit) => take(tx, kind, { rowKind, now, limit }),
    ...rows,
  };
}

type NewOutboxRow = Parameters<OutboxRepository['add']>[1][number];

async function addRow(tx: Db, kind: Store['kind'], row: NewOutboxRow, at: number): Promise<void> {
  // Two transactions must not give the same position: one waits for the other (SQLite has one writer anyway).
  if (kind === 'postgres') {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${row.kind}:${row.orderKey}`}, 0))`.execute(tx);
  }
  const { last } = await tx
    .selectFrom('outbox')
    .select((column) => column.fn.max<number | null>('position').as('last'))
    .where('kind', '=', row.kind)
    .where('order_key', '=', row.orderKey)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('outbox')
    .values({
      id: row.id,
      kind: row.kind,
      conversation_id: row.conversationId,
      seq: row.seq,
      body: row.body === null ? null : toJson(safeJson(row.body)),
      order_key: row.orderKey,
      position: (last ?? 0) + 1,
      status: 'pending',
      attempts: 0,
      next_at: at,
      provider_id: null,
      error: null,
      created_at: at,
      updated_at: at,
    })
    .execute();
}

/** No unfinished row of the same order key stands before it. */
const isFirst = ({ not, exists, selectFrom }: ExpressionBuilder<Schema, 'outbox'>) =>
  not(
    exists(
      selectFrom('outbox as earlier')
        .select('earlier.id')
        .whereRef('earlier.kind', '=', 'outbox.kind')
        .whereRef('earlier.order_key', '=', 'outbox.order_key')
        .whereRef('earlier.position', '<', 'outbox.position')
        .where('earlier.status', 'in', [PENDING, SENDING]),
    ),
  );

type Wanted = { readonly rowKind: string; readonly now: number; readonly limit: number };

async function take(tx: Db, kind: Store['kind'], { rowKind, now, limit }: Wanted) {
  let free = tx
    .selectFrom('outbox')
    .select('id')
    .where('kind', '=', rowKind)
    .where('status', '=', PENDING)
    .where('next_at', '<=', now)
    .where(isFirst)
    .orderBy('next_at')
    .orderBy('position')
    .limit(limit);
  if (kind === 'postgres') free = free.forUpdate().skipLocked();
  const ids = (await free.execute()).map((row) => row.id);
  if (ids.length === 0) return [];
  const taken = await tx
    .updateTable('outbox')
    .set((column) => ({ status: 'sending', attempts: column('attempts', '+', 1), updated_at: now }))
    .where('id', 'in', ids)
    .returningAll()
    .execute();
  return taken.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

type Rows = Omit<OutboxRepository, 'add' | 'take'>;
const rows: Rows = {
  async update(tx, id, patch, at) {
    await tx
      .updateTable('outbox')
      .set({ ...patch, updated_at: at })
      .where('id', '=', id)
      .execute();
  },
  get: (db, id) => db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst(),
  byProviderId: (db, kind, providerId) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', kind)
      .where('provider_id', '=', providerId)
      .executeTakeFirst(),
  stuck: (db, kind, before) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', kind)
      // Of the unfinished, which have an index: SQLite would go through all that was ever sent.
      .where('status', 'in', [PENDING, SENDING])
      .where('status', '=', SENDING)
      .where('updated_at', '<', before)
      .orderBy('updated_at')
      .execute(),
  ofConversation: (db, conversationId) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('created_at')
      .orderBy('position')
      .execute(),
  undelivered: (db, limit) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('status', 'in', [DEAD, MAYBE])
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute(),
  async nextAt(db, kind) {
    const next = await db
      .selectFrom('outbox')
      .select('next_at')
      .where('kind', '=', kind)
      .where('status', '=', PENDING)
      .where(isFirst)
      .orderBy('next_at')
      .limit(1)
      .executeTakeFirst();
    return next?.next_at;
  },
};
