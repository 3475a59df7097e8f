import type { Entity } from '../../conversation/ports';
import type { Token } from './tokens';

export interface HouseWords {
  /** `no`, `number`, `nr` */
  readonly house: ReadonlySet<string>;
  /** `flat`, `mieszkanie` */
  readonly flat: ReadonlySet<string>;
}

const HOUSE = /^\d{1,4}[a-z]?$/;
const LETTERED = /^\d{1,3}[a-hj]$/;
const FLAT = /^(?:\d{1,4}[a-z]?|[a-z]\d{0,3})$/;

/**
 * House numbers, where the words say that it is one: before a street or postcode, last after one, after "number", `14a`, or all there is.
 * Flats: the word and what follows it.
 */
export function houses(
  text: string,
  read: readonly Token[],
  places: readonly Entity[],
  words: HouseWords,
): readonly Entity[] {
  const flats = read.flatMap((token, at) => flatAt(text, token, read[at + 1], words));
  const taken = [...places, ...flats];
  const free = (token: Token): boolean => !taken.some(({ start, end }) => token.start < end && token.end > start);
  const numbers = read.filter(
    (token, at) => HOUSE.test(token.plain) && free(token) && isHouse(text, read, at, places, words),
  );
  return [...flats, ...numbers.map((token) => entity('house-number', token.plain, text, token.start, token.end))];
}

function flatAt(text: string, token: Token, next: Token | undefined, { flat }: HouseWords): readonly Entity[] {
  const joined = /^(\p{L}{3,})(\d{1,4}[a-z]?)$/u.exec(token.plain);
  if (joined?.[1] && flat.has(joined[1])) return [entity('flat', `flat ${joined[2]}`, text, token.start, token.end)];
  if (!next || !flat.has(token.plain) || !FLAT.test(next.plain) || next.plain === 'a') return [];
  if (!/^[ .:#]*$/.test(text.slice(token.end, next.start))) return [];
  return [entity('flat', `flat ${next.plain}`, text, token.start, next.end)];
}

function isHouse(
  text: string,
  read: readonly Token[],
  at: number,
  places: readonly Entity[],
  words: HouseWords,
): boolean {
  const token = read[at] as Token;
  const before = read[at - 1];
  if (read.length === 1 || LETTERED.test(token.plain)) return true;
  if (before && words.house.has(before.plain) && /^[ .:#]*$/.test(text.slice(before.end, token.start))) return true;
  if (/#$/.test(text.slice(0, token.start))) return true;
  return places.some((place) => stands(text, token, place));
}

/** "10 Sample Road"; and "Sample Road 10", where nothing follows that it might be a number of. */
function stands(text: string, token: Token, { start, end }: Entity): boolean {
  if (start >= token.end) return /^[\s,]*$/.test(text.slice(token.end, start));
  return /^[\s,]+$/.test(text.slice(end, token.start)) && /^(?:$|[,.;?!](?:\s|$))/.test(text.slice(token.end));
}

function entity(kind: 'house-number' | 'flat', value: string, text: string, start: number, end: number): Entity {
  return { kind, value, text: text.slice(start, end), start, end };
}
