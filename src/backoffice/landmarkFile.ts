import { z } from 'zod';
import type { NewRow } from '../storage/schema';
import { metresBetween } from './geo';
import { type ImportFile, readRows } from './imports/table';
import { comparable } from './streetNames';

/** Other names of the columns. A file of stops may say `stop_name` or, as open transport data does, `commonname`. */
const ALSO: Readonly<Record<string, string>> = {
  stop_name: 'stop',
  commonname: 'stop',
  landmark: 'name',
  site_name: 'name',
  title: 'name',
  latitude: 'lat',
  stop_lat: 'lat',
  longitude: 'lon',
  stop_lon: 'lon',
  lng: 'lon',
};

const name = z.string().trim().min(1, 'is empty').max(100);
const landmarkRow = z
  .object({
    name: name.optional(),
    stop: name.optional(),
    lat: z.coerce.number().min(49).max(61.5),
    lon: z.coerce.number().min(-9).max(2.5),
  })
  .refine((row) => row.name !== undefined || row.stop !== undefined, { message: 'is missing', path: ['name'] });

type Named = Omit<NewRow<'landmarks'>, 'id'>;

/** Two rows of one name this near each other are one place: the two sides of a road, several entrances. */
const SAME_METRES = 400;

/**
 * Landmarks of a CSV file: `name, lat, lon`; of a file of stops, `stop_name, lat, lon`, each place that a stop is named after.
 * Names of streets are no landmarks and are left out.
 * @param streets names of the borough's streets
 * @param errors gets what is wrong with which line
 */
export function readLandmarks(file: ImportFile, streets: readonly string[], errors: string[]): NewRow<'landmarks'>[] {
  let line = 0;
  const rows = readRows(file, landmarkRow, ALSO, () => String(++line), errors);
  const ofStreets = new Set(streets.map(comparable));
  const named = rows.flatMap(({ name: own, stop, lat, lon }): Named[] =>
    (own !== undefined ? [spelt(own)] : placesOf(stop ?? '')).map((each) => ({ name: each, lat, lon })),
  );
  const merged = mergeNear(named.filter((row) => !ofStreets.has(comparable(row.name))));
  return merged.map((row, index) => ({ id: `L${String(index + 1).padStart(5, '0')}`, ...row }));
}

/**
 * "LONDON ROAD / MORDEN STATION" is named after two places. A stop of one word is named after the whole district, one of a
 * "hail and ride" section after no place at all.
 */
function placesOf(stop: string): readonly string[] {
  return stop
    .split(' / ')
    .map((part) => spelt(part.replace(/\b(ST(?:N|ATION|OP))T$/, '$1').replace(/\bSTN$/, 'STATION')))
    .filter((part) => part.includes(' ') && !/^hail (&|and) ride\b/i.test(part));
}

const SMALL = new Set(['of', 'and', 'the', 'on', 'at', 'in']);

/** Names in capitals are written as names: "ST GEORGE'S HOSPITAL" is "St George's Hospital". */
function spelt(written: string): string {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text !== text.toUpperCase()) return text;
  const word = (each: string, index: number) =>
    index > 0 && SMALL.has(each) ? each : each.replace(/^\P{L}*\p{L}/u, (start) => start.toUpperCase());
  return text.toLowerCase().split(' ').map(word).join(' ');
}

function mergeNear(rows: readonly Named[]): Named[] {
  const byName = new Map<string, Named[][]>();
  for (const row of rows) {
    const name = comparable(row.name);
    const groups = byName.get(name) ?? [];
    const same = groups.find(([first]) => first && metresBetween(first, row) <= SAME_METRES);
    if (same) same.push(row);
    else byName.set(name, [...groups, [row]]);
  }
  return [...byName.values()].flat().flatMap((group) => {
    const [first] = group;
    const mean = (of: (row: Named) => number) => group.reduce((sum, row) => sum + of(row), 0) / group.length;
    return first ? [{ name: first.name, lat: mean((row) => row.lat), lon: mean((row) => row.lon) }] : [];
  });
}
