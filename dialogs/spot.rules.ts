import { daysBetween, localDate } from '../src/conversation/calendar';
import type { CaseSummary, Cases, EpochMs } from '../src/conversation/ports';
import type { PickOption, Place } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';

/** Spots in the street, and who has reported something there before. */

/** An open report of the same service, with its distance. */
export type Near = CaseSummary & { readonly metres: number };

/** Open reports within the settings' distance: those of the same street first, then by distance. */
export async function reportsNear(
  service: string,
  place: Place | undefined,
  cases: Pick<Cases, 'openNear'>,
  settings: Settings,
): Promise<readonly Near[]> {
  const metres = settings.windows.duplicateMetres;
  if (!place?.position || metres === undefined) return [];
  const near = await cases.openNear(service, place.position, metres);
  const here = ({ answers }: Near) => place.street !== undefined && placeIn(answers)?.street?.id === place.street.id;
  return [...near.filter(here), ...near.filter((report) => !here(report))];
}

const placeIn = (answers: CaseSummary['answers']): Partial<Place> | undefined =>
  (answers.place ?? undefined) as Partial<Place> | undefined;

/**
 * The open reports to pick from: each with its place, distance (to 10 m) and age in days.
 * @param shown further answers of theirs that tell them apart; `none` where one was not given
 */
export function optionsOf(near: readonly Near[], now: EpochMs, ...shown: readonly string[]): readonly PickOption[] {
  return near.map(({ reference, answers, metres, openedAt }) => ({
    value: reference,
    params: {
      line: placeIn(answers)?.line ?? 'none',
      metres: Math.max(10, Math.round(metres / 10) * 10),
      days: daysBetween(localDate(openedAt), localDate(now)),
      ...Object.fromEntries(shown.map((name) => [name, String(answers[name] ?? 'none')])),
    },
  }));
}

/** The street's id, else the position to about 10 metres, else the words: what countings go by. */
export function spotOf({ street, position, line }: Place): string {
  return street?.id ?? (position ? pointOf(position) : line.toLowerCase());
}

const pointOf = ({ lat, lon }: NonNullable<Place['position']>): string => `${lat.toFixed(4)},${lon.toFixed(4)}`;

/**
 * A later report at the same spot must not collide with the open ones the resident was shown and said no to, while two
 * people who report one new thing at the same moment must: so the newest report shown is part of the key.
 */
export function spotKey(place: Place, near: readonly Near[] | undefined): readonly string[] {
  const newest = [...(near ?? [])].sort((a, b) => b.openedAt - a.openedAt)[0];
  const where = place.number ?? place.near ?? (place.position ? pointOf(place.position) : 'street');
  return [spotOf(place), where, newest?.reference ?? 'first'];
}
