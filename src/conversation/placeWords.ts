import { z } from 'zod';

/** Words about places, of `locales/<language>/commands.json`. */

const words = z.array(z.string().min(1)).default([]);

export const PlaceWords = z
  .strictObject({
    /** "opposite …": where on a street; and the words at which such a description is over. */
    before: words,
    until: words,
    /** The same in languages that say it after the place: "library ke samne". */
    after: words,
    /** "corner": two streets named mean where they meet. */
    junction: words,
    /** "same address": the place that was given before. One of a single word only counts alone. */
    same: words,
  })
  .prefault({});
export type PlaceWords = z.infer<typeof PlaceWords>;

const LONGEST_LANDMARK = 60;

/** Where on a street a message says something is: "opposite the church", "library ke samne". */
export function landmarkIn(text: string, { before, until, after }: PlaceWords): string | undefined {
  const found = landmarkAfter(text, before, until) ?? landmarkBefore(text, after);
  return found?.includes(' ') && found.length <= LONGEST_LANDMARK ? found : undefined;
}

function landmarkAfter(text: string, before: readonly string[], until: readonly string[]): string | undefined {
  if (before.length === 0) return undefined;
  const [found] = new RegExp(`(?<![\\p{L}])(?:${before.join('|')})\\s[^,.;!?\\n]+`, 'iu').exec(text) ?? [];
  const end = until.length > 0 ? (found?.search(new RegExp(`\\s(?:${until.join('|')})(?=\\s|$)`, 'iu')) ?? -1) : -1;
  return (end > 0 ? found?.slice(0, end) : found)?.trim();
}

/** Up to three words before one of the words. */
function landmarkBefore(text: string, after: readonly string[]): string | undefined {
  if (after.length === 0) return undefined;
  const words = `(?:[^\\s,.;!?؟۔।]+\\s){1,3}(?:${after.join('|')})(?![\\p{L}\\p{M}])`;
  return new RegExp(words, 'iu').exec(text)?.[0].trim();
}

/** @param text lower case, without punctuation and accents, as the lists are */
export function namesJunction(text: string, { junction }: PlaceWords): boolean {
  return text.split(' ').some((word) => junction.includes(word));
}

/** @param text as above */
export function namesSame(text: string, { same }: PlaceWords): boolean {
  return same.some((phrase) => (phrase.includes(' ') ? ` ${text} `.includes(` ${phrase} `) : text === phrase));
}
