import type { Address, AddressQuery, Gazetteer, Position, RoadOwner, Street, StreetMatch } from '../conversation/ports';
import type { Row } from '../storage/schema';
import type { Store } from '../storage/store';
import { boxAround, metresBetween } from './geo';
import { landmarksIn, namedLandmark } from './landmarks';
import { comparable, nameScore } from './streetNames';

interface NamedStreet {
  readonly street: Street;
  readonly comparable: string;
}

/** The embedded gazetteer: the tables that `npm run import -- gazetteer` fills. Street names are kept in memory until the next import. */
export function createGazetteer(store: Store): Gazetteer {
  const streets = perImport(store, readStreets);
  const landmarks = perImport(store, readLandmarks);
  return {
    async postcode(postcode) {
      const row = await store.db
        .selectFrom('postcodes')
        .selectAll()
        .where('postcode', '=', postcode)
        .executeTakeFirst();
      if (row && row.authority === null)
        return { in: 'borough', postcode, position: { lat: row.lat, lon: row.lon }, ward: row.ward };
      return { in: 'elsewhere', postcode, ...(row?.authority ? { authority: row.authority } : {}) };
    },
    findAddresses: (query, limit = 100) => findAddresses(store, query, limit),
    async address(uprn) {
      const row = await store.db.selectFrom('addresses').selectAll().where('uprn', '=', uprn).executeTakeFirst();
      return row && addressOf(row);
    },
    async findStreets({ name, near, limit = 10 }) {
      const written = comparable(name);
      const matches = (await streets())
        .map((entry) => matchOf(entry.street, nameScore(written, entry.comparable), near))
        .filter((match) => match.score > 0);
      return matches.sort((a, b) => b.score - a.score || (a.metres ?? 0) - (b.metres ?? 0)).slice(0, limit);
    },
    async streetsNear(position, metres) {
      const matches = (await streets()).map((entry) => matchOf(entry.street, 1, position));
      return matches.filter((match) => (match.metres ?? 0) <= metres).sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0));
    },
    async findLandmarks({ words, near, limit = 10 }) {
      const matches = landmarksIn(words, await landmarks()).map(({ landmark, score }) => ({
        landmark,
        score,
        ...(near && { metres: Math.round(metresBetween(near, landmark.position)) }),
      }));
      return matches.sort((a, b) => b.score - a.score || (a.metres ?? 0) - (b.metres ?? 0)).slice(0, limit);
    },
    postcodeNear: (position, metres) => postcodeNear(store, position, metres),
    async ownerAt(position, streetId) {
      const all = await streets();
      const named = all.find((entry) => entry.street.id === streetId);
      if (named) return named.street.owner;
      const nearest = all
        .map((entry) => matchOf(entry.street, 1, position))
        .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0))[0];
      return nearest && (nearest.metres ?? 0) <= LAND_METRES ? nearest.street.owner : { kind: 'council' };
    },
    streetNames: async () => [...new Set((await streets()).map((entry) => entry.street.name))],
  };
}

/** A point belongs to the street whose point is at most this far; the tables hold one point a street, no shapes. */
const LAND_METRES = 60;

function matchOf(street: Street, score: number, near: Position | undefined): StreetMatch {
  return { street, score, ...(near ? { metres: Math.round(metresBetween(near, street.position)) } : {}) };
}

/** Reads something once an import: a borough has a few thousand streets. */
function perImport<T>(store: Store, read: (store: Store) => Promise<T>): () => Promise<T> {
  let known: { readonly at: number; readonly what: T } | undefined;
  return async () => {
    const at = await gazetteerImportedAt(store);
    if (known?.at !== at) known = { at, what: await read(store) };
    return known.what;
  };
}

async function readStreets(store: Store): Promise<readonly NamedStreet[]> {
  const rows = await store.db.selectFrom('streets').selectAll().orderBy('name').orderBy('locality').execute();
  return rows.map((row) => ({ street: streetOf(row), comparable: comparable(row.name) }));
}

async function readLandmarks(store: Store) {
  const rows = await store.db.selectFrom('landmarks').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(({ id, name, lat, lon }) => namedLandmark({ id, name, position: { lat, lon } }));
}

