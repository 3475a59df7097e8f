import { fromJsonObject, safeActivity, toJson } from '../json';
import type { Db, Row } from '../schema';
import type { ActivityLog, Audience, Conversation, LogRow, NewLogRow, OutboxRepository } from '../store';

/** Rows a read answers when no limit is given. */
const READ_LIMIT = 1000;

type Numbered = Pick<Conversation, 'id' | 'channel' | 'last_seq' | 'push' | 'opted_out'>;

/** @param randomId names outbox rows */
export function activityLog(outbox: OutboxRepository, randomId: () => string): ActivityLog {
  return {
    async append(tx, conversationId, rows, at) {
      if (rows.length === 0) return [];
      const conversation = await moveSequence(tx, conversationId, rows.length);
      return insertRows(tx, conversation, rows, at, { outbox, randomId });
    },
    async read(db, conversationId, reader, range = {}) {
      let query = db
        .selectFrom('activities')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('seq', '>', range.after ?? 0)
        .orderBy('seq')
        .limit(range.limit ?? READ_LIMIT);
      if (reader !== 'desk') query = query.where('audience', '=', 'resident' satisfies Audience);
      return (await query.execute()).map(parse);
    },
    async one(db, conversationId, seq) {
      const row = await ofConversation(db, conversationId).where('seq', '=', seq).executeTakeFirst();
      return row && parse(row);
    },
    async byId(db, conversationId, activityId) {
      const row = await ofConversation(db, conversationId).where('id', '=', activityId).executeTakeFirst();
      return row && parse(row);
    },
    async erase(tx, conversationId, seq, reason, at) {
      await tx
        .updateTable('activities')
        .set({ body: '{}', erased_at: at, erased_because: reason })
        .where('conversation_id', '=', conversationId)
        .where('seq', '=', seq)
        .where('erased_at', 'is', null)
        .execute();
    },
    async blank(tx, conversationId, seq, words) {
      const row = await ofConversation(tx, conversationId).where('seq', '=', seq).executeTakeFirst();
      const body = row && fromJsonObject(row.body);
      if (typeof body?.text !== 'string') return;
      const text = words.reduce((rest, word) => rest.replace(anySpaces(word), blanks), body.text.normalize('NFKC'));
      await tx
        .updateTable('activities')
        .set({ body: toJson({ ...body, text }) })
        .where('conversation_id', '=', conversationId)
        .where('seq', '=', seq)
        .execute();
    },
  };
}

/** Readers of messages fold white space; the log has it as it was typed. */
const anySpaces = (word: string): RegExp =>
  new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'), 'g');
const blanks = (found: string): string => '•'.repeat(found.length);

const ofConversation = (db: Db, conversationId: string) =>
  db.selectFrom('activities').selectAll().where('conversation_id', '=', conversationId);

const parse = (row: Row<'activities'>): LogRow => ({ ...row, body: fromJsonObject(row.body) });

/**
 * Moves the conversation's last sequence number. The row stays locked until the commit, so numbers have no gaps, no repeats, and
 * become visible in their order.
 */
export async function moveSequence(tx: Db, conversationId: string, by: number): Promise<Numbered> {
  const moved = await tx
    .updateTable('conversations')
    .set((column) => ({ last_seq: column('last_seq', '+', by) }))
    .where('id', '=', conversationId)
    .returning(['id', 'channel', 'last_seq', 'push', 'opted_out'])
    .executeTakeFirst();
  if (!moved) throw new Error('No such conversation');
  return moved;
}

/** Inserts rows under the last numbers `moveSequence` gave, with what the channel has to deliver of them. */
export async function insertRows(
  tx: Db,
  conversation: Numbered,
  rows: readonly NewLogRow[],
  at: number,
  delivery: { readonly outbox: OutboxRepository; readonly randomId: () => string },
): Promise<readonly number[]> {
  const first = conversation.last_seq - rows.length + 1;
  const numbered = rows.map((row, index) => ({ ...row, seq: first + index }));
  await tx
    .insertInto('activities')
    .values(
      numbered.map(({ author, body, ...row }) => ({
        ...row,
        conversation_id: conversation.id,
        author: author ?? null,
        body: toJson(safeActivity(body)),
        at,
        erased_at: null,
        erased_because: null,
      })),
    )
    .execute();
  const pushed = numbered
    .filter((row) => isPushed(conversation, row))
    .map((row) => ({
      id: delivery.randomId(),
      kind: conversation.channel,
      conversationId: conversation.id,
      seq: row.seq,
      body: null,
      orderKey: conversation.id,
    }));
  await delivery.outbox.add(tx, pushed, at);
  return numbered.map((row) => row.seq);
}

function isPushed(conversation: Numbered, row: NewLogRow): boolean {
  const delivers = conversation.push === 1 && conversation.opted_out === 0;
  return delivers && row.audience === 'resident' && row.type === 'message' && row.role !== 'resident';
}
