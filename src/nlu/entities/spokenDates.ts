import type { Entity, EpochMs } from '../../conversation/ports';
import type { LanguageData } from '../languageData';
import { fold, lower } from '../normalise';
import { type DayNumber, dayOf, isoDate, today, weekdayOf, yearOf } from './day';
import { plainWords, type Token } from './tokens';

/** Days named in a text of a language that has no date library: its words come from Intl and from the language's data file. */
export type DateFinder = (text: string, read: readonly Token[], now: EpochMs) => readonly Entity[];

interface Lexicon {
  readonly phrases: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
  readonly months: ReadonlyMap<string, number>;
  readonly past: ReadonlySet<string>;
  readonly future: ReadonlySet<string>;
}

interface Reading {
  readonly day: DayNumber;
  /** Tokens it takes. */
  readonly length: number;
}

const NUMERIC = /(?<![\p{L}\p{N}./-])(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?![\p{L}\p{N}/-])/gu;
const LONGEST_PHRASE = 4;

export function dateFinder(lang: string, data: LanguageData): DateFinder {
  const lexicon = lexiconOf(lang, data);
  return (text, read, now) => {
    const day = today(now);
    const found: Entity[] = [...numericDates(text, day)];
    for (let at = 0; at < read.length; ) {
      const reading =
        phraseAt(read, at, lexicon, day) ?? monthAt(read, at, lexicon, day) ?? weekdayAt(read, at, lexicon, day);
      if (reading)
        found.push(entity(text, (read[at] as Token).start, (read[at + reading.length - 1] as Token).end, reading.day));
      at += reading?.length ?? 1;
    }
    return found;
  };
}

function phraseAt(read: readonly Token[], at: number, { phrases }: Lexicon, day: DayNumber): Reading | undefined {
  for (let length = Math.min(LONGEST_PHRASE, read.length - at); length > 0; length -= 1) {
    const said = read.slice(at, at + length).map(({ plain }) => plain);
    const offset = phrases.get(said.join(' '));
    if (offset !== undefined) return { day: day + offset, length };
  }
  return undefined;
}

/** "3 listopada", "3 listopada 2026". */
function monthAt(read: readonly Token[], at: number, { months }: Lexicon, day: DayNumber): Reading | undefined {
  const date = read[at]?.plain ?? '';
  const month = months.get(read[at + 1]?.plain ?? '');
  if (month === undefined || !/^\d{1,2}$/.test(date)) return undefined;
  const year = read[at + 2]?.plain ?? '';
  const given = /^20\d\d$/.test(year);
  const found = given ? dayOf(Number(year), month, Number(date)) : pastDay(month, Number(date), day);
  return found === undefined ? undefined : { day: found, length: given ? 3 : 2 };
}

/** A bare weekday is the latest one, today included. "Last" goes to the one before today, "next" to the one after: "terça passada". */
function weekdayAt(read: readonly Token[], at: number, lexicon: Lexicon, day: DayNumber): Reading | undefined {
  const [said = '', next = ''] = [read[at]?.plain, read[at + 1]?.plain];
  const turns = (word: string): boolean => lexicon.past.has(word) || lexicon.future.has(word);
  const weekday = lexicon.weekdays.get(turns(said) ? next : said);
  if (weekday === undefined) return undefined;
  const turn = [said, next].find(turns);
  const back = (weekdayOf(day) - weekday + 7) % 7;
  if (turn === undefined) return { day: day - back, length: 1 };
  return { day: lexicon.past.has(turn) ? day - (back || 7) : day + ((7 - back) % 7 || 7), length: 2 };
}

function numericDates(text: string, day: DayNumber): readonly Entity[] {
  return Array.from(text.matchAll(NUMERIC)).flatMap((match): readonly Entity[] => {
    const [whole, date, month, year] = match;
    // "3.11" without a year may be an amount; "03.11" is not.
    if (!year && whole.includes('.') && !/^\d\d\.\d\d$/.test(whole)) return [];
    const full = year ? Number(year.length === 2 ? `20${year}` : year) : undefined;
    const found = full ? dayOf(full, Number(month), Number(date)) : pastDay(Number(month), Number(date), day);
    return found === undefined ? [] : [entity(text, match.index, match.index + whole.length, found)];
  });
}

function pastDay(month: number, date: number, day: DayNumber): DayNumber | undefined {
  const thisYear = dayOf(yearOf(day), month, date);
  return thisYear !== undefined && thisYear > day ? dayOf(yearOf(day) - 1, month, date) : thisYear;
}

function entity(text: string, start: number, end: number, day: DayNumber): Entity {
  return { kind: 'date', value: isoDate(day), text: text.slice(start, end), start, end };
}

function lexiconOf(lang: string, { dates }: LanguageData): Lexicon {
  const phrases = new Map<string, number>();
  for (const numeric of ['always', 'auto'] as const) {
    const relative = new Intl.RelativeTimeFormat(lang, { numeric });
    for (let offset = -30; offset <= 14; offset += 1) {
      phrases.set(plainWords(relative.format(offset, 'day')).join(' '), offset);
    }
  }
  for (const [phrase, offset] of Object.entries(dates.days)) phrases.set(plainWords(phrase).join(' '), offset);
  const plain = (list: readonly string[]): readonly string[] => list.map((word) => fold(lower(word)));
  return {
    phrases,
    weekdays: new Map([
      ...intlNames(lang, { weekday: 'long' }, 7, (at) => Date.UTC(2026, 10, 22 + at)),
      ...dates.weekdays.flatMap((forms, at) => plain(forms).map((form) => [form, at] as const)),
    ]),
    // With a day beside it, Intl gives a month the case it has in a date: "listopada".
    months: new Map(
      [...intlNames(lang, { month: 'long', day: 'numeric' }, 12, (at) => Date.UTC(2026, at, 1))].map(([name, at]) => [
        name,
        at + 1,
      ]),
    ),
    past: new Set(plain(dates.past)),
    future: new Set(plain(dates.future)),
  };
}

function intlNames(
  lang: string,
  options: Intl.DateTimeFormatOptions,
  count: number,
  at: (index: number) => number,
): readonly (readonly [string, number])[] {
  const format = new Intl.DateTimeFormat(lang, { ...options, timeZone: 'UTC' });
  return Array.from({ length: count }, (_, index) => {
    const part = format.formatToParts(at(index)).find(({ type }) => type === 'weekday' || type === 'month');
    return [fold(lower(part?.value ?? '')), index] as const;
  });
}