async function postcodeNear(store: Store, position: Position, metres: number) {
  const { south, north, west, east } = boxAround(position, metres);
  const rows = await store.db
    .selectFrom('postcodes')
    .selectAll()
    .where('lat', '>=', south)
    .where('lat', '<=', north)
    .where('lon', '>=', west)
    .where('lon', '<=', east)
    .execute();
  const [nearest] = rows
    .map((row) => ({ row, metres: Math.round(metresBetween(position, row)) }))
    .sort((a, b) => a.metres - b.metres);
  if (!nearest || nearest.metres > metres) return undefined;
  const { postcode, authority } = nearest.row;
  return { postcode, metres: nearest.metres, ...(authority && { authority }) };
}

/** When the gazetteer was last imported; 0 before the first time. */
export async function gazetteerImportedAt(store: Store): Promise<number> {
  const row = await store.db
    .selectFrom('imports')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('kind', '=', 'gazetteer')
    .executeTakeFirst();
  return Number(row?.at ?? 0);
}

async function findAddresses(store: Store, query: AddressQuery, limit: number): Promise<readonly Address[]> {
  let select = store.db.selectFrom('addresses').selectAll();
  if (query.postcode) select = select.where('postcode', '=', query.postcode);
  if (query.street) {
    const written = comparable(query.street);
    const names = (await store.db.selectFrom('addresses').select('street').distinct().execute()).map(
      (row) => row.street,
    );
    const fitting = names.filter((name) => nameScore(written, comparable(name)) > 0);
    if (fitting.length === 0) return [];
    select = select.where('street', 'in', fitting);
  }
  if (!query.postcode && !query.street) return [];
  const rows = (await select.execute()).map(addressOf).filter((address) => fits(address, query));
  return rows.sort(byNumber).slice(0, limit);
}

/** "3b" is number 3b, or flat B of number 3. */
function fits(address: Address, query: AddressQuery): boolean {
  if (fitsParts(address, query)) return true;
  const [, number, letter] = /^(\d+)([a-z])$/i.exec(query.number ?? '') ?? [];
  return number !== undefined && letter !== undefined && query.flat === undefined
    ? fitsParts(address, { ...query, number, flat: letter.toLowerCase() })
    : false;
}

/** "14" fits number 14 and every flat in it; "flat 3" the flat of that number; words, every line that has them all. */
function fitsParts(address: Address, query: AddressQuery): boolean {
  const number = query.number?.toLowerCase();
  if (
    number !== undefined &&
    address.number.toLowerCase() !== number &&
    comparable(address.number) !== comparable(number)
  )
    return false;
  if (query.flat !== undefined && flatNumber(address.flat) !== flatNumber(query.flat)) return false;
  if (query.words === undefined) return true;
  const line = ` ${comparable(`${address.line} ${address.postcode}`)} `;
  return comparable(query.words)
    .split(' ')
    .every((word) => line.includes(` ${word} `));
}

const flatNumber = (flat: string | undefined): string | undefined =>
  flat?.toLowerCase().replace(/^(flat|apartment|apt|unit)\s*/, '');

const collator = new Intl.Collator('en', { numeric: true });
const byNumber = (a: Address, b: Address) =>
  collator.compare(a.street, b.street) ||
  collator.compare(a.number, b.number) ||
  collator.compare(a.flat ?? '', b.flat ?? '');

function addressOf(row: Row<'addresses'>): Address {
  return {
    uprn: row.uprn,
    line: row.line,
    number: row.number,
    street: row.street,
    postcode: row.postcode,
    ward: row.ward,
    position: { lat: row.lat, lon: row.lon },
    kind: row.kind,
    ...(row.flat ? { flat: row.flat } : {}),
    ...(row.shared_store ? { sharedStore: row.shared_store } : {}),
    ...(row.zone ? { zone: row.zone } : {}),
  };
}

function streetOf(row: Row<'streets'>): Street {
  const owner: RoadOwner = { kind: row.owner, ...(row.body ? { body: row.body } : {}) };
  return { id: row.id, name: row.name, locality: row.locality, position: { lat: row.lat, lon: row.lon }, owner };
}
