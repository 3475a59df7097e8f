import { fuzzyIndex } from './fuzzyIndex';
import { fold } from './normalise';

/** Replaces words that training never saw by the most frequent known word one slip away. */
export type Speller = (words: readonly string[]) => readonly string[];

/** Shorter words are more often right and unknown than wrong: measured, correcting them costs more than it gains. */
const SHORTEST = 5;

/** Words of training texts, most frequent first: a word counts from two texts on, so that a text's own typos are not learnt. */
export function vocabularyOf(texts: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words.map(fold)))
      if (/^[\p{L}\p{M}]+$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([wordA, a], [wordB, b]) => b - a || (wordA < wordB ? -1 : 1))
    .map(([word]) => word);
}

export function speller(vocabulary: readonly string[]): Speller {
  const index = fuzzyIndex(vocabulary);
  return (words) =>
    words.map((word) => {
      const plain = fold(word);
      if (plain.length < SHORTEST || index.exact(plain) >= 0 || /[^\p{L}\p{M}]/u.test(plain)) return word;
      const [best] = index.near(plain);
      return best === undefined ? word : (vocabulary[best] as string);
    });
}
