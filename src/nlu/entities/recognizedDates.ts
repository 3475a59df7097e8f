import type { Entity, EpochMs } from '../../conversation/ports';
import { isoDate, today } from './day';

type Suite = typeof import('@microsoft/recognizers-text-suite');
let loaded: Suite | undefined;

/** Loads on first use: its rules cost a fifth of a second, which `warmRecogniser` spends outside of a resident's turn. */
function suite(): Suite {
  loaded ??= require('@microsoft/recognizers-text-suite') as Suite;
  return loaded;
}

/** Days named in a text, by Recognizers-Text. A day that could lie before or after today lies before: residents report what was. */
export function recognizedDates(text: string, culture: string, now: EpochMs): readonly Entity[] {
  const day = today(now);
  const [year = 0, month = 1, date = 1] = isoDate(day).split('-').map(Number);
  // The library reads the local calendar fields of its reference: noon on the London day, whatever zone the server runs in.
  const results = suite().recognizeDateTime(text, culture, undefined, new Date(year, month - 1, date, 12));
  return results.flatMap((result): readonly Entity[] => {
    const words = withoutBareHour(text.slice(result.start, result.end + 1), result.typeName);
    const value = past(daysOf(result.typeName, result.resolution?.values ?? []), isoDate(day));
    // "3.11" is an amount or a time more often than the American date it is read as.
    if (value === undefined || /^\d+\.\d+$/.test(words)) return [];
    return [{ kind: 'date', value, text: words, start: result.start, end: result.start + words.length }];
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

function past(days: readonly string[], today: string): string | undefined {
  const before = days.filter((day) => day <= today).sort();
  return before.at(-1) ?? [...days].sort()[0];
}

/** "this morning at 14 Mill Lane": a number without am, pm or minutes is no hour here. */
function withoutBareHour(words: string, type: string): string {
  return type.startsWith('datetimeV2.datetime') ? words.replace(/\s+\S+\s+\d{1,4}$/, '') : words;
}
