import { sql } from 'kysely';
import { addDays, localDate, momentOf } from '../conversation/calendar';
import type { IsoDate } from '../conversation/ports';
import type { Db } from '../storage/schema';
import type { Store } from '../storage/store';
import { replaceCollections, replaceGazetteer } from './borough';
import { demoBorough, FIRST_CREW_DONE } from './demo';
import { demoDisclosures } from './demoDisclosures';
import { demoZones } from './demoZones';
import { replaceDisclosures } from './disclosures';
import { replaceZones } from './zones';

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
    const laid = await latestImport(tx, 'gazetteer');
    if (laid && laid.source !== DEMO) return;
    if (!(await latestImport(tx, 'disclosures'))) await replaceDisclosures(tx, demoDisclosures(), DEMO, now);
    const today = latestCrewDay(now);
    const borough = demoBorough(today);
    const zoned = await latestImport(tx, 'zones');
    const isDue = laid === undefined || now - laid.at >= LAY_ANEW_AFTER_MS;
    if (!zoned || (isDue && zoned.source === DEMO))
      await replaceZones(tx, demoZones(borough.streets, today), DEMO, now);
    if (!isDue) return;
    await replaceGazetteer(tx, borough, DEMO, now);
    await replaceCollections(tx, borough, DEMO, now);
  });
}

/** A council's own streets end the demo: nobody is shown its published answers or its parking zones any more. */
export async function endDemo(tx: Db, at: number): Promise<void> {
  const end = `end of the ${DEMO}`;
  if ((await latestImport(tx, 'disclosures'))?.source === DEMO) await replaceDisclosures(tx, [], end, at);
  const none = { zones: [], lines: [], suspensions: [] };
  if ((await latestImport(tx, 'zones'))?.source === DEMO) await replaceZones(tx, none, end, at);
}

/** Today, or at night yesterday: whoever tries the demo finds a round that the crew has finished. */
function latestCrewDay(now: number): IsoDate {
  const today = localDate(now);
  return now < momentOf(today, FIRST_CREW_DONE) ? addDays(today, -1) : today;
}

function latestImport(
  db: Db,
  kind: 'gazetteer' | 'disclosures' | 'zones',
): Promise<{ readonly source: string; readonly at: number } | undefined> {
  return db
    .selectFrom('imports')
    .select(['source', 'at'])
    .where('kind', '=', kind)
    .orderBy('at', 'desc')
    .executeTakeFirst();
}
