import { z } from 'zod';
import { addWorkingDays, localDate, momentOf } from '../src/conversation/calendar';
import type { Address, EpochMs, IsoDate, Params } from '../src/conversation/ports';
import { type Finding, type Outcome, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { link, pounds, priceTold, whole } from '../src/conversation/settingValues';
import { placeOf } from './waste.rules';

const CONTAINERS = ['black', 'greenBox', 'paperBin', 'kitchenCaddy', 'outdoorCaddy', 'gardenBin', 'sacks'] as const;
type Container = (typeof CONTAINERS)[number];
const REASONS = ['newHome', 'missing', 'damaged', 'bigger', 'smaller', 'extra', 'repair', 'unwanted'] as const;
type Reason = (typeof REASONS)[number];

export const content = serviceContent('new-bin', {
  /** What a container costs, in pounds; none named is free. */
  prices: z.partialRecord(z.enum(CONTAINERS), pounds),
  /** Reasons for which nobody pays. */
  freeFor: z.array(z.enum(REASONS)),
  /** Black bins, smallest first: how many live in the home for each. */
  sizes: z.array(z.strictObject({ litres: whole, fromPeople: whole })).min(1),
  deliveryWorkingDays: whole,
  repairWorkingDays: whole,
  payLink: link,
});

/**
 * One open request of a kind: asking twice for the same box brings one box. What is delivered for the old is one kind, whatever the
 * reason; an extra one, a repair, and taking one away are others.
 */
export const requestKey = (address: Address, container: Container, reason: Reason): readonly string[] => {
  const other = reason === 'extra' || reason === 'repair' || reason === 'unwanted';
  return [address.uprn, container, other ? reason : 'deliver'];
};

/** The litres that a home of so many people gets: the largest it may have. */
export const litresFor = (people: number, settings: Settings): number | undefined =>
  content
    .of(settings)
    .sizes?.filter(({ fromPeople }) => people >= fromPeople)
    .at(-1)?.litres;

/** Fewer live there than the second size is for. */
export function tooFew(people: number | undefined, settings: Settings): Finding {
  const [, second] = content.of(settings).sizes ?? [];
  if (people === undefined || !second || people >= second.fromPeople) return false;
  return { people, needed: second.fromPeople, litres: second.litres };
}

interface Seen {
  readonly address?: Address;
  readonly container?: Container;
  readonly binReason?: Reason;
  readonly household?: number | undefined;
  readonly takeOld?: boolean | undefined;
}

function litresOf({ container, binReason, household }: Seen, settings: Settings): number | undefined {
  if (container !== 'black' || binReason === 'repair' || binReason === 'unwanted') return undefined;
  if (binReason === 'bigger') return household === undefined ? undefined : litresFor(household, settings);
  // What one has is replaced by its like; a first or an extra one is of the smallest size.
  const smallest = content.of(settings).sizes?.[0]?.litres;
  return binReason === 'missing' || binReason === 'damaged' ? undefined : smallest;
}

/** In pounds; undefined where the prices have expired. */
export function priceOf({ container, binReason }: Seen, settings: Settings): number | undefined {
  const { prices, freeFor } = content.of(settings);
  if (!prices || !freeFor || !container || !binReason) return undefined;
  return freeFor.includes(binReason) || binReason === 'repair' || binReason === 'unwanted'
    ? 0
    : (prices[container] ?? 0);
}

/** A swap takes the old one away; a broken one where the resident wants it. */
export const takesOld = ({ binReason, takeOld }: Seen): boolean =>
  binReason === 'bigger' || binReason === 'smaller' || takeOld === true;

function aim({ binReason }: Seen, settings: Settings, now: EpochMs): IsoDate | undefined {
  const { deliveryWorkingDays, repairWorkingDays } = content.of(settings);
  const days = binReason === 'repair' ? repairWorkingDays : deliveryWorkingDays;
  return days === undefined ? undefined : addWorkingDays(localDate(now), days);
}

export function told(seen: Seen, settings: Settings, now: EpochMs): Params {
  const price = priceOf(seen, settings);
  const by = aim(seen, settings, now);
  const { deliveryWorkingDays, repairWorkingDays, payLink } = content.of(settings);
  return {
    litres: litresOf(seen, settings) ?? 'none',
    price: price === 0 ? 'free' : priceTold(price),
    old: takesOld(seen) ? 'yes' : 'no',
    by: by ? { date: by } : 'none',
    days: (seen.binReason === 'repair' ? repairWorkingDays : deliveryWorkingDays) ?? 0,
    payLink: price !== undefined && price > 0 && payLink ? payLink : 'none',
    link: settings.links['new-bin'] ?? settings.council.website,
  };
}

type Ending = 'ordered' | 'mended' | 'removed';

export function requested(
  seen: Seen & { readonly address: Address },
  settings: Settings,
  now: EpochMs,
): Outcome<Ending> {
  const by = aim(seen, settings, now);
  return {
    ending: seen.binReason === 'repair' ? 'mended' : seen.binReason === 'unwanted' ? 'removed' : 'ordered',
    open: {
      place: placeOf(seen.address),
      position: seen.address.position,
      ...(by && { dueAt: momentOf(by, '23:59') }),
      facts: {
        litres: litresOf(seen, settings) ?? null,
        price: priceOf(seen, settings) ?? null,
        takeOldAway: takesOld(seen) || seen.binReason === 'unwanted',
      },
    },
  };
}
