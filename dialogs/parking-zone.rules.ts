import {
  addDays,
  addWorkingDays,
  isBankHoliday,
  localDate,
  localTime,
  momentOf,
  weekday,
} from '../src/conversation/calendar';
import type {
  ControlledHours,
  EpochMs,
  IsoDate,
  NamedStreet,
  Param,
  Params,
  RoadOwner,
  Suspension,
  YellowLine,
  Zone,
  Zones,
} from '../src/conversation/ports';
import { type Finding, type Place, type RuleContext, serviceContent } from '../src/conversation/service';
import { link, pounds, priceTold, whole } from '../src/conversation/settingValues';

type Context = Pick<RuleContext, 'now' | 'settings' | 'language'>;
export const WISHES = ['park', 'single', 'double', 'badge', 'suspend', 'places', 'newZone'] as const;
export type Wish = (typeof WISHES)[number];
export const SPECIAL_DAYS = [
  'sundays',
  'saturdays',
  'bankHoliday',
  'christmas',
  'boxing',
  'newYear',
  'goodFriday',
  'easterMonday',
] as const;
export type SpecialDay = (typeof SPECIAL_DAYS)[number];

export const content = serviceContent('parking-zone', {
  blueBadgeHours: whole,
  suspensionPrice: pounds,
  suspensionWorkingDays: whole,
  suspensionLink: link,
  placesLink: link,
});

/** What is known of parking at a place. `known`: zones have been imported at all. */
export interface Parking {
  readonly known: boolean;
  readonly zone?: Zone;
  readonly lines: readonly YellowLine[];
}

const streetOf = ({ street }: Place): NamedStreet | undefined =>
  street && { name: street.name, locality: street.locality };

export async function parkingAt(place: Place, zones: Zones): Promise<Parking> {
  const street = streetOf(place);
  const known = await zones.isKnown();
  const zone = place.position && (await zones.at(place.position));
  return { known, lines: street ? await zones.yellowLines(street) : [], ...(zone && { zone }) };
}

export async function closedAt(place: Place, day: IsoDate, zones: Zones): Promise<readonly Suspension[]> {
  const street = streetOf(place);
  return street ? await zones.suspensions(street, day) : [];
}

/** The day that is asked about: today unless said. */
export function dayAsked(day: IsoDate | undefined, special: SpecialDay | undefined, now: EpochMs): IsoDate {
  const today = localDate(now);
  return special ? nextDay(today, SPECIAL[special]) : (day ?? today);
}

const isOn = (monthAndDay: string) => (date: IsoDate) => date.endsWith(monthAndDay);
/** Easter's bank holidays are the only ones in spring that fall on a Friday, and on a Monday before the last days of April. */
const atEaster = (day: number) => (date: IsoDate) =>
  isBankHoliday(date) && weekday(date) === day && date.slice(5) >= '03-20' && date.slice(5) <= '04-26';

const SPECIAL: Readonly<Record<SpecialDay, (date: IsoDate) => boolean>> = {
  sundays: (date) => weekday(date) === 0,
  saturdays: (date) => weekday(date) === 6,
  bankHoliday: (date) => isBankHoliday(date),
  christmas: isOn('-12-25'),
  boxing: isOn('-12-26'),
  newYear: isOn('-01-01'),
  goodFriday: atEaster(5),
  easterMonday: atEaster(1),
};

/** Easter comes within 13 months. */
function nextDay(today: IsoDate, is: (date: IsoDate) => boolean): IsoDate {
  for (let ahead = 0; ahead < 400; ahead += 1) if (is(addDays(today, ahead))) return addDays(today, ahead);
  return today;
}

type Controlled = Pick<Zone, 'hours' | 'onBankHolidays'>;

/** The controlled periods of a day, in order. */
export function controlledOn({ hours, onBankHolidays }: Controlled, date: IsoDate): readonly ControlledHours[] {
  return isBankHoliday(date) && !onBankHolidays ? [] : hours.filter(({ day }) => day === weekday(date));
}

/** `now`: it holds this minute; `later`, `over`: it is free now; `on`, `free`: another day. */
export function stateOn(controlled: Controlled, date: IsoDate, now: EpochMs): Params {
  const periods = controlledOn(controlled, date);
  const today = date === localDate(now);
  const time = localTime(now);
  const running = periods.find(({ from, to }) => from <= time && time < to);
  const coming = periods.find(({ from }) => from > time);
  const next = running ?? coming;
  const state = periods.length === 0 ? 'free' : !today ? 'on' : running ? 'now' : coming ? 'later' : 'over';
  return {
    state,
    why: isBankHoliday(date) ? 'holiday' : 'day',
    today: today ? 'yes' : 'no',
    day: { date },
    times: { list: periods.map(span) },
    from: next ? { time: momentOf(date, next.from) } : 'none',
    until: next ? { time: momentOf(date, next.to) } : 'none',
    last: periods.length > 0 ? { time: momentOf(date, periods.at(-1)?.to ?? '24:00') } : 'none',
  };
}

