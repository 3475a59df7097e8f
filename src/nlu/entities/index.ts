import type { Entity, EpochMs, Language, LexiconEntry } from '../../conversation/ports';
import { type LanguageData, NO_LANGUAGE_DATA } from '../languageData';
import { fold, lower } from '../normalise';
import { type ChoiceFinder, choiceFinder } from './choice';
import { emails, pcns, phones, plates, references } from './codes';
import { houses } from './house';
import { numbers } from './numbers';
import { postcodes } from './postcode';
import { recognizedDates } from './recognizedDates';
import { type DateFinder, dateFinder } from './spokenDates';
import { type StreetFinder, streetFinder } from './street';
import { type Token, tokens } from './tokens';
import { streetShape, unknownStreets } from './unknownStreet';

export interface EntityReader {
  /** @param text as `cleanText` gives it: offsets are into it. */
  read(text: string, language: Language, now: EpochMs): readonly Entity[];
  setStreets(names: readonly string[]): void;
  /** Makes the date library load and compile its rules for a language. */
  warm(language: Language, now: EpochMs): void;
}

export interface EntityMaterial {
  readonly languages: { readonly [lang: string]: LanguageData };
  readonly lexicons: { readonly [lang: string]: readonly LexiconEntry[] };
  readonly streets: readonly string[];
}

type Words = ReadonlyMap<string, string>;

/** What a house number may stand before. */
const PLACES: ReadonlySet<Entity['kind']> = new Set(['street', 'unknown-street', 'postcode']);

interface LanguageReaders {
  readonly choices: ChoiceFinder;
  readonly dates: DateFinder;
  readonly cardinals: Words;
  readonly ordinals: Words;
}

/** Entities are sought in this much of a message: one that is longer is a letter, and an agent's to read. */
const MAX_LENGTH = 2000;

export function entityReader({ languages, lexicons, streets }: EntityMaterial): EntityReader {
  const all = Object.values(languages);
  const abbreviations = Object.assign({}, ...all.map(({ streetWords }) => streetWords)) as { [short: string]: string };
  const houseWords = {
    house: new Set(all.flatMap(({ houseMarkers }) => houseMarkers.map((word) => fold(lower(word))))),
    flat: new Set(all.flatMap(({ flatMarkers }) => flatMarkers.map((word) => fold(lower(word))))),
  };
  const shape = streetShape(all, abbreviations);
  const readers = new Map<Language, LanguageReaders>();
  let findStreets: StreetFinder = streetFinder(streets, abbreviations);
  const readersOf = (lang: Language): LanguageReaders => {
    const made = readers.get(lang) ?? languageReaders(lang, languages[lang] ?? NO_LANGUAGE_DATA, lexicons[lang] ?? []);
    readers.set(lang, made);
    return made;
  };
  return {
    setStreets: (names) => {
      findStreets = streetFinder(names, abbreviations);
    },
    warm: (lang, now) => {
      const { dates } = readersOf(lang);
      const { hints = [] } = languages[lang]?.dates ?? {};
      for (const hint of [...hints, '3/11', '3 11 2026']) {
        const text = `1 ${hint} 2/3`;
        dates(text, tokens(text), now);
      }
    },
    read: (whole, lang, now) => {
      const text = whole.slice(0, MAX_LENGTH);
      const read = tokens(text);
      const { choices, dates, cardinals, ordinals } = readersOf(lang);
      const codes = firstWins([
        emails(text),
        references(text),
        pcns(text),
        postcodes(text),
        phones(text),
        plates(text),
      ]);
      const streetsFound = firstWins([codes, findStreets(text, read)]);
      const named = firstWins([streetsFound, unknownStreets(text, read, streetsFound, shape)]);
      const dated = firstWins([named, dates(text, read, now)]);
      const places = dated.filter(({ kind }) => PLACES.has(kind));
      const housed = firstWins([dated, houses(text, read, places, houseWords)]);
      const chosen = firstWins([housed.filter(({ kind }) => kind !== 'date'), choices(text, read)], true);
      const counted = firstWins([
        housed.filter(({ kind }) => kind !== 'house-number'),
        numbers(text, read, cardinals, ordinals),
      ]);
      return [...new Set([...housed, ...chosen, ...counted])].sort((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}

function languageReaders(lang: Language, data: LanguageData, lexicon: readonly LexiconEntry[]): LanguageReaders {
  const plain = (words: { readonly [word: string]: string }): Words =>
    new Map(Object.entries(words).map(([word, value]) => [fold(lower(word)), value]));
  return {
    choices: choiceFinder(lexicon, data.endings),
    dates: data.dates.culture ? gated(data.dates.culture, lang, data) : dateFinder(lang, data),
    cardinals: plain(data.numbers),
    ordinals: plain(data.ordinals),
  };
}

/**
 * The date library takes longer than everything else together: it is asked only if a word, a digit or a name hints at a day, and not
 * where the only hints are words like "today", which the language's own list reads as well.
 */
function gated(culture: string, lang: string, data: LanguageData): DateFinder {
  const hints = new Set(data.dates.hints.map((word) => fold(lower(word))));
  const names = new Set<string>();
  const name = (part: Intl.DateTimeFormatOptions, day: number): void => {
    names.add(lower(new Intl.DateTimeFormat(lang, { ...part, timeZone: 'UTC' }).format(day)));
  };
  for (const width of ['long', 'short'] as const) {
    for (let at = 0; at < 12; at += 1) name({ month: width }, Date.UTC(2026, at, 1));
    for (let at = 0; at < 7; at += 1) name({ weekday: width }, Date.UTC(2026, 10, 1 + at));
  }
  const own = dateFinder(lang, data);
  const plainDays = new Set(Object.keys(data.dates.days).map((word) => fold(lower(word))));
  const hinted = ({ plain }: Token): boolean =>
    hints.has(plain) || names.has(plain) || /^\d{1,2}(?:st|nd|rd|th)$/.test(plain);
  return (text, read, now) => {
    if (read.some(hinted) || /\d[/-]\d/.test(text)) return recognizedDates(text, culture, now);
    return read.some(({ plain }) => plainDays.has(plain)) ? own(text, read, now) : [];
  };
}

/** Readers in order of trust: what an earlier one took, a later one may not touch. Within one list overlaps may stay. */
function firstWins(lists: readonly (readonly Entity[])[], withinToo = false): readonly Entity[] {
  const kept: Entity[] = [];
  for (const list of lists) {
    const before = [...kept];
    for (const entity of list) {
      const rivals = withinToo ? before : kept;
      if (!rivals.some(({ start, end }) => entity.start < end && entity.end > start)) kept.push(entity);
    }
  }
  return kept;
}
