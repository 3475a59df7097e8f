import type { EpochMs, IsoDate, Language } from './values';

/** What is said, before and after it is put into words. */

/** A text of `locales/`, by `<file stem>:<key>`: `missed-bin:address.ask`, `common:help`. */
export type TextKey = `${string}:${string}`;

/** Values for a text's placeholders. Dates and nested labels are formatted in the resident's language by Render. */
export type Param =
  | string
  | number
  | boolean
  | { readonly date: IsoDate } // "Tuesday 24 November"
  | { readonly moment: EpochMs } // "18:05 on Tuesday 24 November"
  | { readonly time: EpochMs } // "18:05"
  | { readonly label: TextKey; readonly inline?: boolean; readonly params?: Params } // a nested text; `inline`: within a sentence, so not capitalised
  | { readonly quote: string } // the resident's words, in the language's quotation marks
  | { readonly list: readonly Param[] } // "a, b and c"
  | { readonly lines: readonly Param[] } // one below the other
  | { readonly text: TextKey; readonly params: Params }; // a nested text with parameters of its own
export type Params = { readonly [name: string]: Param };

export interface ChoiceSaid {
  /** What comes back when it is chosen: a choice id, `yes`, a uprn. */
  readonly value: string;
  /** A label's text key, alone or with parameters, or words as they are (an address line). */
  readonly label: TextKey | { readonly text: TextKey; readonly params: Params } | { readonly words: string };
}

/** One message to the resident, before wording. */
export interface Say {
  readonly text: TextKey;
  readonly params?: Params;
  readonly choices?: readonly ChoiceSaid[];
  readonly asks?: Asks;
}

/**
 * What kind of answer a message asks for, with its limits. On the web it stands in the activity as `channelData.asks`: a client that
 * does not know it loses nothing, since words always do. `optional`: may be skipped.
 */
export type Asks = (
  | { readonly kind: 'address' | 'place' | 'photo' | 'yes-no' | 'choice' | 'pick' | 'contact' | 'pattern' }
  /** Days from `min` to `max`, both included. */
  | { readonly kind: 'date'; readonly min?: IsoDate; readonly max?: IsoDate }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  /** At most `max` characters. */
  | { readonly kind: 'text'; readonly max: number }
  /** How it went: answered by an event `rating`, or not at all. */
  | { readonly kind: 'rating'; readonly about: 'case' | 'handoff' }
) & { readonly optional?: true };

export interface Rendered {
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

export interface Render {
  readonly languages: readonly Language[];
  /** @param now dates more than half a year from it are told with their year */
  say(say: Say, language: Language, now?: EpochMs): Rendered;
  has(key: TextKey, language: Language): boolean;
  /** The words of a list, in a language and in English. */
  words(key: TextKey, language: Language): readonly string[];
  /** Words for the recogniser's lexicon: every `<slot>.<choice>` label and its `.also` list of a language. */
  lexicon(language: Language): readonly LexiconEntry[];
}

/** Words that name a choice: built from the locales' `<slot>.<choice>` labels and `<slot>.<choice>.also` word lists. */
export interface LexiconEntry {
  readonly slot: string;
  readonly value: string;
  readonly phrases: readonly string[];
  /** Words that name it only where its question is asked (`.asked`): "cars", "children". Not for recognising. */
  readonly asked?: readonly string[];
}
