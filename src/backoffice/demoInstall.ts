import { sql } from 'kysely';
import { addDays, localDate, momentOf } from '../conversation/calendar';
import type { IsoDate } from '../conversation/ports';
import type { Db } from '../storage/schema';
import type { Store } from '../storage/store';
import { replaceCollections, replaceGazetteer } from './borough';
import { demoBorough, FIRST_CREW_DONE } from './demo';

const DEMO = 'demo borough';
const WEEK_MS = 7 * 24 * 3_600_000;
/** Its rounds reach further ahead than this. */
const LAY_ANEW_AFTER_MS = 20 * WEEK_MS;

/**
 * Lays the demo borough into an installation that has no gazetteer yet, and again before its rounds end. A council's own import is
 * never touched.
 */
export async function installDemo(store: Store, now: number): Promise<void> {
  await store.write(async (tx) => {
    // Processes that start together: one lays it in, the others wait and find it there. (SQLite has one writer anyway.)
    if (store.kind === 'postgres') await sql`lock table imports in exclusive mode`.execute(tx);
    if (await isLaidIn(tx, now)) return;
    const borough = demoBorough(latestCrewDay(now));
    await replaceGazetteer(tx, borough, DEMO, now);
    await replaceCollections(tx, borough, DEMO, now);
  });
}

/** Today, or at night yesterday: whoever tries the demo finds a round that the crew has finished. */
function latestCrewDay(now: number): IsoDate {
  const today = localDate(now);
  return now < momentOf(today, FIRST_CREW_DONE) ? addDays(today, -1) : today;
}

async function isLaidIn(db: Db, now: number): Promise<boolean> {
  const latest = await db
    .selectFrom('imports')
    .select(['source', 'at'])
    .where('kind', '=', 'gazetteer')
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return latest !== undefined && (latest.source !== DEMO || now - latest.at < LAY_ANEW_AFTER_MS);
}
