import { sql } from 'kysely';
import { fromJsonObject, safeActivity, safeText, toJson } from '../json';
import type { Db, NewRow, Row } from '../schema';
import {
  type Accepted,
  Conflict,
  type Inbound,
  type InboxRepository,
  type InboxRow,
  type OutboxRepository,
} from '../store';
import { insertRows, moveSequence } from './log';

/** Written out, not bound: only then does SQLite use the partial indexes. */
const PENDING = sql.lit('pending' as const);
const DEAD = sql.lit('dead' as const);

export function inboxRepository(outbox: OutboxRepository, randomId: () => string): InboxRepository {
  return {
    async accept(tx, inbound, at) {
      const { log } = inbound;
      if (!log)
        return (await insertOnce(tx, await activityOf(tx, inbound, null, at))) ? UNLOGGED : firstOf(tx, inbound);
      const conversation = await moveSequence(tx, inbound.conversationId, 1);
      const seq = conversation.last_seq;
      if (!(await insertOnce(tx, await activityOf(tx, inbound, seq, at)))) {
        await moveSequence(tx, inbound.conversationId, -1);
        return firstOf(tx, inbound);
      }
      await insertRows(tx, conversation, [log], at, { outbox, randomId });
      return { duplicate: false, seq, activityId: log.id };
    },
    ...timers,
    ...attempts,
    ...reads,
  };
}

const UNLOGGED: Accepted = { duplicate: false, seq: null, activityId: null };

const FRESH = {
  kind: 'activity',
  seq: null,
  timer_name: null,
  status: 'pending',
  attempts: 0,
  error: null,
  finished_at: null,
} as const;

const activityOf = async (tx: Db, inbound: Inbound, seq: number | null, at: number): Promise<NewRow<'inbox'>> => ({
  ...FRESH,
  id: inbound.id,
  conversation_id: inbound.conversationId,
  channel: inbound.channel,
  message_id: inbound.messageId,
  seq,
  body: inbound.body ? toJson(safeActivity(inbound.body)) : null,
  due_at: Math.max(at, await lastDue(tx, inbound.conversationId)),
  accepted_at: at,
});

/** No message is due before those accepted before it, whatever the clocks of the processes say. */
async function lastDue(tx: Db, conversationId: string): Promise<number> {
  const { last } = await tx
    .selectFrom('inbox')
    .select((column) => column.fn.max<number | null>('due_at').as('last'))
    .where('conversation_id', '=', conversationId)
    .where('status', '=', PENDING)
    .where('kind', '=', 'activity')
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/** True where the row was not there. (A violated constraint would abort PostgreSQL's whole transaction.) */
async function insertOnce(tx: Db, row: NewRow<'inbox'>): Promise<boolean> {
  const inserted = await tx
    .insertInto('inbox')
    .values(row)
    .onConflict((conflict) => conflict.columns(['channel', 'message_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

async function firstOf(tx: Db, inbound: Inbound): Promise<Accepted> {
  const first = await tx
    .selectFrom('inbox')
    .leftJoin('activities', (join) =>
      join.onRef('activities.conversation_id', '=', 'inbox.conversation_id').onRef('activities.seq', '=', 'inbox.seq'),
    )
    .select(['inbox.seq', 'activities.id as activityId'])
    .where('inbox.channel', '=', inbound.channel)
    .where('message_id', '=', inbound.messageId)
    .executeTakeFirstOrThrow();
  return { duplicate: true, ...first };
}

type Timers = Pick<InboxRepository, 'setTimer' | 'cancelTimer' | 'cancelTimers'>;
const timers: Timers = {
  async setTimer(tx, timer, at) {
    await timers.cancelTimer(tx, timer.conversationId, timer.name, at);
    await tx
      .insertInto('inbox')
      .values({
        ...FRESH,
        id: timer.id,
        conversation_id: timer.conversationId,
        channel: timer.channel,
        message_id: `timer:${timer.name}:${timer.conversationId}:${timer.id}`,
        kind: 'timer',
        body: toJson(safeActivity(timer.body)),
        timer_name: timer.name,
        due_at: timer.dueAt,
        accepted_at: at,
      })
      .execute();
  },
  async cancelTimers(tx, conversationId, at) {
    await tx
      .updateTable('inbox')
      .set({ status: 'cancelled', finished_at: at })
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'timer')
      .where('status', '=', PENDING)
      .execute();
  },
  async cancelTimer(tx, conversationId, name, at) {
    await tx
      .updateTable('inbox')
      .set({ status: 'cancelled', finished_at: at })
      .where('conversation_id', '=', conversationId)
      .where('timer_name', '=', name)
      .where('status', '=', PENDING)
      .execute();
  },
};

type Attempts = Pick<InboxRepository, 'startAttempt' | 'finish' | 'bury'>;
const attempts: Attempts = {
  async startAttempt(tx, id) {
    const started = await tx
      .updateTable('inbox')
      .set((column) => ({ attempts: column('attempts', '+', 1) }))
      .where('id', '=', id)
      .returning('attempts')
      .executeTakeFirstOrThrow();
    return started.attempts;
  },
  async finish(tx, id, at) {
    // A timer that its own turn has cancelled or set anew is done all the same.
    const finished = await tx
      .updateTable('inbox')
      .set({ status: 'done', finished_at: at })
      .where('id', '=', id)
      .where('status', 'in', ['pending', 'cancelled'])
      .returning('id')
      .executeTakeFirst();
    if (!finished) throw new Conflict('version', 'Another turn has finished this inbound already');
  },
  async bury(tx, id, error, at) {
    await tx
      .updateTable('inbox')
      .set({ status: 'dead', error: safeText(error), finished_at: at })
      .where('id', '=', id)
      .where('status', '=', PENDING)
      .execute();
  },
};

type Reads = Pick<InboxRepository, 'nextDue' | 'conversationsDue' | 'nextDueAt' | 'dead'>;
const reads: Reads = {
  async nextDue(db, conversationId, now) {
    const row = await db
      .selectFrom('inbox')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('status', '=', PENDING)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('position')
      .executeTakeFirst();
    return row && parse(row);
  },
  async conversationsDue(db, now, limit) {
    const rows = await db
      .selectFrom('inbox')
      .select((column) => ['conversation_id', column.fn.min('due_at').as('first')])
      .where('status', '=', PENDING)
      .where('due_at', '<=', now)
      .groupBy('conversation_id')
      .orderBy('first')
      .limit(limit)
      .execute();
    return rows.map((row) => row.conversation_id);
  },
  async nextDueAt(db) {
    const next = await db
      .selectFrom('inbox')
      .select('due_at')
      .where('status', '=', PENDING)
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    return next?.due_at;
  },
  async dead(db, limit) {
    const rows = await db
      .selectFrom('inbox')
      .selectAll()
      .where('status', '=', DEAD)
      .orderBy('finished_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(parse);
  },
};

const parse = (row: Row<'inbox'>): InboxRow => ({ ...row, body: row.body === null ? null : fromJsonObject(row.body) });