const span = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from}–${to}`;

/** The week's hours in short, by runs of days: "Monday–Saturday 08:30–18:30". */
export function weekOf({ hours }: Controlled, language: string): Param {
  const days = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
    day,
    spans: hours
      .filter((each) => each.day === day)
      .map(span)
      .join(', '),
  }));
  const runs: { first: number; last: number; readonly spans: string }[] = [];
  for (const { day, spans } of days) {
    const run = runs.at(-1);
    if (run?.spans === spans) run.last = day;
    else runs.push({ first: day, last: day, spans });
  }
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // 1 November 2026 is a Sunday.
  const named = (day: number): string => name.format(Date.UTC(2026, 10, 1 + day));
  const told = runs
    .filter(({ spans }) => spans !== '')
    .map(({ first, last, spans }) => `${first === last ? named(first) : `${named(first)}–${named(last)}`} ${spans}`);
  return told.join('; ');
}

/** What is told at an ending: hours on the day, what visitors pay, and what is suspended. */
export function told(
  ending: Ending,
  date: IsoDate,
  parking: Parking | undefined,
  closed: readonly Suspension[],
  { now, language }: Context,
): Params {
  const { zone, lines = [] } = parking ?? {};
  const [first] = closed;
  const controlled = ending === 'single' ? singleLine(lines, zone) : zone;
  return {
    zone: zone?.id ?? 'none',
    zoneName: zone?.name ?? 'none',
    ...(controlled ? stateOn(controlled, date, now) : { state: 'unknown' }),
    week: controlled ? weekOf(controlled, language) : 'none',
    price: priceTold(zone?.visitors && zone.visitors.pencePerHour / 100),
    ...stayTold(zone?.visitors?.maxStayMinutes),
    line: lines.some(({ kind }) => kind === 'double') ? 'double' : lines.length > 0 ? 'single' : 'none',
    noLoading: lines.some(({ noLoading }) => noLoading) ? 'yes' : 'no',
    closedFrom: first ? { date: first.from } : 'none',
    closedUntil: first ? { date: first.until } : 'none',
    closedWhy: first?.reason ?? 'none',
  };
}

/** Whole hours as hours. */
function stayTold(minutes: number | undefined): Params {
  const inHours = minutes !== undefined && minutes % 60 === 0;
  return { stayHours: inHours ? minutes / 60 : 'none', stayMinutes: inHours ? 'none' : (minutes ?? 'none') };
}

/** A single yellow line without hours of its own holds as long as the zone around it. Undefined: only the sign on the street knows. */
function singleLine(lines: readonly YellowLine[], zone: Zone | undefined): Controlled | undefined {
  const line = lines.find(({ kind }) => kind === 'single');
  return line && line.hours.length > 0 ? line : zone;
}

/** Links, prices and the badge's hours; `none` where a setting has expired. */
export function pages({ now, settings }: Context): Params {
  const own = content.of(settings);
  const { suspensionWorkingDays: notice } = own;
  return {
    link: settings.links['parking-zone'] ?? settings.council.website,
    permitLink: settings.links['parking-permit'] ?? settings.council.website,
    placesLink: own.placesLink ?? settings.links['parking-zone'] ?? settings.council.website,
    suspensionLink: own.suspensionLink ?? settings.links['parking-zone'] ?? settings.council.website,
    suspensionPrice: priceTold(own.suspensionPrice),
    notice: notice ?? 'none',
    earliest: notice === undefined ? 'none' : { date: addWorkingDays(localDate(now), notice) },
    badgeHours: own.blueBadgeHours ?? 'none',
  };
}

/** Somebody else makes the rules on this road. */
export function notOurs(
  wish: Wish,
  owner: RoadOwner | undefined,
  kind: RoadOwner['kind'],
  { settings }: Context,
): Finding {
  if (!needsPlace(wish) || owner?.kind !== kind) return false;
  return { body: owner.body ?? 'none', tflLink: settings.links['tfl-streets'] ?? 'none' };
}

export const needsPlace = (wish: Wish): boolean => wish === 'park' || wish === 'single';

type Ending = Exclude<Wish, 'park'> | 'zone' | 'noZone' | 'unknown';

/** Which answer fits what was asked and what is known. */
export function endingOf(wish: Wish, parking: Parking | undefined): Ending {
  if (wish !== 'park') return wish;
  if (!parking?.known) return 'unknown';
  return parking.zone ? 'zone' : 'noZone';
}

/** Who may need a permit is shown the way to it. */
export const offersAt = (ending: Ending, channel: string): readonly ('person' | 'service:parking-permit')[] =>
  ending === 'zone' && channel === 'web' ? ['service:parking-permit', 'person'] : ['person'];
