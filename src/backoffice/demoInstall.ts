import { localDate } from '../conversation/calendar';
import type { Store } from '../storage/store';
import { replaceCollections, replaceGazetteer } from './borough';
import { demoBorough } from './demo';
import { gazetteerImportedAt } from './gazetteer';

const DEMO = 'demo borough';
const WEEK_MS = 7 * 24 * 3_600_000;
/** Its rounds reach further ahead than this. */
const LAY_ANEW_AFTER_MS = 20 * WEEK_MS;

/**
 * Lays the demo borough into an installation that has no gazetteer yet, and again before its rounds end. A council's own import is
 * never touched.
 */
export async function installDemo(store: Store, now: number): Promise<void> {
  const imported = await gazetteerImportedAt(store);
  const latest = await store.db
    .selectFrom('imports')
    .select('source')
    .where('kind', '=', 'gazetteer')
    .orderBy('at', 'desc')
    .executeTakeFirst();
  if (latest && (latest.source !== DEMO || now - imported < LAY_ANEW_AFTER_MS)) return;
  const borough = demoBorough(localDate(now));
  await store.write(async (tx) => {
    await replaceGazetteer(tx, borough, DEMO, now);
    await replaceCollections(tx, borough, DEMO, now);
  });
}
