import { addDays, localDate } from '../src/conversation/calendar';
import type { Params } from '../src/conversation/ports';
import type { Finding } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { type Aim, aimFor, type Context, toldAim } from './street.rules';

export type Kind = 'carriageway' | 'pavement' | 'kerb' | 'cycleway' | 'cover';
export type Danger = 'no' | 'cyclists' | 'walkers' | 'traffic';

/** A cover belongs to the company whose name is on it; a dangerous one is made safe first and discussed later. */
export function utilityCover(kind: Kind | undefined, danger: Danger, settings: Settings): Finding {
  return kind === 'cover' && danger === 'no' && { link: settings.links['report-leak'] ?? 'none' };
}

/** A dangerous hole is looked at within hours, any other within working days. */
export function aimOf(danger: Danger, { now, settings }: Context): Aim {
  const { potholeInspectWorkingDays, potholeDangerHours } = settings.windows;
  return aimFor(danger !== 'no', { hours: potholeDangerHours, workingDays: potholeInspectWorkingDays }, now);
}

/** Targets, told as aims: the look at it, and the repair some days after that. Where either has expired no repair day is told. */
export function told(danger: Danger, context: Context): Params {
  const { windows, links } = context.settings;
  const aim = aimOf(danger, context);
  const days = windows.potholeRepairDays;
  const repairBy =
    aim.dueAt === undefined || days === undefined ? 'none' : { date: addDays(localDate(aim.dueAt), days) };
  return { ...toldAim(aim), repairBy, repairDays: days ?? 0, claims: links.claims ?? 'none' };
}
