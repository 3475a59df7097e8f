import { z } from 'zod';
import {
  addDays,
  addWorkingDays,
  bankHolidaysBetween,
  isBankHoliday,
  localDate,
  momentOf,
} from '../src/conversation/calendar';
import { openingOn, opensAt } from '../src/conversation/openingHours';
import type { EpochMs, Gazetteer, IsoDate, Param, Params, Position } from '../src/conversation/ports';
import {
  type Finding,
  type Outcome,
  type PickOption,
  type RuleContext,
  serviceContent,
} from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { byLanguage, day, inLanguage, link, phone, text, week, whole } from '../src/conversation/settingValues';

export const NEEDS = ['hours', 'renew', 'catalogue', 'join', 'book', 'events', 'other'] as const;
export type Need = (typeof NEEDS)[number];
export type Ending = Need | 'openOn';

export const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/;

export const asPostcode = (words: string): string =>
  words
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/(\d[A-Z]{2})$/, ' $1');

/** Instead of a library, where a postcode is none of the borough. */
export const ELSEWHERE = 'elsewhere';

const Branch = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  name: text,
  /** On a button. */
  shortName: text,
  /** What residents call it, beside its name. */
  alsoCalled: z.array(text),
  address: text,
  postcode: text,
  phone,
  hours: week,
  /** Days on which it is closed against its hours, both included. Bank holidays need no entry. */
  closures: z.array(z.strictObject({ from: day, until: day, reason: byLanguage })),
});
export type Branch = z.infer<typeof Branch>;

export const content = serviceContent('libraries', {
  branches: z.array(Branch).min(1),
  renewPage: link,
  cataloguePage: link,
  joinPage: link,
  eventsPage: link,
  bookingAnswerWorkingDays: whole,
});

type Context = Pick<RuleContext, 'now' | 'settings' | 'language'>;

export const needsBranch = (need: Need): boolean => need === 'hours' || need === 'book';

/** By its name, as an agent will read it in the case. */
export function optionsOf(branches: readonly Branch[]): readonly PickOption[] {
  return branches.map(({ name, shortName, alsoCalled }) => ({
    value: name,
    params: { library: shortName },
    names: [name, shortName, ...alsoCalled],
  }));
}

/** The name of the library nearest to a postcode of the borough, else `ELSEWHERE`. */
export async function nearestTo(
  postcode: string,
  branches: readonly Branch[],
  gazetteer: Pick<Gazetteer, 'postcode'>,
): Promise<string> {
  const from = await gazetteer.postcode(postcode);
  if (from.in !== 'borough') return ELSEWHERE;
  const found = await Promise.all(
    branches.map(async (branch) => {
      const there = await gazetteer.postcode(branch.postcode);
      return { name: branch.name, far: there.in === 'borough' ? distance(from.position, there.position) : Infinity };
    }),
  );
  return found.toSorted((a, b) => a.far - b.far)[0]?.name ?? ELSEWHERE;
}

/** Good enough to compare places within one borough. */
function distance(a: Position, b: Position): number {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, a.lat - b.lat);
}

const branchBy = (name: string | undefined, settings: Settings): Branch | undefined =>
  content.of(settings).branches?.find((branch) => branch.name === name);

const closureOn = (branch: Branch, date: IsoDate): Branch['closures'][number] | undefined =>
  branch.closures.find(({ from, until }) => from <= date && date <= until);

/** From–to on a day; undefined where it is closed. */
export function hoursOn(branch: Branch, date: IsoDate): readonly [string, string] | undefined {
  return closureOn(branch, date) ? undefined : openingOn(branch.hours, date);
}

/** What is told of one day: `state` is open, holiday, closure or closed. */
function dayTold(branch: Branch, date: IsoDate, { language }: Pick<Context, 'language'>, suffix: string): Params {
  const hours = hoursOn(branch, date);
  const closure = closureOn(branch, date);
  const state = hours ? 'open' : closure ? 'closure' : isBankHoliday(date) ? 'holiday' : 'closed';
  const at = (time: string | undefined): Param => (time ? { time: momentOf(date, time) } : 'none');
  return {
    [`day${suffix}`]: { date },
    [`state${suffix}`]: state,
    [`from${suffix}`]: at(hours?.[0]),
    [`to${suffix}`]: at(hours?.[1]),
    [`reason${suffix}`]: closure ? inLanguage(closure.reason, language) : 'none',
  };
}

/** Why nothing can be booked there on a day. */
export function closedOn(date: IsoDate | undefined, name: string | undefined, settings: Settings): Finding {
  const branch = branchBy(name, settings);
  return (
    date !== undefined && branch !== undefined && !hoursOn(branch, date) && { library: branch.name, closed: { date } }
  );
}

