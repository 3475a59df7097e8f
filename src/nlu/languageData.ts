import { z } from 'zod';
import { dangerDataSchema } from './dangerSigns';

const wordList = z.array(z.string().min(1)).default([]);
const wordMap = z.record(z.string(), z.string()).default({});

/** `src/nlu/data/<lang>.json`: what understanding a language needs besides its training texts. All parts may be absent. */
export const languageDataSchema = z.strictObject({
  /** Many write it in Latin letters, and are answered so: `ur-Latn`. */
  latin: z.boolean().default(false),
  /** SMS spellings: `plz` → `please`. */
  abbreviations: wordMap,
  /** What is written onto the front of a word, "and", "the", "with": lists of words leave it out. */
  prefixes: wordList,
  /** Latin letters stand for the sounds of its own script, in many spellings: lists of words hold one. */
  looseLatin: z.boolean().default(false),
  /** Class of meaning → its words and phrases, `*` for any ending. The same names in every language. */
  classes: z.record(z.string(), wordList).default({}),
  /** Signs of danger, `src/nlu/data/danger/`. */
  danger: dangerDataSchema.prefault({ words: {}, signs: [] }),
  /** Phrases that take the alarm out of a message: `not an emergency`. */
  notDanger: wordList,
  /** Endings a choice's word may have, `s`; without any, all short ones: languages that inflect. */
  endings: wordList,
  /** Words that join two requests: `and`. */
  conjunctions: wordList,
  /** Words before a house number, `no`, and before a flat, `flat`. */
  houseMarkers: wordList,
  flatMarkers: wordList,
  /** Street types and their short forms: `rd` → `road`, `st` → `street saint`. */
  streetWords: wordMap,
  /** What tells a street's name that the gazetteer does not have; see `entities/unknownStreet.ts`. */
  streetTypes: wordList,
  looseStreetTypes: wordList,
  beforeStreets: wordList,
  notInStreets: wordList,
  /** Number words by value, and ordinals by position, `-1` for the last. */
  numbers: wordMap,
  ordinals: wordMap,
  dates: z
    .strictObject({
      /** Culture of Recognizers-Text that reads this language's dates; without it the lists below and Intl do. */
      culture: z.string().optional(),
      /** Without one of these, a digit or a weekday's or month's name, a message names no day. */
      hints: wordList,
      /** Phrase → days from today. */
      days: z.record(z.string(), z.number().int()).default({}),
      /** Inflected names, Sunday first. */
      weekdays: z.array(z.array(z.string())).default([]),
      /** Words that send a weekday to the week before, or to the future. */
      past: wordList,
      future: wordList,
    })
    .prefault({}),
});

export type LanguageData = z.infer<typeof languageDataSchema>;

export const NO_LANGUAGE_DATA: LanguageData = languageDataSchema.parse({});
