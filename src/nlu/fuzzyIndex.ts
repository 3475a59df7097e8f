/**
 * Finds words one typing slip away (Damerau-Levenshtein distance 1) in constant time: every word is entered under itself
 * and under itself with each one letter left out, as hashes in typed arrays (after Garbe's symmetric delete). 100,000 street
 * names need a few megabytes.
 */
export interface FuzzyIndex {
  /** Index of the word itself, or -1. */
  exact(word: string): number;
  /** Indexes of words at distance 1, in order of the list given. */
  near(word: string): readonly number[];
}

/** Words this short have too many neighbours to guess from. */
const SHORTEST = 4;

export function fuzzyIndex(list: readonly string[]): FuzzyIndex {
  const positions = new Map(list.map((word, at) => [word, at]));
  const table = entries(list);
  const longest = list.reduce((most, { length }) => Math.max(most, length), 0) + 1;
  return {
    exact: (word) => positions.get(word) ?? -1,
    near: (word) => {
      if (word.length < SHORTEST || word.length > longest) return [];
      const found = new Set<number>();
      for (const key of keys(word)) for (const at of table(key)) found.add(at);
      return [...found].filter((at) => isOneSlip(word, list[at] as string)).sort((a, b) => a - b);
    },
  };
}

/** Chained hash table in three typed arrays: bucket → first entry → next entry. */
function entries(list: readonly string[]): (key: number) => Iterable<number> {
  const count = list.reduce((sum, word) => sum + word.length + 1, 0);
  let size = 16;
  while (size < count) size *= 2;
  const first = new Int32Array(size).fill(-1);
  const next = new Int32Array(count);
  const word = new Int32Array(count);
  let used = 0;
  list.forEach((entry, at) => {
    if (entry.length < SHORTEST) return;
    for (const key of keys(entry)) {
      const bucket = key & (size - 1);
      next[used] = first[bucket] as number;
      word[used] = at;
      first[bucket] = used;
      used += 1;
    }
  });
  return function* (key) {
    for (let at = first[key & (size - 1)] as number; at !== -1; at = next[at] as number) yield word[at] as number;
  };
}

/** The word's hash and the hashes of the word without each of its letters. */
function* keys(word: string): Iterable<number> {
  for (let skipped = -1; skipped < word.length; skipped += 1) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i += 1) {
      if (i !== skipped) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    }
    yield (hash ^ (hash >>> 13)) >>> 0;
  }
}

/** Exactly one letter added, left out, changed, or two neighbours swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const restA = a.slice(start, endA);
  const restB = b.slice(start, endB);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
