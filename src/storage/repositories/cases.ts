import { sql } from 'kysely';
import { cleanText, safeJsonText, safeText } from '../json';
import type { Db } from '../schema';
import { type CaseRepository, Conflict } from '../store';

/** Written out, not bound: only then does SQLite use the partial indexes. */
const OPEN = sql.lit('open' as const);

export function caseRepository(): CaseRepository {
  return { ...writes, ...reads };
}

type Writes = Pick<CaseRepository, 'open' | 'follow' | 'raise' | 'setContact' | 'close' | 'addNote'>;
const writes: Writes = {
  async open(tx, row) {
    const opened = await tx
      .insertInto('cases')
      .values({ ...row, answers: safeJsonText(row.answers), facts: safeJsonText(row.facts) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('reference')
      .executeTakeFirst();
    if (!opened) throw new Conflict('case', 'An open case has the same dedupe key, or a case the same reference');
  },
  async follow(tx, follower) {
    const answers = safeJsonText(follower.answers);
    await tx
      .insertInto('case_followers')
      .values({ ...follower, answers })
      .onConflict((conflict) => conflict.columns(['reference', 'conversation_id']).doUpdateSet({ answers }))
      .execute();
  },
  async raise(tx, reference, { dueAt, facts }) {
    // Touched before it is read: of two that raise it at once, the second waits and builds on what the first wrote (PostgreSQL).
    const open = await tx
      .updateTable('cases')
      .set(({ ref }) => ({ due_at: ref('due_at') }))
      .where('reference', '=', reference)
      .where('status', '=', OPEN)
      .returning(['due_at', 'facts'])
      .executeTakeFirst();
    if (!open) return;
    const due = [open.due_at, dueAt].filter((at) => at !== null && at !== undefined);
    await tx
      .updateTable('cases')
      .set({
        due_at: due.length > 0 ? Math.min(...due) : null,
        facts: safeJsonText(JSON.stringify({ ...(JSON.parse(open.facts) as object), ...facts })),
      })
      .where('reference', '=', reference)
      .execute();
  },
  async setContact(tx, reference, contact) {
    await tx
      .updateTable('cases')
      .set({ contact: cleanText(contact) })
      .where('reference', '=', reference)
      .execute();
  },
  async addNote(tx, note) {
    await tx
      .insertInto('case_notes')
      .values({ ...note, text: safeText(note.text) })
      .execute();
  },
  async close(tx, reference, note, at) {
    await tx
      .updateTable('cases')
      .set({ status: 'closed', closed_at: at, note: note === null ? null : safeText(note) })
      .where('reference', '=', reference)
      .where('status', '=', OPEN)
      .execute();
  },
};

const withFollowers = (db: Db) =>
  db
    .selectFrom('cases')
    .selectAll()
    .select((column) =>
      column
        .selectFrom('case_followers')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('case_followers.reference', '=', 'cases.reference')
        .as('followers'),
    )
    .$narrowType<{ followers: number }>();

type Reads = Omit<CaseRepository, keyof Writes>;
const reads: Reads = {
  get: (db, reference) => withFollowers(db).where('reference', '=', reference).executeTakeFirst(),
  openWithKey: (db, dedupeKey) =>
    withFollowers(db).where('dedupe_key', '=', dedupeKey).where('status', '=', OPEN).executeTakeFirst(),
  openInBox: (db, service, { south, north, west, east }) =>
    withFollowers(db)
      .where('service', '=', service)
      .where('status', '=', OPEN)
      .where('lat', '>=', south)
      .where('lat', '<=', north)
      .where('lon', '>=', west)
      .where('lon', '<=', east)
      .execute(),
  async countAt(db, service, place, since) {
    const { count } = await db
      .selectFrom('cases')
      .select((column) => column.fn.countAll<number>().as('count'))
      .where('service', '=', service)
      .where('place', '=', place)
      .where('opened_at', '>=', since)
      .executeTakeFirstOrThrow();
    return count;
  },
  async countOpen(db, dedupeKey) {
    const start = `${dedupeKey}|`;
    const { count } = await db
      .selectFrom('cases')
      .select((column) => column.fn.countAll<number>().as('count'))
      .where('status', '=', OPEN)
      .where((where) => where(where.fn('substr', ['dedupe_key', sql.lit(1), sql.lit(start.length)]), '=', start))
      .executeTakeFirstOrThrow();
    return count;
  },
  notesOf: (db, reference) =>
    db.selectFrom('case_notes').selectAll().where('reference', '=', reference).orderBy('at').orderBy('id').execute(),
  ofConversation: (db, conversationId) =>
    db
      .selectFrom('cases')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('opened_at')
      .orderBy('reference')
      .execute(),
  list(db, { since, limit, after }) {
    let query = db.selectFrom('cases').selectAll().orderBy('opened_at').orderBy('reference').limit(limit);
    if (since !== undefined) query = query.where('opened_at', '>=', since);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('opened_at', 'reference'), '>', tuple(after.at, after.reference)),
      );
    }
    return query.execute();
  },
};
