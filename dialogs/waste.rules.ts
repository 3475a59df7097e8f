import { z } from 'zod';
import type { Address, Collections, Params, Stream } from '../src/conversation/ports';
import type { Settings } from '../src/conversation/settings';
import { byLanguage } from '../src/conversation/settingValues';
import { namedIn } from '../src/conversation/wordLists';

/** What the waste services share: places, and things named in a resident's own words. */

/** Ids as ICU can select on them: its selectors have no hyphens. */
export const selectKey = (id: string): string => id.replaceAll('-', '_');

/** Flats that share bins are one place: a neighbour's report is the same report. */
export const placeOf = (address: Address): string => address.sharedStore ?? address.uprn;

/**
 * Words that name a thing, by language. A word that ends with `*` goes on: `sofa*` is also "sofas", `lodówk*` also "lodówkę".
 */
export const wordLists = z
  .record(z.string(), z.array(z.string().trim().min(2)).min(1))
  .refine((words) => 'en' in words, 'needs at least "en"');

/** Something that is or is not taken. */
export const thing = z.strictObject({ title: byLanguage, words: wordLists, note: byLanguage.optional() });
export type Thing = z.infer<typeof thing>;

/** The things that a message names, in the resident's language or in English, the longest wording first. */
export function thingsNamed<T extends Thing>(said: string, things: readonly T[], language: string): readonly T[] {
  const found = things.flatMap((each) => {
    const lists = [...(each.words[language] ?? []), ...(each.words.en ?? [])];
    const longest = Math.max(0, ...namedIn(said, lists).map((phrase) => phrase.length));
    return longest > 0 ? [{ each, longest }] : [];
  });
  return found.sort((a, b) => b.longest - a.longest).map(({ each }) => each);
}

/**
 * No domestic rounds at an address: a business, or a building with an arrangement of its own. That a building has them is no secret:
 * its bins stand in the street.
 */
export function noRounds(address: Address, streams: readonly Stream[], settings: Settings): Params | false {
  if (streams.length > 0) return false;
  return { home: selectKey(address.kind), link: settings.links['commercial-waste'] ?? settings.council.website };
}

export const streamsAt = ({ address }: { readonly address: Address }, ports: { readonly collections: Collections }) =>
  ports.collections.streamsAt(address.uprn);
