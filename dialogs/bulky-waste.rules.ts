import { z } from 'zod';
import { addDays, addWorkingDays, isBankHoliday, localDate, weekday } from '../src/conversation/calendar';
import type { Address, Cases, EpochMs, IsoDate, Params } from '../src/conversation/ports';
import { dedupeKeyOf, type Finding, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { byLanguage, inLanguage, link, pounds, priceTold, whole } from '../src/conversation/settingValues';
import { selectKey, thing, thingsNamed } from './waste.rules';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export const content = serviceContent('bulky-waste', {
  /** What a booking of so many items costs. */
  bands: z.array(z.strictObject({ upTo: whole, price: pounds })).min(1),
  weekdays: z.array(z.enum(WEEKDAYS)).min(1),
  /** Bookings that the van takes on a day. */
  perDay: whole,
  noticeWorkingDays: whole,
  bookableDays: whole,
  /** Things by name, so that "a sofa and a bed" need not be asked for again. */
  taken: z.array(thing),
  notTaken: z.array(thing),
  /** Told before a booking is confirmed: refunds, changes. */
  terms: byLanguage,
  discounts: byLanguage,
  payLink: link,
});

type Context = Pick<RuleContext, 'settings' | 'language'>;

/** The first message names something to collect: it need not be asked for. */
export function namesThings(words: string, { settings, language }: Context): boolean {
  const { taken = [], notTaken: refused = [] } = content.of(settings);
  return words.length <= LONGEST && thingsNamed(words, [...taken, ...refused], language).length > 0;
}
const LONGEST = 300;

export function notTaken(words: string, context: Context): Finding {
  const { settings, language } = context;
  const [found] = thingsNamed(words, content.of(settings).notTaken ?? [], language);
  if (!found) return false;
  return {
    ...pageTold(context),
    thing: inLanguage(found.title, language),
    note: found.note ? inLanguage(found.note, language) : 'none',
  };
}

const maxItems = (settings: Settings): number | undefined => content.of(settings).bands?.at(-1)?.upTo;

export function tooMany(count: number, settings: Settings): Finding {
  const most = maxItems(settings);
  return most !== undefined && count > most && { most };
}

/** In pounds; undefined where the prices have expired. */
export const priceOf = (count: number | undefined, settings: Settings): number | undefined =>
  count === undefined ? undefined : content.of(settings).bands?.find(({ upTo }) => count <= upTo)?.price;

/** The five first days with room in the van. */
export async function freeDays(cases: Cases, settings: Settings, now: EpochMs): Promise<readonly IsoDate[]> {
  const { perDay } = content.of(settings);
  if (perDay === undefined) return [];
  const free: IsoDate[] = [];
  for (const day of bookableDays(settings, now)) {
    if ((await cases.countOpen('bulky-waste', day)) < perDay) free.push(day);
    if (free.length === MOST_SHOWN) break;
  }
  return free;
}
const MOST_SHOWN = 5;

/** Days on which the van goes out, from the notice on; never on a bank holiday. */
export function bookableDays(settings: Settings, now: EpochMs): readonly IsoDate[] {
  const { weekdays = [], noticeWorkingDays, bookableDays: count = 0 } = content.of(settings);
  if (noticeWorkingDays === undefined) return [];
  const today = localDate(now);
  const first = addWorkingDays(today, noticeWorkingDays);
  return Array.from({ length: count }, (_, ahead) => addDays(today, ahead)).filter(
    (day) => day >= first && weekdays.some((name) => WEEKDAYS[weekday(day)] === name) && !isBankHoliday(day),
  );
}

/**
 * The first free place in the van, from 1; 0 when the day is full or no longer to be had. It is part of the case's unique key: of two
 * residents who take the last place at once, the second one's turn runs again and finds the day full. Numbers of cancelled bookings
 * are free again, hence the first free one and not the count.
 */
export async function vanPlace(
  cases: Cases,
  day: string,
  settings: Settings,
  now: EpochMs,
): Promise<number | undefined> {
  if (day === 'none') return undefined;
  const { perDay = 0 } = content.of(settings);
  if (!bookableDays(settings, now).includes(day) || (await cases.countOpen('bulky-waste', day)) >= perDay) return 0;
  for (let place = 1; place <= perDay; place += 1)
    if (!(await cases.openWithKey(dedupeKeyOf('bulky-waste', day, String(place))))) return place;
  return 0;
}

export const pageTold = ({ settings }: Context): Params => ({
  link: settings.links['bulky-waste'] ?? settings.council.website,
});

export function pricesTold(context: Context): Params {
  const { settings, language } = context;
  const { bands, discounts } = content.of(settings);
  const lines = bands?.map(
    ({ upTo, price }) =>
      ({ text: 'bulky-waste:stop.prices.line', params: { count: upTo, price: priceTold(price) } }) as const,
  );
  return {
    ...pageTold(context),
    prices: lines ? { lines } : 'none',
    discounts: discounts ? inLanguage(discounts, language) : 'none',
  };
}

/** As much of the resident's words as a text message has room for. */
const shortened = (words: string): string =>
  words.length > MOST_READ_BACK ? `${words.slice(0, MOST_READ_BACK).replace(/\s+\S*$/, '')} ...` : words;
const MOST_READ_BACK = 60;

interface Seen {
  readonly bulkyItems?: string;
  readonly bulkyCount?: number;
  readonly bulkyDay?: string;
  readonly address?: Address;
}

export function told({ bulkyItems = '', bulkyCount, bulkyDay, address }: Seen, context: Context): Params {
  const { settings, language } = context;
  const { terms, payLink } = content.of(settings);
  const price = priceOf(bulkyCount, settings);
  return {
    ...pageTold(context),
    items: { quote: shortened(bulkyItems) },
    things: shortened(bulkyItems),
    count: bulkyCount ?? 0,
    day: bulkyDay === undefined || bulkyDay === 'none' ? 'none' : { date: bulkyDay },
    price: priceTold(price),
    terms: terms ? inLanguage(terms, language) : 'none',
    payLink: price === undefined || payLink === undefined ? 'none' : payLink,
    outBy: settings.times.binsOutBy ?? 'none',
    home: selectKey(address?.kind ?? 'none'),
    most: maxItems(settings) ?? 'none',
  };
}
