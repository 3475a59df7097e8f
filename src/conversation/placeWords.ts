import { z } from 'zod';

/** Words about places, of `locales/<language>/commands.json`. */

const words = z.array(z.string().min(1)).default([]);

export const PlaceWords = z
  .strictObject({
    /** "opposite …": where on a street; and the words at which such a description is over. */
    before: words,
    until: words,
    /** "corner": two streets named mean where they meet. */
    junction: words,
    /** "same address": the place that was given before. One of a single word only counts alone. */
    same: words,
  })
  .prefault({});
export type PlaceWords = z.infer<typeof PlaceWords>;

const LONGEST_LANDMARK = 60;

/** Where on a street a message says something is: "opposite the church". */
export function landmarkIn(text: string, { before, until }: PlaceWords): string | undefined {
  if (before.length === 0) return undefined;
  const [found] = new RegExp(`(?<![\\p{L}])(?:${before.join('|')})\\s[^,.;!?\\n]+`, 'iu').exec(text) ?? [];
  const end = found?.search(new RegExp(`\\s(?:${until.join('|')})(?=\\s|$)`, 'iu')) ?? -1;
  const landmark = (end > 0 ? found?.slice(0, end) : found)?.trim();
  return landmark?.includes(' ') && landmark.length <= LONGEST_LANDMARK ? landmark : undefined;
}

/** @param text lower case, without punctuation and accents, as the lists are */
export function namesJunction(text: string, { junction }: PlaceWords): boolean {
  return text.split(' ').some((word) => junction.includes(word));
}

/** @param text as above */
export function namesSame(text: string, { same }: PlaceWords): boolean {
  return same.some((phrase) => (phrase.includes(' ') ? ` ${text} `.includes(` ${phrase} `) : text === phrase));
}
