import type { EpochMs, IsoDate } from '../../conversation/ports';

/** Calendar days in Europe/London, as days since 1970-01-01, so that counting never meets a clock change. */
export type DayNumber = number;

const DAY = 86_400_000;
let london: Intl.DateTimeFormat | undefined;

export function today(now: EpochMs): DayNumber {
  // Made on first use, which is before the server listens: it takes 20 ms.
  london ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return Math.round(Date.parse(london.format(now)) / DAY);
}

export function isoDate(day: DayNumber): IsoDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Undefined for a day the calendar does not have, 31 April. Month from 1. */
export function dayOf(year: number, month: number, day: number): DayNumber | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY : undefined;
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function yearOf(day: DayNumber): number {
  return new Date(day * DAY).getUTCFullYear();
}

/** "30 November", said a few days before it, was not meant a year ago. */
const SOON_DAYS = 14;

/** Of the same date in two years, the one that was meant: what residents report was, unless the other is close. */
export function nearerYear(before: DayNumber, next: DayNumber, today: DayNumber): DayNumber {
  return next - today <= SOON_DAYS && today - before > next - today + SOON_DAYS ? next : before;
}
