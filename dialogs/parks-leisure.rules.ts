import { z } from 'zod';
import type { Param } from '../src/conversation/ports';
import { type Finding, type Place, type RuleContext, serviceContent } from '../src/conversation/service';
import { byLanguage, inLanguage, link, text, whole } from '../src/conversation/settingValues';
import { type Aim, aimFor, type Context } from './street.rules';

export const content = serviceContent('parks-leisure', {
  /** Named as residents name them, with their opening hours in the council's languages. */
  parks: z.array(z.strictObject({ name: text, hours: byLanguage })),
  pitches: link,
  leisureCentres: link,
  allotments: link,
  repairWorkingDays: whole,
  urgentHours: whole,
});

type Page = 'pitches' | 'leisureCentres' | 'allotments';
const PAGES: Readonly<Record<string, Page>> = { pitch: 'pitches', centre: 'leisureCentres', allotment: 'allotments' };

/** What another page answers: its link, or the general one where that has expired. */
export function pageFor(want: string, asked: string, { settings }: Pick<RuleContext, 'settings'>): Finding {
  const page = PAGES[asked];
  if (want !== asked || page === undefined) return false;
  return { link: content.of(settings)[page] ?? settings.links['parks-leisure'] ?? settings.council.website };
}

/** The opening hours of the park that was named, else of all that are listed. */
export function openingHours(
  want: string,
  place: Place | undefined,
  { settings, language }: Pick<RuleContext, 'settings' | 'language'>,
): Finding {
  if (want !== 'hours') return false;
  const parks = content.of(settings).parks ?? [];
  const said = (place?.line ?? '').toLowerCase();
  const named = parks.filter(({ name }) => said.includes(name.toLowerCase()));
  const hours = (named.length > 0 ? named : parks).map(
    ({ name, hours }): Param => `${name} (${inLanguage(hours, language)})`,
  );
  const page = settings.links['parks-leisure'] ?? settings.council.website;
  return { hours: hours.length > 0 ? { list: hours } : 'none', link: page };
}

export function aimOf(unsafe: string | undefined, { now, settings }: Context): Aim {
  const { urgentHours, repairWorkingDays } = content.of(settings);
  return aimFor(unsafe === 'yes', { hours: urgentHours, workingDays: repairWorkingDays }, now);
}
