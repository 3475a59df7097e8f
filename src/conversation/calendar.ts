import Holidays from 'date-holidays';
import type { EpochMs, IsoDate } from './ports';

/**
 * Days in Europe/London. A day is an `IsoDate`, so no time zone can shift it; moments are turned into days only by `localDate`.
 *
 * Two working-day calendars: `general` (bins, parking, complaints) leaves out Saturday, Sunday and the bank holidays of England and
 * Wales; `foi` leaves out Saturday, Sunday, Christmas Day, Good Friday and the bank holidays of *any* part of the United Kingdom
 * (Freedom of Information Act 2000, s. 10(6)).
 */
export type WorkingDays = 'general' | 'foi';

const NATIONS = { general: ['ENG'], foi: ['ENG', 'SCT', 'NIR'] } as const satisfies Record<
  WorkingDays,
  readonly string[]
>;

/** Proclaimed for one year only, and not in `date-holidays`. Look here first when a date is disputed. */
const PROCLAIMED: readonly {
  readonly date: IsoDate;
  readonly calendars: readonly WorkingDays[];
  readonly why: string;
}[] = [
  { date: '2026-06-15', calendars: ['foi'], why: 'Scotland, World Cup bank holiday (gov.uk/bank-holidays, 2026-08)' },
];

/** Words of the published names, with what each day is called in the locales: `common:holiday.<name>`. */
const HOLIDAYS = [
  ['New Year', 'new-year'],
  ['January 2nd', 'second-january'],
  ['Patrick', 'st-patrick'],
  ['Good Friday', 'good-friday'],
  ['Easter Monday', 'easter-monday'],
  ['Early May', 'early-may'],
  ['Spring', 'spring'],
  ['Boyne', 'boyne'],
  ['Summer', 'summer'],
  ['Andrew', 'st-andrew'],
  ['Christmas', 'christmas'],
  ['Boxing', 'boxing-day'],
] as const;

/** `other`: a day proclaimed for one year. */
type HolidayName = (typeof HOLIDAYS)[number][1] | 'other';

const nameOf = (published: string): HolidayName => HOLIDAYS.find(([word]) => published.includes(word))?.[1] ?? 'other';

const holidaysByYear = new Map<string, ReadonlyMap<IsoDate, HolidayName>>();

function holidaysOf(calendar: WorkingDays, year: number): ReadonlyMap<IsoDate, HolidayName> {
  const key = `${calendar} ${year}`;
  const known = holidaysByYear.get(key);
  if (known) return known;
  const published = NATIONS[calendar].flatMap((nation) =>
    new Holidays('GB', nation).getHolidays(year).filter((day) => day.type === 'public' || day.type === 'bank'),
  );
  const proclaimed = PROCLAIMED.filter((day) => day.calendars.includes(calendar)).map(
    ({ date }) => [date, 'other'] as const,
  );
  const days = new Map([...proclaimed, ...published.map((day) => [day.date.slice(0, 10), nameOf(day.name)] as const)]);
  holidaysByYear.set(key, days);
  return days;
}

const DAY_MS = 86_400_000;
const utc = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`);
const iso = (ms: number): IsoDate => new Date(ms).toISOString().slice(0, 10);

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function londonParts(at: EpochMs): Readonly<Record<string, string>> {
  return Object.fromEntries(LONDON.formatToParts(at).map((part) => [part.type, part.value]));
}

/** The day in London at a moment. */
export function localDate(at: EpochMs): IsoDate {
  const parts = londonParts(at);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** The time of day in London at a moment, `HH:MM`, 24 hours. */
export function localTime(at: EpochMs): string {
  const parts = londonParts(at);
  return `${parts.hour}:${parts.minute}`;
}

/** The moment of a London day and time (`HH:MM`, up to `24:00`). A time the spring change skips becomes the hour after; of a doubled one, the first. */
export function momentOf(date: IsoDate, time: string): EpochMs {
  if (time === '24:00') return momentOf(addDays(date, 1), '00:00');
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const summer = asUtc - 3_600_000;
  const reads = (at: EpochMs) => localDate(at) === date && localTime(at) === time;
  return reads(summer) ? summer : asUtc;
}

/** 0 Sunday … 6 Saturday. */
export function weekday(date: IsoDate): number {
  return new Date(utc(date)).getUTCDay();
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return iso(utc(date) + days * DAY_MS);
}

/** Days from one to the other; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** The same day of the month, `months` later; the month's last day where it has none (31 January → 28 February). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

export function isBankHoliday(date: IsoDate, calendar: WorkingDays = 'general'): boolean {
  return holidaysOf(calendar, Number(date.slice(0, 4))).has(date);
}

export function isWorkingDay(date: IsoDate, calendar: WorkingDays = 'general'): boolean {
  const day = weekday(date);
  return day !== 0 && day !== 6 && !isBankHoliday(date, calendar);
}

/** The day itself when it is a working day, else the first one after it. */
export function nextWorkingDay(date: IsoDate, calendar: WorkingDays = 'general'): IsoDate {
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/** The `count`-th working day after `date`, which is never counted itself. */
export function addWorkingDays(date: IsoDate, count: number, calendar: WorkingDays = 'general'): IsoDate {
  let day = date;
  for (let left = count; left > 0; left -= 1) day = nextWorkingDay(addDays(day, 1), calendar);
  return day;
}

/** Working days after `since` up to and including `today`; 0 when `today` is not later. */
export function workingDaysSince(since: IsoDate, today: IsoDate, calendar: WorkingDays = 'general'): number {
  let count = 0;
  for (let day = addDays(since, 1); day <= today; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count += 1;
  return count;
}

/** A weekday that does not count. */
export interface Holiday {
  readonly date: IsoDate;
  readonly name: HolidayName;
}

/** Bank holidays after `from` up to and including `to` that fall on a weekday: the "because" of a due date. */
export function bankHolidaysBetween(from: IsoDate, to: IsoDate, calendar: WorkingDays): readonly Holiday[] {
  const found: Holiday[] = [];
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    const name = holidaysOf(calendar, Number(date.slice(0, 4))).get(date);
    if (name && weekday(date) % 6 !== 0) found.push({ date, name });
  }
  return found;
}
