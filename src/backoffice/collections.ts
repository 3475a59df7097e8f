import { addDays, localDate } from '../conversation/calendar';
import {
  type Collections,
  type CrewException,
  EXCEPTIONS,
  type IsoDate,
  type Round,
  STREAMS,
  type Stream,
  Unavailable,
} from '../conversation/ports';
import type { Store } from '../storage/store';

interface CollectionDay {
  readonly stream: string;
  readonly date: string;
  readonly moved_from: string | null;
  readonly finished_at: number | null;
  readonly code: string | null;
  readonly exception_at: number | null;
}

/**
 * The embedded rounds system. What a crew logs may stand in the tables before its time (the demo borough's logs do), so
 * every answer is "as of" the moment asked for.
 */
export function createCollections(store: Store, now: () => number, publicUrl?: string): Collections {
  const days = (uprn: string) =>
    store.db
      .selectFrom('address_rounds as a')
      .innerJoin('collection_days as d', 'd.round', 'a.round')
      .leftJoin('crew_exceptions as e', (join) =>
        join.onRef('e.uprn', '=', 'a.uprn').onRef('e.stream', '=', 'a.stream').onRef('e.date', '=', 'd.date'),
      )
      .where('a.uprn', '=', uprn)
      .select(['a.stream', 'd.date', 'd.moved_from', 'd.finished_at', 'e.code', 'e.at as exception_at']);
  /** Nothing found means nothing as long as no rounds were imported at all: then nobody must be told "no collections there". */
  const found = async <T>(rows: readonly T[]): Promise<readonly T[]> => {
    if (rows.length > 0) return rows;
    const any = await store.db.selectFrom('address_rounds').select('uprn').limit(1).executeTakeFirst();
    if (!any) throw new Unavailable('no rounds were imported');
    return rows;
  };
  return {
    async streamsAt(uprn) {
      const rows = await found(
        await store.db.selectFrom('address_rounds').select('stream').where('uprn', '=', uprn).execute(),
      );
      return STREAMS.filter((stream) => rows.some((row) => row.stream === stream));
    },
    async lastRound(uprn, stream, at) {
      const rows = await days(uprn)
        .where('a.stream', '=', stream)
        .where('d.date', '<=', localDate(at))
        .orderBy('d.date', 'desc')
        .limit(1)
        .execute();
      const [row] = await found(rows);
      return row && roundOf(row, at);
    },
    async nextRound(uprn, stream, at) {
      const rows = await days(uprn)
        .where('a.stream', '=', stream)
        .where('d.date', '>', localDate(at))
        .orderBy('d.date')
        .limit(1)
        .execute();
      const [row] = await found(rows);
      return row && roundOf(row, at);
    },
    async calendar(uprn, from, count) {
      const rows = await days(uprn)
        .where('d.date', '>=', from)
        .where('d.date', '<', addDays(from, count))
        .orderBy('d.date')
        .orderBy('a.stream')
        .execute();
      return (await found(rows)).map((row) => roundOf(row, now()));
    },
    calendarLink: (uprn) => (publicUrl === undefined ? undefined : `${publicUrl}/bins/${encodeURIComponent(uprn)}.ics`),
  };
}

function roundOf(row: CollectionDay, at: number): Round {
  const code = EXCEPTIONS.find((known): known is CrewException => known === row.code);
  return {
    stream: row.stream as Stream,
    date: row.date as IsoDate,
    ...(row.moved_from ? { movedFrom: row.moved_from } : {}),
    ...(row.finished_at !== null && row.finished_at <= at ? { finishedAt: row.finished_at } : {}),
    ...(code && row.exception_at !== null && row.exception_at <= at
      ? { exception: { code, at: row.exception_at } }
      : {}),
  };
}
