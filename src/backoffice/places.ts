import type { PlaceSearch, Suggestion } from '../channels/channel';
import type { Gazetteer, Position } from '../conversation/ports';
import type { Store } from '../storage/store';
import { comparable } from './streetNames';

/** What fits on a small screen. */
const MOST = 8;
const MOST_STREETS = 5;
const MOST_LANDMARKS = 3;
/** A street of a borough has fewer addresses. */
const WHOLE_STREET = 2000;
/** Nearer than this a street or a postcode says where a point is. */
const STREET_METRES = 150;
const POSTCODE_METRES = 400;
/** Fewer letters are misspelt in too many ways. */
const ENOUGH_TO_MISSPELL = 5;

const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/i;
const BEGUN = /^([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]?)?$/i;

/** Searches the gazetteer while somebody types: only what stands on street signs and doors, no identifiers. */
export function createPlaceSearch(store: Store, gazetteer: Gazetteer): PlaceSearch {
  return {
    async addresses(words) {
      const postcode = fullPostcode(words);
      const rest = tokensOf(words.replace(POSTCODE, ' '));
      if (postcode) return addressesOf(await gazetteer.findAddresses({ postcode }, WHOLE_STREET), rest);
      const begun = await postcodes(store, words);
      if (begun.length > 0) return begun.map(({ position: _, ...suggestion }) => suggestion);
      const names = await streetsNamed(gazetteer, rest.filter(isWord));
      const [only] = names;
      const numbers = rest.filter((token) => !isWord(token));
      if (!only || (names.length > 1 && numbers.length === 0))
        return names.slice(0, MOST).map((name) => ({ kind: 'street', label: name }));
      return addressesOf(await addressesIn(store, names.slice(0, MOST_STREETS)), numbers);
    },
    async places(words) {
      const tokens = tokensOf(words).filter(isWord);
      const names = (await streetsNamed(gazetteer, tokens)).slice(0, MOST_STREETS);
      const [found, marks, codes] = await Promise.all([
        Promise.all(names.map((name) => gazetteer.findStreets({ name, limit: MOST }))),
        tokens.length > 0 ? gazetteer.findLandmarks({ words, limit: MOST_LANDMARKS }) : [],
        postcodes(store, words),
      ]);
      const streets = found.flatMap((matches, index) => matches.filter(({ street }) => street.name === names[index]));
      return [
        ...codes,
        ...marks.map(({ landmark: { name, position } }): Suggestion => ({ kind: 'landmark', label: name, position })),
        ...streets.map(({ street: { name, locality, position } }): Suggestion => {
          const label = [name, locality].filter(Boolean).join(', ');
          return { kind: 'street', label, position };
        }),
      ].slice(0, MOST);
    },
    async near(position) {
      const [[street], postcode] = await Promise.all([
        gazetteer.streetsNear(position, STREET_METRES),
        gazetteer.postcodeNear(position, POSTCODE_METRES),
      ]);
      if (postcode?.authority !== undefined && postcode.metres < (street?.metres ?? Number.POSITIVE_INFINITY))
        return undefined;
      const code = postcode?.authority === undefined ? postcode?.postcode : undefined;
      return [street?.street.name, code].filter(Boolean).join(', ') || undefined;
    },
    area: () => area(store),
  };
}

const fullPostcode = (words: string): string | undefined => {
  const [, outward, inward] = POSTCODE.exec(words) ?? [];
  return outward && inward ? `${outward} ${inward}`.toUpperCase() : undefined;
};

const tokensOf = (words: string): readonly string[] => comparable(words).split(' ').filter(Boolean);

/** "flat" belongs to its number. */
const isWord = (token: string): boolean => !/\d/.test(token) && !/^(flat|apartment|apt|unit)$/.test(token);

/** Each token begins a word of a name, or of an address line. */
function begins(tokens: readonly string[], name: string): boolean {
  const words = comparable(name).split(' ');
  return tokens.every((token) => words.some((word) => word.startsWith(token)));
}

/** Names that the words begin, those that begin with them first; else names that are spelt alike. */
async function streetsNamed(gazetteer: Gazetteer, tokens: readonly string[]): Promise<readonly string[]> {
  if (tokens.length === 0) return [];
  const written = tokens.join(' ');
  const rank = (name: string): number =>
    comparable(name) === written ? 0 : comparable(name).startsWith(written) ? 1 : 2;
  const fitting = (await gazetteer.streetNames()).filter((name) => begins(tokens, name));
  const exact = fitting.filter((name) => rank(name) === 0);
  if (exact.length > 0) return exact;
  if (fitting.length > 0) return fitting.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  if (written.length < ENOUGH_TO_MISSPELL) return [];
  const alike = await gazetteer.findStreets({ name: written, limit: MOST_STREETS });
  return [...new Set(alike.map(({ street }) => street.name))];
}

const collator = new Intl.Collator('en', { numeric: true });

/** By the streets' order, and by number. Asked by the index: a table of a hundred thousand addresses is read many times a minute. */
async function addressesIn(store: Store, names: readonly string[]) {
  const ids = store.db.selectFrom('streets').select('id').where('name', 'in', names);
  const columns = ['line', 'postcode', 'street', 'number', 'flat'] as const;
  const found = await store.db.selectFrom('addresses').select(columns).where('street_id', 'in', ids).execute();
  return found.toSorted(
    (a, b) =>
      names.indexOf(a.street) - names.indexOf(b.street) ||
      collator.compare(a.number, b.number) ||
      collator.compare(a.flat ?? '', b.flat ?? ''),
  );
}

const addressesOf = (
  found: readonly { readonly line: string; readonly postcode: string }[],
  tokens: readonly string[],
): readonly Suggestion[] =>
  found
    .filter(({ line }) => begins(tokens, line))
    .slice(0, MOST)
    .map(({ line, postcode }) => ({ kind: 'address', label: `${line}, ${postcode}` }));

/** The council's postcodes that a whole or begun one fits. */
async function postcodes(store: Store, words: string) {
  const [, outward, inward = ''] = BEGUN.exec(words.trim()) ?? [];
  const start = fullPostcode(words) ?? (outward && `${outward}${inward && ` ${inward}`}`.toUpperCase());
  if (!start) return [];
  const rows = store.db.selectFrom('postcodes').select(['postcode', 'lat', 'lon']).where('authority', 'is', null);
  const found = await rows.where('postcode', 'like', `${start}%`).orderBy('postcode').limit(MOST).execute();
  return found.map(({ postcode, lat, lon }): Suggestion & { readonly position: Position } => ({
    kind: 'postcode',
    label: postcode,
    position: { lat, lon },
  }));
}

/** The rectangle that holds all of the council's postcodes. */
async function area(store: Store) {
  const edges = await store.db
    .selectFrom('postcodes')
    .select(({ fn }) => [
      fn.min('lat').as('south'),
      fn.max('lat').as('north'),
      fn.min('lon').as('west'),
      fn.max('lon').as('east'),
    ])
    .where('authority', 'is', null)
    .executeTakeFirst();
  if (!edges || edges.south === null) return undefined;
  const { south, north, west, east } = edges;
  return { south: Number(south), north: Number(north), west: Number(west), east: Number(east) };
}
