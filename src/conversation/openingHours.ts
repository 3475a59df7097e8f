import { addDays, isBankHoliday, localDate, localTime, momentOf, weekday } from './calendar';
import type { EpochMs, IsoDate } from './ports';
import type { Week } from './settings';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Closed on the bank holidays of England and Wales. */
export function openingOn(week: Week, date: IsoDate): readonly [string, string] | undefined {
  const day = DAYS[weekday(date)];
  return (day && !isBankHoliday(date) && week[day]) || undefined;
}

/** Whether a place with these hours is open at a moment. */
export function isOpen(week: Week, at: EpochMs): boolean {
  const hours = openingOn(week, localDate(at));
  const time = localTime(at);
  return hours !== undefined && hours[0] <= time && time < hours[1];
}

/** When it opens next after a moment at which it is closed; undefined when it does not within four weeks. */
export function opensAt(week: Week, at: EpochMs): EpochMs | undefined {
  const today = localDate(at);
  for (let ahead = 0; ahead < 28; ahead += 1) {
    const date = addDays(today, ahead);
    const hours = openingOn(week, date);
    const moment = hours && momentOf(date, hours[0]);
    if (moment !== undefined && moment > at) return moment;
  }
  return undefined;
}
