import { localDate } from '../src/conversation/calendar';
import { isOpen, opensAt } from '../src/conversation/openingHours';
import type { CaseSummary, Cases, EpochMs, Params } from '../src/conversation/ports';
import { dedupeKeyOf, type Finding, type Place, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { whole } from '../src/conversation/settingValues';
import { spotOf } from './street.rules';

type Context = Pick<RuleContext, 'now' | 'settings' | 'overridden'>;
export type ParkedOn = 'kerb' | 'bay' | 'pavement' | 'yellow' | 'zigzag' | 'blocking' | 'other';

/** `sameSpotMetres`: two reports of a day this near may be of one vehicle. */
export const content = serviceContent('illegal-parking', { sameSpotMetres: whole });

interface Vehicle {
  readonly place: Place;
  readonly parkedOn: ParkedOn;
  readonly plate: string | undefined;
}

/** An officer is told once a day of a vehicle: by its plate, else by where and how it stands. */
export function reportKey({ place, parkedOn, plate }: Vehicle, now: EpochMs): readonly string[] {
  const day = localDate(now);
  return plate ? ['plate', plate, day] : ['spot', spotOf(place), place.number ?? place.near ?? 'street', parkedOn, day];
}

/** The report of today that may be of the same vehicle: by its plate; without one, the same offence at the spot. */
export async function sameToday(
  vehicle: Vehicle,
  cases: Pick<Cases, 'openWithKey' | 'openNear'>,
  settings: Settings,
  now: EpochMs,
): Promise<CaseSummary | undefined> {
  const { place, parkedOn, plate } = vehicle;
  const byKey = await cases.openWithKey(dedupeKeyOf('illegal-parking', ...reportKey(vehicle, now)));
  const metres = content.of(settings).sameSpotMetres;
  if (byKey || plate || !place.position || metres === undefined) return byKey;
  const near = await cases.openNear('illegal-parking', place.position, metres);
  return near.find(({ answers, openedAt }) => localDate(openedAt) === localDate(now) && answers.parkedOn === parkedOn);
}

/** When officers are out next, if they are not now. Undefined: they are, or their hours are out of date. */
function outNext({ now, settings }: Pick<Context, 'now' | 'settings'>): EpochMs | undefined {
  const { enforcement } = settings.hours;
  return enforcement && !isOpen(enforcement, now) ? opensAt(enforcement, now) : undefined;
}

export const areOut = (context: Context): boolean => outNext(context) === undefined;

const PASSES: ReadonlySet<ParkedOn> = new Set(['zigzag', 'blocking', 'yellow']);

/** What will most likely be gone by the morning; a car that stays overnight on a pavement will not. */
export const passes = (parkedOn: ParkedOn): boolean => PASSES.has(parkedOn);

/** No officer is out. What happens again and again is for the patrols, at any hour. */
export function notOut(happens: 'now' | 'often', context: Context): Finding {
  const from = outNext(context);
  return happens === 'now' && from !== undefined && { from: { moment: from } };
}

export const remindAt = (context: Context): EpochMs => outNext(context) ?? context.now;

export const endingOf = (happens: 'now' | 'often', context: Context) =>
  happens === 'often' ? 'patrol' : areOut(context) ? 'taken' : 'later';

export function told(context: Context): Params {
  const from = outNext(context);
  return {
    from: from === undefined ? 'none' : { moment: from },
    link: context.settings.links['illegal-parking'] ?? context.settings.council.website,
  };
}
