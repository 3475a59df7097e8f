import { plain } from '../commands';
import type { Address, StreetMatch } from '../ports';
import { MOST } from './reading';

/** What lists of addresses and streets hold. */

export interface Candidate {
  readonly uprn: string;
  readonly line: string;
  readonly postcode: string;
}

/** The streets of some addresses, in words: "Sample Road". */
export function streetsAt(addresses: readonly Pick<Address, 'street'>[]): readonly string[] {
  return [...new Set(addresses.map(({ street }) => street))].slice(0, 3);
}

/** Names of streets, each once, at most as many as are offered. */
export function keptStreets(matches: readonly StreetMatch[]): readonly string[] {
  return [...new Set(matches.map(({ street }) => street.name))].slice(0, MOST - 1);
}

/** Those of some offered places that have every word of what was typed: "WB4", "the top one". */
export function narrowed<T extends { readonly line: string; readonly postcode?: string }>(
  offered: readonly T[],
  words: string,
): readonly T[] {
  const typed = plain(words)
    .split(' ')
    .filter((word) => word !== '' && !FILLING.has(word));
  if (typed.length === 0) return [];
  return offered.filter(({ line, postcode = '' }) => {
    const own = plain(`${line} ${postcode}`).split(' ');
    return typed.every((word) => own.includes(word));
  });
}

/** Words of an answer that tell nothing: "the one in WB4". */
const FILLING = new Set(['the', 'one', 'in', 'at', 'on', 'is', 'it', 'its', 'w', 'na', 'to', 'ten', 'ta']);

/** The first and last of some house numbers; undefined where they are no numbers. */
export function rangeOf(numbers: readonly string[]): readonly [first: string, last: string] | undefined {
  const sorted = [...new Set(numbers)]
    .filter((each) => /^\d+[a-z]?$/i.test(each))
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.localeCompare(b));
  const [first] = sorted;
  const last = sorted.at(-1);
  return first !== undefined && last !== undefined && first !== last ? [first, last] : undefined;
}
