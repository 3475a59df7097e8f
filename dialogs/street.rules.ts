import { addWorkingDays, localDate, momentOf } from '../src/conversation/calendar';
import { isOpen } from '../src/conversation/openingHours';
import type { EpochMs, Json, Param, RoadOwner } from '../src/conversation/ports';
import {
  type FactPorts,
  type Finding,
  type Outcome,
  type Place,
  pattern,
  type RuleContext,
} from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { type Near, reportsNear, spotOf } from './spot.rules';

export * from './spot.rules';

/**
 * What all reports from the street share: potholes, lights, graffiti, litter, fly-tips, abandoned vehicles. Where it is, who looks after
 * the place, whether somebody has told us already, by when we aim to come, and what is kept as evidence.
 */

export type Context = Pick<RuleContext, 'now' | 'settings'>;
type Owner = RoadOwner | undefined;

interface At {
  readonly place: Place | undefined;
}

/** The facts of a street report: who looks after the place, and the open reports near it. */
export const streetFacts = (service: string) => ({
  owner: ({ place }: At, { gazetteer }: FactPorts): Promise<RoadOwner> | Owner =>
    place?.position ? gazetteer.ownerAt(place.position, place.street?.id) : place?.street?.owner,
  near: ({ place }: At, { cases, settings }: FactPorts) => reportsNear(service, place, cases, settings),
});

/**
 * A number plate of any country, without spaces: at most 15 letters and digits. A postcode is none, and a word without a digit is not one
 * that anybody could trace.
 */
export const plate = () => pattern(PLATE, (words) => words.toUpperCase().replace(/[^A-Z0-9]/g, ''), 'plate');
const PLATE = /^(?![A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$)(?=.*\d)[A-Z0-9]{4,15}$/;

/** The report is a new one: mine is none of those shown. */
export const isNew = ({ same }: { readonly same: string }): boolean => same === 'none';

/** A picture is asked for where one can be sent and the report is a new one. */
export const wantsPhoto = ({ same }: { readonly same: string }, { channel }: Pick<RuleContext, 'channel'>): boolean =>
  same === 'none' && channel !== 'sms';

/** Somebody else looks after the place. */
export function belongsTo(kind: RoadOwner['kind'], owner: Owner, settings: Settings): Finding {
  if (owner?.kind !== kind) return false;
  return { body: owner.body ?? 'none', link: settings.links['tfl-streets'] ?? settings.council.website };
}

interface OwnerKnown {
  readonly owner: Owner;
}
const ownerStop = (kind: RoadOwner['kind']) => ({
  when: ({ owner }: OwnerKnown, { settings }: Pick<RuleContext, 'settings'>): Finding =>
    belongsTo(kind, owner, settings),
  offers: ['change:place', 'person'] as const,
});

/** Who owns land clears it. A red route is public: its carriageway is Transport for London's, what lies on it is the council's to clear. */
export const landStops = { privateRoad: ownerStop('private'), otherLand: ownerStop('park') } as const;

/** What is built into a road (surface, lights, trees) is looked after by the road's owner. */
export const roadStops = { redRoute: ownerStop('tfl'), ...landStops } as const;

/** Nobody reads reports now: the number comes first, the report after it. */
export function callFirst(isUrgent: boolean, { now, settings }: Context): Finding {
  const { contactCentre } = settings.hours;
  const number = settings.phones.outOfHours;
  if (!isUrgent || !number || (contactCentre && isOpen(contactCentre, now))) return false;
  return { phone: number };
}

/** By when somebody aims to come, and the span it follows from. Where the setting has expired: `none`, no day is told. */
export interface Aim {
  readonly by: Param;
  /** Hours or working days. */
  readonly span: number;
  readonly dueAt: EpochMs | undefined;
}

function withinHours(hours: number | undefined, now: EpochMs): Aim {
  if (hours === undefined) return NO_AIM;
  const dueAt = now + hours * 3_600_000;
  return { by: { moment: dueAt }, span: hours, dueAt };
}

/** Working days of the council, counted from tomorrow; until the end of the last. */
export function withinWorkingDays(days: number | undefined, now: EpochMs): Aim {
  if (days === undefined) return NO_AIM;
  const date = addWorkingDays(localDate(now), days);
  return { by: { date }, span: days, dueAt: momentOf(date, '23:59') };
}

/** What is urgent is looked at within hours, all else within working days. */
export function aimFor(
  isUrgent: boolean,
  { hours, workingDays }: { readonly hours: number | undefined; readonly workingDays: number | undefined },
  now: EpochMs,
): Aim {
  return isUrgent ? withinHours(hours, now) : withinWorkingDays(workingDays, now);
}

const NO_AIM: Aim = { by: 'none', span: 0, dueAt: undefined };

/** An aim as the texts tell it. */
export const toldAim = ({ by, span }: Aim) => ({ by, span });

interface Decided {
  /** None: a place without an address, told in words. */
  readonly place: Place | undefined;
  readonly same: string;
  readonly owner: Owner;
  readonly near: readonly Near[] | undefined;
}

interface Decision {
  readonly isUrgent: boolean;
  readonly aim: Aim;
  /** What else the service decided on. */
  readonly evidence?: Evidence;
  /** Stops that the resident may have gone past. */
  readonly stops?: readonly string[];
}
type Evidence = { readonly [fact: string]: Json };

/**
 * The end of a street report: who picked an open one follows it, with what they add to its urgency; else a case is opened. Everything
 * that was decided on is kept with it.
 */
export function reported(
  known: Decided,
  { isUrgent, aim, evidence = {}, stops = [] }: Decision,
  { overridden }: Pick<RuleContext, 'overridden'>,
): Outcome<'standard' | 'urgent' | 'joined'> {
  const { place, same } = known;
  const due = aim.dueAt === undefined ? {} : { dueAt: aim.dueAt };
  const raise = { ...due, facts: { urgent: true, raised: evidence } };
  if (same !== 'none') return { ending: 'joined', follow: same, ...(isUrgent && { raise }) };
  const anyway = stops.filter((stop) => overridden(stop));
  const facts = { ...recorded(known), urgent: isUrgent, aim: { ...due, span: aim.span }, ...evidence };
  const where = place && { place: spotOf(place), ...(place.position && { position: place.position }) };
  return {
    ending: isUrgent ? 'urgent' : 'standard',
    open: { ...where, ...due, facts: { ...facts, ...(anyway.length > 0 && { anyway }) } },
  };
}

/** What the records said: whose land it is, and the open reports that were shown. */
const recorded = ({ owner, near = [] }: Decided): Evidence => ({
  owner: owner ? { ...owner } : 'unknown',
  near: near.map(({ reference, metres }) => ({ reference, metres })),
});
