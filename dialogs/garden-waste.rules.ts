import { z } from 'zod';
import { addDays, addWorkingDays, localDate, momentOf } from '../src/conversation/calendar';
import type { Address, IsoDate, Params, Stream } from '../src/conversation/ports';
import { type Finding, type Outcome, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { byLanguage, inLanguage, link, priceTold, whole } from '../src/conversation/settingValues';
import { placeOf } from './waste.rules';

export const content = serviceContent('garden-waste', {
  /** First day of each year of the subscription, `MM-DD`. */
  yearBegins: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/, 'must be a day of every month, MM-DD'),
  /** `none`: a year costs the same whenever one joins; `months`: by the months that are left. */
  proRata: z.enum(['none', 'months']),
  maxBins: whole,
  deliveryWorkingDays: whole,
  /** What goes in, and what does not. */
  takes: byLanguage,
  refunds: byLanguage,
  payLink: link,
});

type Context = Pick<RuleContext, 'now' | 'settings' | 'language'>;
type Want = 'join' | 'renew' | 'cancel' | 'move' | 'info' | 'missed';

/** Who joins after a look at the price wants the same as who joins at once. */
export const requestKey = (address: Address, want: Want): readonly string[] => [
  address.uprn,
  want === 'info' ? 'join' : want,
];

export function tooMany(bins: number | undefined, settings: Settings): Finding {
  const { maxBins } = content.of(settings);
  return bins !== undefined && maxBins !== undefined && bins > maxBins && { most: maxBins };
}

/** Garden rounds go to houses; a flat has one only where the records show it. */
export const noGarden = (address: Address, streams: readonly Stream[]): Finding =>
  address.kind !== 'house' && !streams.includes('garden') && {};

/** The year that a day lies in, or for a renewal the one after it. */
export function yearOf(
  today: IsoDate,
  begins: string,
  next: boolean,
): { readonly from: IsoDate; readonly until: IsoDate } {
  const year = Number(today.slice(0, 4)) - (today.slice(5) < begins ? 1 : 0) + (next ? 1 : 0);
  return { from: `${year}-${begins}`, until: addDays(`${year + 1}-${begins}`, -1) };
}

/** Months begun count as whole ones. */
export function priceOf(
  want: Want,
  bins: number,
  { settings, now }: Pick<Context, 'settings' | 'now'>,
): number | undefined {
  const { yearBegins, proRata } = content.of(settings);
  const year = settings.prices.gardenWaste;
  if (year === undefined || yearBegins === undefined || proRata === undefined) return undefined;
  if (proRata === 'none' || want === 'renew') return year * bins;
  return Math.round((year / 12) * monthsLeft(localDate(now), yearBegins)) * bins;
}

/** Of the year that a day lies in, the day's own month included: 1 to 12. */
function monthsLeft(today: IsoDate, begins: string): number {
  const next = addDays(yearOf(today, begins, false).until, 1);
  const [years, months, days] = [0, 1, 2].map((part) => Number(next.split('-')[part]) - Number(today.split('-')[part]));
  return (years ?? 0) * 12 + (months ?? 0) + ((days ?? 0) > 0 ? 1 : 0);
}

interface Seen {
  readonly address?: Address;
  readonly gardenWant?: Want;
  readonly gardenBins?: number | undefined;
}

export function told({ gardenWant = 'join', gardenBins = 1 }: Seen, context: Context): Params {
  const { settings, language, now } = context;
  const { yearBegins, takes, refunds, payLink, maxBins, deliveryWorkingDays } = content.of(settings);
  const year = yearBegins === undefined ? undefined : yearOf(localDate(now), yearBegins, gardenWant === 'renew');
  const price = priceOf(gardenWant, gardenBins, context);
  const by = deliveryWorkingDays === undefined ? undefined : addWorkingDays(localDate(now), deliveryWorkingDays);
  return {
    bins: gardenBins,
    price: priceTold(price),
    until: year ? { date: year.until } : 'none',
    from: year ? { date: year.from } : 'none',
    takes: takes ? inLanguage(takes, language) : 'none',
    refunds: refunds ? inLanguage(refunds, language) : 'none',
    payLink: price === undefined || payLink === undefined ? 'none' : payLink,
    by: by ? { date: by } : 'none',
    most: maxBins ?? 'none',
    link: settings.links['garden-waste'] ?? settings.council.website,
  };
}

type Ending = 'joined' | 'renewed' | 'cancelled';

export function requested(
  { address, gardenWant = 'join', gardenBins = 1 }: Seen & { readonly address: Address },
  context: Context,
): Outcome<Ending> {
  const ending = gardenWant === 'cancel' ? 'cancelled' : gardenWant === 'renew' ? 'renewed' : 'joined';
  const { deliveryWorkingDays } = content.of(context.settings);
  const due =
    deliveryWorkingDays === undefined ? undefined : addWorkingDays(localDate(context.now), deliveryWorkingDays);
  return {
    ending,
    open: {
      place: placeOf(address),
      position: address.position,
      ...(due && { dueAt: momentOf(due, '23:59') }),
      facts: {
        want: requestKey(address, gardenWant)[1] ?? gardenWant,
        ...(ending !== 'cancelled' && { bins: gardenBins, price: priceOf(gardenWant, gardenBins, context) ?? null }),
      },
    },
  };
}