const PAGES = { renew: 'renewPage', catalogue: 'cataloguePage', join: 'joinPage', events: 'eventsPage' } as const;

/** The page of a need; out of date: the libraries' page. */
export function pageOf(need: Need, settings: Settings): string {
  const own = need in PAGES ? content.of(settings)[PAGES[need as keyof typeof PAGES]] : undefined;
  return own ?? settings.links.libraries ?? settings.council.website;
}

export interface Known {
  readonly libraryNeed?: Need | undefined;
  readonly branch?: string | undefined;
  readonly near?: string | undefined;
  readonly nearest?: string | undefined;
  readonly openDay?: IsoDate | undefined;
  readonly bookDay?: IsoDate | undefined;
}

const BANK_HOLIDAYS_AHEAD = 14;

export function told({ libraryNeed, branch: name, nearest, openDay }: Known, context: Context): Params {
  const { settings, now } = context;
  const today = localDate(now);
  const branch = branchBy(nearest ?? name, settings);
  const first = openDay ?? today;
  const holidays = bankHolidaysBetween(first, addDays(first, BANK_HOLIDAYS_AHEAD), 'general');
  return {
    page: pageOf(libraryNeed ?? 'other', settings),
    library: branch?.name ?? 'none',
    isNearest: nearest ? 'yes' : 'no',
    address: branch ? `${branch.address}, ${branch.postcode}` : 'none',
    phone: branch?.phone ?? settings.council.phone ?? 'none',
    ...(branch ? dayTold(branch, first, context, '1') : NO_DAY),
    ...(branch && openDay === undefined ? dayTold(branch, addDays(today, 1), context, '2') : { state2: 'none' }),
    ...openAgain(branch, openDay, context),
    holidays: openDay === undefined && holidays.length > 0 ? { list: holidays.map(({ date }) => ({ date })) } : 'none',
    ...openList(openDay, settings),
    answerBy: answerBy(context),
    privacy: settings.links.privacy ?? settings.council.website,
  };
}

const NO_DAY: Params = { day1: 'none', state1: 'none', from1: 'none', to1: 'none', reason1: 'none' };

/** When it opens next, where that is not said already. */
function openAgain(branch: Branch | undefined, openDay: IsoDate | undefined, { now }: Context): Params {
  const first = openDay ?? localDate(now);
  const last = openDay ?? addDays(first, 1);
  if (!branch || [first, last].every((date) => hoursOn(branch, date)) || (openDay && hoursOn(branch, openDay)))
    return { next: 'none' };
  const next = opensNext(branch, openDay && openDay > localDate(now) ? momentOf(openDay, '00:00') : now);
  return { next: next === undefined || localDate(next) <= last ? 'none' : { moment: next } };
}

/** The first opening after a moment that no closure takes away. */
function opensNext(branch: Branch, from: EpochMs): EpochMs | undefined {
  const next = opensAt(branch.hours, from);
  const closure = next === undefined ? undefined : closureOn(branch, localDate(next));
  return closure ? opensNext(branch, momentOf(closure.until, '24:00') - 1) : next;
}

/** Every library that is open on a day, with its hours. */
function openList(date: IsoDate | undefined, settings: Settings): Params {
  if (date === undefined) return { open: 'none', openDay: 'none' };
  const open = (content.of(settings).branches ?? []).flatMap((branch) => {
    const hours = hoursOn(branch, date);
    return hours ? [`${branch.name} (${hours.join('–')})`] : [];
  });
  return { open: open.length > 0 ? { list: open } : 'none', openDay: { date }, isHoliday: isBankHoliday(date) };
}

function answerBy({ now, settings }: Context): Param {
  const days = content.of(settings).bookingAnswerWorkingDays;
  return days === undefined ? 'none' : { date: addWorkingDays(localDate(now), days) };
}

export function outcomeOf(known: Known, { settings, now }: Context): Outcome<Ending> {
  const { libraryNeed = 'other', branch, nearest, openDay, bookDay } = known;
  const chosen = branchBy(nearest ?? branch, settings);
  if (libraryNeed === 'hours') return { ending: chosen ? 'hours' : openDay ? 'openOn' : 'other' };
  if (libraryNeed !== 'book') return { ending: libraryNeed };
  const days = content.of(settings).bookingAnswerWorkingDays;
  const hours = chosen && bookDay ? hoursOn(chosen, bookDay) : undefined;
  return {
    ending: 'book',
    open: {
      ...(chosen && { place: chosen.id }),
      ...(days !== undefined && { dueAt: momentOf(addWorkingDays(localDate(now), days), '23:59') }),
      facts: { library: chosen?.name ?? null, open: hours?.join('–') ?? null },
    },
  };
}
