import { addDays, addWorkingDays, daysBetween, localDate, momentOf } from '../src/conversation/calendar';
import { isOpen } from '../src/conversation/openingHours';
import type { CaseSummary, Cases, EpochMs, Params, RoadOwner } from '../src/conversation/ports';
import type { Finding, PickOption, Place, RuleContext } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';

export type Kind = 'carriageway' | 'pavement' | 'kerb' | 'cycleway' | 'cover';
export type Danger = 'no' | 'cyclists' | 'walkers' | 'traffic';
type Context = Pick<RuleContext, 'now' | 'settings'>;
type Near = CaseSummary & { readonly metres: number };

/** The street's id, else the position to about 10 metres, else the words: what countings and duplicates go by. */
export function spotOf(place: Place): string {
  const { street, position } = place;
  return street?.id ?? (position ? `${position.lat.toFixed(4)},${position.lon.toFixed(4)}` : place.line.toLowerCase());
}

/** Open reports within the settings' distance: those of the same street first, then by distance. */
export async function reportsNear(place: Place, cases: Cases, settings: Settings): Promise<readonly Near[]> {
  const { position, street } = place;
  const metres = settings.windows.duplicateMetres;
  if (!position || metres === undefined) return [];
  const near = await cases.openNear('pothole', position, metres);
  const here = (report: Near) => street !== undefined && streetOf(report) === street.id;
  return [...near.filter(here), ...near.filter((report) => !here(report))];
}

function streetOf({ answers }: CaseSummary): string | undefined {
  const place = answers.place as { readonly street?: { readonly id?: string } } | null | undefined;
  return place?.street?.id;
}

function lineOf({ answers }: CaseSummary): string {
  const place = answers.place as { readonly line?: string } | null | undefined;
  return place?.line ?? 'none';
}

/** Each with its place, distance (to 10 m) and age in days. */
export function optionsOf(near: readonly Near[], now: EpochMs): readonly PickOption[] {
  return near.map((report) => ({
    value: report.reference,
    params: {
      line: lineOf(report),
      kind: String(report.answers.kind ?? 'none'),
      metres: Math.max(10, Math.round(report.metres / 10) * 10),
      days: daysBetween(localDate(report.openedAt), localDate(now)),
    },
  }));
}

/**
 * A later hole at the same spot must not collide with the open ones the resident was shown and said no to, while two
 * people who report one new hole at the same moment must: so the newest report shown is part of the key.
 */
export function holeKey(place: Place, near: readonly Near[] | undefined): readonly string[] {
  const newest = [...(near ?? [])].sort((a, b) => b.openedAt - a.openedAt)[0];
  return [spotOf(place), place.number ?? place.near ?? 'street', newest?.reference ?? 'first'];
}

/** Somebody else looks after the road. */
export function notOurs(owner: RoadOwner | undefined, kind: RoadOwner['kind'], settings: Settings): Finding {
  if (owner?.kind !== kind) return false;
  return { body: owner.body ?? 'none', link: settings.links['tfl-streets'] ?? settings.council.website };
}

/** A cover belongs to the company whose name is on it; a dangerous one is made safe first and discussed later. */
export function utilityCover(kind: Kind | undefined, danger: Danger, settings: Settings): Finding {
  return kind === 'cover' && danger === 'no' && { link: settings.links['report-leak'] ?? 'none' };
}

/** Nobody reads reports now: the number comes first, the report after it. */
export function callFirst(danger: Danger, { now, settings }: Context): Finding {
  const { contactCentre } = settings.hours;
  const number = settings.phones.outOfHours;
  if (danger === 'no' || !number || (contactCentre && isOpen(contactCentre, now))) return false;
  return { phone: number };
}

/** Targets, told as aims. An expired target is `none`: no day is told. */
export function aims(
  danger: Danger,
  { now, settings }: Context,
): { readonly params: Params; readonly dueAt: EpochMs | undefined } {
  const { potholeInspectWorkingDays: inspect, potholeDangerHours: hours, potholeRepairDays: repair } = settings.windows;
  const inspectBy = inspect === undefined ? undefined : addWorkingDays(localDate(now), inspect);
  const safeBy = hours === undefined ? undefined : now + hours * 3_600_000;
  const dangerous = danger !== 'no';
  const seenBy = dangerous ? (safeBy === undefined ? undefined : localDate(safeBy)) : inspectBy;
  return {
    params: {
      inspectBy: inspectBy ? { date: inspectBy } : 'none',
      safeBy: safeBy === undefined ? 'none' : { moment: safeBy },
      repairBy: seenBy && repair !== undefined ? { date: addDays(seenBy, repair) } : 'none',
      claims: settings.links.claims ?? 'none',
    },
    dueAt: dangerous ? safeBy : inspectBy === undefined ? undefined : momentOf(inspectBy, '23:59'),
  };
}
