import type { Entity } from '../../conversation/ports';
import { fold, lower } from '../normalise';
import type { Token } from './tokens';

/** `src/nlu/data/<lang>.json`, of all languages together: a borough's streets have one language's names. */
export interface StreetShape {
  /** Words that nearly always end a street's name: `road`. */
  readonly types: ReadonlySet<string>;
  /** Words that end many a street's name, and stand elsewhere as often: `way`, `close`. */
  readonly looseTypes: ReadonlySet<string>;
  /** Short form → the word in full: `rd` → `road`. */
  readonly short: ReadonlyMap<string, string>;
  /** Words that stand right before a street's name: `on`, `pothole`. */
  readonly before: ReadonlySet<string>;
  /** Words that are no part of a street's name: `the`, `main`. */
  readonly never: ReadonlySet<string>;
}

export function streetShape(
  lists: readonly {
    readonly streetTypes: readonly string[];
    readonly looseStreetTypes: readonly string[];
    readonly beforeStreets: readonly string[];
    readonly notInStreets: readonly string[];
  }[],
  abbreviations: { readonly [short: string]: string },
): StreetShape {
  const all = (of: (list: (typeof lists)[number]) => readonly string[]): ReadonlySet<string> =>
    new Set(lists.flatMap(of).map((word) => fold(lower(word))));
  const full = Object.entries(abbreviations).map(([short, words]) => [short, words.split(' ')[0] ?? words] as const);
  return {
    types: all(({ streetTypes }) => streetTypes),
    looseTypes: all(({ looseStreetTypes }) => looseStreetTypes),
    short: new Map(full),
    before: all(({ beforeStreets }) => beforeStreets),
    never: all(({ notInStreets }) => notInStreets),
  };
}

const LONGEST_NAME = 3;
const HOUSE = /^\d{1,4}[a-z]?$/;

/**
 * Names of streets that the gazetteer does not have: "3 Acacia Avenue". They are told apart from "the main road" by what stands before
 * them, a house number or a word such as "on", or by their capitals.
 * @param taken what is recognised already
 */
export function unknownStreets(
  text: string,
  read: readonly Token[],
  taken: readonly Entity[],
  shape: StreetShape,
): readonly Entity[] {
  const free = (token: Token): boolean => !taken.some(({ start, end }) => token.start < end && token.end > start);
  return read.flatMap((token, at): readonly Entity[] => {
    const type = shape.short.get(token.plain) ?? token.plain;
    const isLoose = shape.looseTypes.has(type);
    if ((!isLoose && !shape.types.has(type)) || !free(token)) return [];
    const first = firstOfName(text, read, at, shape, free);
    if (first === at || !isNamed(text, read, first, at, isLoose, shape)) return [];
    const start = read[first]?.start ?? token.start;
    const own = text.slice(start, token.start).trim();
    const value = [...own.split(/\s+/), type].map(capital).join(' ');
    return [{ kind: 'unknown-street', value, text: text.slice(start, token.end), start, end: token.end }];
  });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function firstOfName(
  text: string,
  read: readonly Token[],
  at: number,
  { before, never }: StreetShape,
  free: (token: Token) => boolean,
): number {
  let first = at;
  while (at - first < LONGEST_NAME) {
    const token = read[first - 1];
    const next = read[first];
    if (!token || !next || !free(token) || !/^[ '’.-]+$/.test(text.slice(token.end, next.start))) break;
    if (/\d/.test(token.plain) || before.has(token.plain) || never.has(token.plain)) break;
    first -= 1;
  }
  // "they missed Heron Lane": where the type has a capital, so has the name.
  const isCapital = (index: number): boolean => /^\p{Lu}/u.test(text.slice(read[index]?.start));
  return isCapital(at) && isCapital(at - 1) ? lastRun(first, at, isCapital) : first;
}

/** Where the last run of indexes up to `at` begins that all pass. */
function lastRun(first: number, at: number, passes: (index: number) => boolean): number {
  let from = at;
  while (from > first && passes(from - 1)) from -= 1;
  return from;
}

function isNamed(
  text: string,
  read: readonly Token[],
  first: number,
  last: number,
  isLoose: boolean,
  { before, never }: StreetShape,
): boolean {
  const name = read.slice(first, last + 1);
  const previous = read[first - 1];
  const isCapital = ({ start }: Token): boolean => /^\p{Lu}/u.test(text.slice(start)) && /\p{Ll}/u.test(text);
  if (previous && HOUSE.test(previous.plain)) return true;
  if (name.every(isCapital) && !(previous && never.has(previous.plain))) return true;
  if (!previous && !isLoose) return last === read.length - 1 || /^\s*,/.test(text.slice(read[last]?.end));
  return !isLoose && previous !== undefined && before.has(previous.plain);
}
