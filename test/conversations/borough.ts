import { createCollections } from '../../src/backoffice/collections';
import { installDemo } from '../../src/backoffice/demoInstall';
import { createDisclosures } from '../../src/backoffice/disclosures';
import { createGazetteer } from '../../src/backoffice/gazetteer';
import { createZones } from '../../src/backoffice/zones';
import { momentOf } from '../../src/conversation/calendar';
import type { Collections, Disclosures, Gazetteer, Zones } from '../../src/conversation/ports';
import { createStore } from '../../src/storage/index';
import { newFolder } from '../folder';

export interface Borough {
  readonly gazetteer: Gazetteer;
  readonly zones: Zones;
  readonly disclosures: Disclosures;
  readonly collectionsAt: (now: () => number) => Collections;
  readonly close: () => Promise<void>;
}
const boroughs = new Map<string, Promise<Borough>>();

/** The demo's borough as it stands on a day (YYYY-MM-DD): made once, nothing a conversation does changes it. */
export function theBorough(day: string): Promise<Borough> {
  const known = boroughs.get(day);
  if (known) return known;
  const made = makeBorough(day);
  boroughs.set(day, made);
  return made;
}

async function makeBorough(day: string): Promise<Borough> {
  let last = 0;
  const dataDir = newFolder('convo');
  const store = await createStore({ dataDir, randomId: () => String(++last) });
  await installDemo(store, momentOf(day, '08:00'));
  return {
    gazetteer: createGazetteer(store),
    zones: createZones(store),
    disclosures: createDisclosures(store),
    collectionsAt: (now) => createCollections(store, now, 'https://wandle.example'),
    close: () => store.close(),
  };
}

export async function closeBoroughs(): Promise<void> {
  for (const borough of boroughs.values()) await (await borough).close();
  boroughs.clear();
}
