import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { Rating } from '../conversation/rating';
import type { Row } from '../storage/schema';
import type { Store } from '../storage/store';

export const EXPORTS = ['cases', 'activities', 'handoffs', 'ratings'] as const;
export type Export = (typeof EXPORTS)[number];

/** Rows read at once: the embedded database is synchronous, everything else in this process waits for a batch. */
const BATCH = 500;
/** JSON text in the database. */
const JSON_COLUMNS = new Set(['answers', 'facts', 'body']);
/** Epoch milliseconds in the database. */
const TIME_COLUMN = /(^|_)at$/;

/**
 * One JSON object per line, oldest first, with the columns of `storage/schema.ts`: times as ISO 8601 in UTC, JSON columns as
 * objects. Reads in batches beside a running server; what is written meanwhile may or may not be among it.
 *
 * @param since epoch milliseconds: only cases opened, activities logged, handoffs requested, ratings given at or after it
 */
export async function* exportLines(store: Store, what: Export, since = 0): AsyncIterable<string> {
  const rows: AsyncIterable<object> = READERS[what](store, since);
  for await (const row of rows) yield `${JSON.stringify(readable(row))}\n`;
}

const READERS = {
  cases: (store: Store, since: number) =>
    inBatches<Row<'cases'>>((last) => {
      const after = last && { after: { at: last.opened_at, reference: last.reference } };
      return store.cases.list(store.db, { since, limit: BATCH, ...after });
    }),
  activities: (store: Store, since: number) => activities(store, since),
  ratings,
  handoffs: (store: Store, since: number) =>
    inBatches<Row<'handoffs'>>((last) => {
      const rows = store.db.selectFrom('handoffs').selectAll().where('requested_at', '>=', since);
      const rest = last
        ? rows.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('requested_at', 'id'), '>', tuple(last.requested_at, last.id)),
          )
        : rows;
      return rest.orderBy('requested_at').orderBy('id').limit(BATCH).execute();
    }),
};

function activities(store: Store, since: number, type?: string) {
  return inBatches<Row<'activities'>>((last) => {
    const all = store.db.selectFrom('activities').selectAll().where('at', '>=', since);
    const rows = type === undefined ? all : all.where('type', '=', type);
    const rest = last
      ? rows.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('at', 'conversation_id', 'seq'), '>', tuple(last.at, last.conversation_id, last.seq)),
        )
      : rows;
    return rest.orderBy('at').orderBy('conversation_id').orderBy('seq').limit(BATCH).execute();
  });
}

const RatingGiven = z.object({ name: z.literal('rating'), value: Rating });

/** What residents rated, the first time: whoever says it again is not counted twice. */
async function* ratings(store: Store, since: number): AsyncIterable<object> {
  const counted = new Set<string>();
  for await (const { at, conversation_id, role, body } of activities(store, since, 'event')) {
    const given = role === 'resident' ? RatingGiven.safeParse(JSON.parse(body)) : undefined;
    const key = `${conversation_id} ${given?.data?.value.about}`;
    if (!given?.success || counted.has(key)) continue;
    counted.add(key);
    yield { at, conversation_id, ...given.data.value };
  }
}

/** @param read answers the rows that follow `last`, up to BATCH */
async function* inBatches<T>(read: (last: T | undefined) => Promise<readonly T[]>): AsyncIterable<T> {
  let last: T | undefined;
  do {
    const rows = await read(last);
    yield* rows;
    last = rows.length === BATCH ? rows.at(-1) : undefined;
    await setImmediate();
  } while (last !== undefined);
}

function readable(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (TIME_COLUMN.test(column) && typeof value === 'number') return [column, new Date(value).toISOString()];
      return [column, JSON_COLUMNS.has(column) && typeof value === 'string' ? JSON.parse(value) : value];
    }),
  );
}
