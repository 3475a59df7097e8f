import type { Entity, EpochMs } from '../../conversation/ports';
import { type DayNumber, isoDate, nearerYear, today } from './day';

type Suite = typeof import('@microsoft/recognizers-text-suite');
let loaded: Suite | undefined;

/** Loads on first use: its rules cost a fifth of a second, which `warmRecogniser` spends outside of a resident's turn. */
function suite(): Suite {
  loaded ??= require('@microsoft/recognizers-text-suite') as Suite;
  return loaded;
}

/** The library takes time by the third power of what it reads: long messages are read piece by piece. */
const LONGEST_PIECE = 160;
/** Nobody names more days than this and means one. */
const MOST_DAYS = 10;

/** Days named in a text, by Recognizers-Text. A day that could lie before or after today lies before: residents report what was. */
export function recognizedDates(text: string, culture: string, now: EpochMs): readonly Entity[] {
  const found: Entity[] = [];
  for (const { words, start } of pieces(text)) {
    if (found.length >= MOST_DAYS) break;
    if (/\p{L}|\d/u.test(words)) found.push(...datesIn(words, start, culture, now));
  }
  return found;
}

interface Piece {
  readonly words: string;
  readonly start: number;
}

/** Cut after a sentence where there is one, else between words; a word longer than a piece holds no day and is left out. */
function pieces(text: string): readonly Piece[] {
  const cut: Piece[] = [];
  let start = 0;
  while (text.length - start > LONGEST_PIECE) {
    const room = text.slice(start, start + LONGEST_PIECE);
    const sentence = Math.max(...['. ', '! ', '? ', '\n'].map((mark) => room.lastIndexOf(mark)));
    const end = sentence > 0 ? sentence + 1 : room.lastIndexOf(' ') + 1;
    if (end > 0) cut.push({ words: room.slice(0, end), start });
    start = end > 0 ? start + end : nextWord(text, start + LONGEST_PIECE);
  }
  return [...cut, { words: text.slice(start), start }];
}

function nextWord(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 ? text.length : space + 1;
}

function datesIn(text: string, offset: number, culture: string, now: EpochMs): readonly Entity[] {
  const day = today(now);
  const [year = 0, month = 1, date = 1] = isoDate(day).split('-').map(Number);
  // The library reads the local calendar fields of its reference: noon on the London day, whatever zone the server runs in.
  const results = suite().recognizeDateTime(text, culture, undefined, new Date(year, month - 1, date, 12));
  return results.flatMap((result): readonly Entity[] => {
    const words = withoutBareHour(text.slice(result.start, result.end + 1), result.typeName);
    const value = past(daysOf(result.typeName, result.resolution?.values ?? []), day);
    // "3.11" is an amount or a time more often than the American date it is read as.
    if (value === undefined || /^\d+\.\d+$/.test(words)) return [];
    const start = offset + result.start;
    return [{ kind: 'date', value, text: words, start, end: start + words.length }];
  });
}

interface Value {
  readonly value?: string;
  readonly start?: string;
  readonly end?: string;
}

/** Days of a result; a range counts if it is within a day ("this morning") or has no end ("since Monday"). */
function daysOf(type: string, values: readonly Value[]): readonly string[] {
  if (type === 'datetimeV2.time' || type === 'datetimeV2.timerange' || type === 'datetimeV2.duration') return [];
  return values.flatMap(({ value, start, end }) => {
    const from = (value ?? start)?.slice(0, 10);
    const until = end?.slice(0, 10);
    return from && /^\d{4}-\d{2}-\d{2}$/.test(from) && (until === undefined || until === from) ? [from] : [];
  });
}

/** A weekday is the last one; a date of two years the nearer. */
function past(days: readonly string[], today: DayNumber): string | undefined {
  const all = [...new Set(days)].sort().map(numberOf);
  const before = all.filter((day) => day <= today).at(-1);
  const next = all.find((day) => day > today);
  if (before === undefined || next === undefined) return days.length > 0 ? isoDate(before ?? next ?? today) : undefined;
  return isoDate(next - before > DAYS_OF_A_WEEK ? nearerYear(before, next, today) : before);
}

const DAYS_OF_A_WEEK = 7;
const numberOf = (day: string): DayNumber => Date.parse(day) / 86_400_000;

/** "this morning at 14 Mill Lane": a number without am, pm or minutes is no hour here. */
function withoutBareHour(words: string, type: string): string {
  return type.startsWith('datetimeV2.datetime') ? words.replace(/\s+\S+\s+\d{1,4}$/, '') : words;
}
