import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/** Counts of a text that tell how hard it is to read. */
export interface Counts {
  readonly word: number;
  readonly sentence: number;
  readonly syllable: number;
}

/** A page's address ends a sentence where a new one begins after it. */
const PAGE_AT_END = /https?:\/\/\S+(?=\s+\p{Lu}|$)/gu;
const WORD = /\p{L}[\p{L}’'-]*/gu;
/** Addresses of pages, references and numbers are shown, not read. */
const NOT_READ = /https?:\/\/\S+|\b[A-Z]{2}-[A-Z0-9]{3}-[A-Z0-9]{3}\b|\S+@\S+/g;

export function countsOf(text: string): Counts {
  const read = text.replaceAll(PAGE_AT_END, '.').replaceAll(NOT_READ, '');
  const words = read.match(WORD) ?? [];
  const sentences = read.split(/[.!?]+(?=[\s”"]|$)|\n/).filter((part) => /\p{L}/u.test(part));
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return { word: words.length, sentence: Math.max(1, sentences.length), syllable: syllables };
}

export const together = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, each) => ({
      word: sum.word + each.word,
      sentence: sum.sentence + each.sentence,
      syllable: sum.syllable + each.syllable,
    }),
    { word: 0, sentence: 0, syllable: 0 },
  );

/** Flesch-Kincaid: years of school that a reader needs. */
export const gradeOf = (counts: Counts): number => (counts.word === 0 ? 0 : fleschKincaid({ ...counts }));
