import type { Entity, EpochMs } from '../../conversation/ports';
import type { LanguageData } from '../languageData';
import { fold, lower } from '../normalise';
import { type DayNumber, dayOf, isoDate, nearerYear, today, weekdayOf, yearOf } from './day';
import { plainWords, type Token } from './tokens';

/** Days named in a text of a language that has no date library: its words come from Intl and from the language's data file. */
export type DateFinder = (text: string, read: readonly Token[], now: EpochMs) => readonly Entity[];

interface Lexicon {
  readonly phrases: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
  readonly months: ReadonlyMap<string, number>;
  /** What may stand between the parts of a date: Spanish "de". */
  readonly joints: ReadonlySet<string>;
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

/** "3 listopada", "3 de novembro", "நவம்பர் 3", with a year or without. */
function monthAt(read: readonly Token[], at: number, { months, joints }: Lexicon, day: DayNumber): Reading | undefined {
  const word = (index: number): string => read[index]?.plain ?? '';
  const skip = (index: number): number => (joints.has(word(index)) ? index + 1 : index);
  const isMonthFirst = months.has(word(at));
  const second = skip(at + 1);
  const [date, month] = isMonthFirst ? [word(second), months.get(word(at))] : [word(at), months.get(word(second))];
  if (month === undefined || !DATE.test(date)) return undefined;
  const year = skip(second + 1);
  const isGiven = /^20\d\d$/.test(word(year));
  const number = Number(/^\d+/.exec(date)?.[0]);
  const found = isGiven ? dayOf(Number(word(year)), month, number) : pastDay(month, number, day);
  return found === undefined ? undefined : { day: found, length: (isGiven ? year : second) - at + 1 };
}

/** "3", "1er", "1º", "3rd". */
const DATE = /^\d{1,2}(?:er|o|a|st|nd|rd|th)?$/;

/** A bare weekday is the latest one, today included. "Last" goes to the one before today, "next" to the one after: "viernes que viene". */
function weekdayAt(read: readonly Token[], at: number, lexicon: Lexicon, day: DayNumber): Reading | undefined {
  const before = turnAt(read, at, lexicon);
  const named = at + (before?.length ?? 0);
  const weekday = lexicon.weekdays.get(read[named]?.plain ?? '');
  if (weekday === undefined) return undefined;
  const turn = before ?? turnAt(read, named + 1, lexicon);
  const length = 1 + (turn?.length ?? 0);
  const back = (weekdayOf(day) - weekday + 7) % 7;
  if (turn === undefined) return { day: day - back, length };
  return { day: turn.isPast ? day - (back || 7) : day + ((7 - back) % 7 || 7), length };
}

interface Turn {
  readonly isPast: boolean;
  /** Tokens it takes. */
  readonly length: number;
}

/** "Last" or "next", in one word or several. */
function turnAt(read: readonly Token[], at: number, { past, future }: Lexicon): Turn | undefined {
  for (let length = Math.min(LONGEST_PHRASE, read.length - at); length > 0; length -= 1) {
    const said = read
      .slice(at, at + length)
      .map(({ plain }) => plain)
      .join(' ');
    if (past.has(said) || future.has(said)) return { isPast: past.has(said), length };
  }
  return undefined;
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
  const next = thisYear !== undefined && thisYear >= day ? thisYear : dayOf(yearOf(day) + 1, month, date);
  const before = thisYear !== undefined && thisYear <= day ? thisYear : dayOf(yearOf(day) - 1, month, date);
  return before !== undefined && next !== undefined ? nearerYear(before, next, day) : (before ?? thisYear);
}

function entity(text: string, start: number, end: number, day: DayNumber): Entity {
  return { kind: 'date', value: isoDate(day), text: text.slice(start, end), start, end };
}

function lexiconOf(lang: string, { dates, numbers }: LanguageData): Lexicon {
  const phrases = new Map<string, number>();
  for (const numeric of ['always', 'auto'] as const) {
    const relative = new Intl.RelativeTimeFormat(lang, { numeric });
    for (let offset = -30; offset <= 14; offset += 1) {
      phrases.set(plainWords(relative.format(offset, 'day')).join(' '), offset);
    }
  }
  const inWords = numeralsOf(numbers);
  for (const [phrase, offset] of phrases) {
    const words = phrase.split(' ');
    const at = words.findIndex((word) => /^\d+$/.test(word));
    for (const numeral of inWords.get(words[at] ?? '') ?? []) phrases.set(words.with(at, numeral).join(' '), offset);
  }
  for (const [phrase, offset] of Object.entries(dates.days)) phrases.set(plainWords(phrase).join(' '), offset);
  const plain = (list: readonly string[]): readonly string[] => list.map((phrase) => plainWords(phrase).join(' '));
  return {
    phrases,
    weekdays: new Map([
      ...intlNames(lang, { weekday: 'long' }, 7, (at) => Date.UTC(2026, 10, 22 + at)),
      ...dates.weekdays.flatMap((forms, at) => plain(forms).map((form) => [form, at] as const)),
    ]),
    // With a day beside it, Intl gives a month the case it has in a date: "listopada". English months are everybody's.
    months: new Map(
      ['en', lang]
        .flatMap((each) => [...intlNames(each, MONTH, 12, monthStart)])
        .map(([name, at]): [string, number] => [name, at + 1]),
    ),
    joints: jointsOf(lang),
    past: new Set(plain(dates.past)),
    future: new Set(plain(dates.future)),
  };
}

const MONTH = { month: 'long', day: 'numeric' } as const;
const monthStart = (at: number): number => Date.UTC(2026, at, 1);

/** What Intl puts between the parts of a date. */
function jointsOf(lang: string): ReadonlySet<string> {
  const parts = new Intl.DateTimeFormat(lang, { ...MONTH, year: 'numeric', timeZone: 'UTC' }).formatToParts(0);
  return new Set(parts.filter(({ type }) => type === 'literal').flatMap(({ value }) => plainWords(value)));
}

/** The words of a number: `2` → `dos`. */
function numeralsOf(numbers: LanguageData['numbers']): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const [word, value] of Object.entries(numbers))
    words.set(value, [...(words.get(value) ?? []), plainWords(word).join(' ')]);
  return words;
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
