import type { Landmark } from '../conversation/ports';
import { comparable, nameScore } from './streetNames';

export interface NamedLandmark {
  readonly landmark: Landmark;
  /** Words of the name as they are compared. */
  readonly words: readonly string[];
}

export const namedLandmark = (landmark: Landmark): NamedLandmark => ({ landmark, words: wordsOf(landmark.name) });

const wordsOf = (text: string): readonly string[] =>
  comparable(text)
    .split(' ')
    .map((word) => ALIKE[word] ?? word);

/** What people write for parts of a landmark's name. */
const ALIKE: Readonly<Record<string, string>> = {
  stn: 'station',
  sta: 'station',
  sch: 'school',
  hosp: 'hospital',
  ctr: 'centre',
  center: 'centre',
  rec: 'recreation',
};

/** Within a story a misspelling must be slight: "merton road" is not "Merton Park". */
const SLIGHT = 0.85;
/** Part of a name, "the station" for each station: below a name that was said in full. */
const PART = 0.5;

/**
 * The landmarks that some words name, with how well: 1 the name itself, 0.85 and more a misspelt one or all but its last word,
 * {@link PART} for those that end in what was said ("the station") and hold every word of a landmark that was said.
 */
export function landmarksIn(
  text: string,
  all: readonly NamedLandmark[],
): readonly { readonly landmark: Landmark; readonly score: number }[] {
  const said = wordsOf(text);
  const full = all.map((named) => ({ ...named, score: fullScore(said, named.words) })).filter(({ score }) => score > 0);
  if (full.length > 0) return longestOnly(full);
  const vocabulary = new Set(all.flatMap(({ words }) => words));
  const kept = said.filter((word) => word !== 'the' && vocabulary.has(word));
  const last = kept.at(-1);
  if (last === undefined || last !== said.at(-1)) return [];
  return all
    .filter(({ words }) => words.at(-1) === last && kept.every((word) => words.includes(word)))
    .map(({ landmark }) => ({ landmark, score: PART }));
}

/** "Morden Hall" is in "Morden Hall Park" as well: the longer name is meant. */
function longestOnly<T extends NamedLandmark & { readonly score: number }>(found: readonly T[]): readonly T[] {
  const best = Math.max(...found.map(({ words, score }) => (score === 1 ? words.length : 0)));
  return found.filter(({ words, score }) => best === 0 || (score === 1 && words.length === best));
}

/** The best of the stretches of words about as long as the name. */
function fullScore(said: readonly string[], words: readonly string[]): number {
  const bare = words[0] === 'the' ? words.slice(1) : words;
  if (bare.length < 2) return said.includes(bare[0] ?? '') ? 1 : 0;
  const name = bare.join(' ');
  let best = 0;
  for (let length = Math.max(1, bare.length - 1); length <= bare.length + 1; length++) {
    for (let from = 0; from + length <= said.length; from++)
      best = Math.max(best, stretchScore(said.slice(from, from + length).join(' '), length, name));
  }
  // "the level crossing at West Barnes"
  return best === 0 && bare.length > 2 && bare.every((word) => said.includes(word)) ? SLIGHT : best;
}

function stretchScore(stretch: string, length: number, name: string): number {
  if (stretch === name) return 1;
  // All but the last word must still be a name: "wimbledon" alone is a district.
  if (length > 1 && name.startsWith(`${stretch} `)) return nameScore(stretch, name);
  // Parts of names differ by whole words, misspellings by letters.
  if (Math.abs(stretch.length - name.length) > 2) return 0;
  const score = nameScore(stretch, name);
  return score >= SLIGHT ? score : 0;
}
