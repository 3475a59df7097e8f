import type { Address, Params, Zone, Zones } from '../src/conversation/ports';
import { type Finding, type RuleContext, serviceContent } from '../src/conversation/service';
import { link, metres, pounds, priceTold, whole } from '../src/conversation/settingValues';

type Context = Pick<RuleContext, 'settings'>;
export type Kind = 'resident' | 'visitor' | 'business' | 'carer' | 'badge';
export type Wish = 'apply' | 'renew' | 'change' | 'refund' | 'chase' | 'price';

export const content = serviceContent('parking-permit', {
  /** The longest and highest vehicle that gets a permit. */
  longestMetres: metres,
  highestMetres: metres,
  /** So many unpaid penalty charge notices and there is no permit. */
  unpaidFines: whole,
  visitorPrice: pounds,
  businessPrice: pounds,
  carerPrice: pounds,
  badgePrice: pounds,
  badgeLink: link,
  badgeWeeks: whole,
});

/** What the records say of the zone at an address. `known` false: no zones were imported, so "none" means nothing. */
export interface ZoneFound {
  readonly known: boolean;
  readonly zone?: Pick<Zone, 'id' | 'name'>;
}

/** The address's own entry decides; at a zone's edge the map may not. */
export async function zoneAt(address: Address, zones: Zones): Promise<ZoneFound> {
  const listed = address.zone;
  const zone = listed ? await zones.zone(listed) : await zones.at(address.position);
  if (zone) return { known: true, zone: { id: zone.id, name: zone.name } };
  return listed ? { known: true, zone: { id: listed, name: '' } } : { known: await zones.isKnown() };
}

/** Who applies or renews must be eligible; a badge goes with the person, not with an address. */
export const isChecked = (kind: Kind, wish: Wish): boolean =>
  kind !== 'badge' && (wish === 'apply' || wish === 'renew');

/** A visitor's or carer's vehicle is another one each time. */
const hasOwnVehicle = (kind: Kind, wish: Wish): boolean =>
  isChecked(kind, wish) && (kind === 'resident' || kind === 'business');

/** A limit out of its dates is asked about no more: the council's page has the new one. */
export function sizeMatters(kind: Kind, wish: Wish, { settings }: Context): boolean {
  const { longestMetres, highestMetres } = content.of(settings);
  return hasOwnVehicle(kind, wish) && longestMetres !== undefined && highestMetres !== undefined;
}

export const finesMatter = (kind: Kind, wish: Wish, { settings }: Context): boolean =>
  hasOwnVehicle(kind, wish) && content.of(settings).unpaidFines !== undefined;

export const notInZone = ({ known, zone }: ZoneFound): Finding => known && !zone && {};

const PRICE = {
  visitor: 'visitorPrice',
  business: 'businessPrice',
  carer: 'carerPrice',
  badge: 'badgePrice',
} as const;

/** Prices, limits and links; `none` where a setting has expired. */
export function pages(kind: Kind | undefined, found: ZoneFound | undefined, { settings }: Context): Params {
  const own = content.of(settings);
  const price = kind === 'resident' ? settings.prices.residentPermit : kind && own[PRICE[kind]];
  return {
    price: priceTold(price),
    link: settings.links['parking-permit'] ?? settings.council.website,
    badgeLink: own.badgeLink ?? settings.links['parking-permit'] ?? settings.council.website,
    badgeWeeks: own.badgeWeeks ?? 'none',
    longest: own.longestMetres ?? 'none',
    highest: own.highestMetres ?? 'none',
    unpaid: own.unpaidFines ?? 'none',
    zone: found?.zone?.id ?? 'none',
    zoneName: found?.zone?.name || 'none',
  };
}

export const ENDINGS = [
  'resident',
  'visitor',
  'business',
  'carer',
  'badge',
  'renew',
  'change',
  'refund',
  'chase',
  'price',
  'badgeOther',
] as const;

/** By the kind for who applies, else by what they want of the permit they have. A Blue Badge is renewed and changed with the state. */
export function endingOf(kind: Kind, wish: Wish): (typeof ENDINGS)[number] {
  if (wish === 'apply') return kind;
  return kind === 'badge' && wish !== 'price' ? 'badgeOther' : wish;
}
