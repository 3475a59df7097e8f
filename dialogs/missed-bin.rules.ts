import { addDays, addWorkingDays, localDate, momentOf, workingDaysSince } from '../src/conversation/calendar';
import {
  type Address,
  type Collections,
  type EpochMs,
  type Params,
  type Round,
  type Stream,
  Unavailable,
} from '../src/conversation/ports';
import type { Finding, RuleContext } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';

export type Problem = 'missed' | 'moved' | 'lid' | 'spillage';
type Context = Pick<RuleContext, 'now' | 'settings' | 'overridden' | 'language'>;

/** Ids as ICU can select on them: its selectors have no hyphens. */
export const selectKey = (id: string): string => id.replaceAll('-', '_');

/** Flats that share bins are one place: a neighbour's report is the same report. */
export const placeOf = (address: Address): string => address.sharedStore ?? address.uprn;

/** A strike or snow makes the records of the rounds no evidence: reports are taken unverified. */
export const isDisrupted = (settings: Settings): boolean =>
  settings.notices.some(({ services }) => services.includes('missed-bin'));

/** The last round; undefined when there was none, null when the rounds system does not answer. */
export async function knownRound(
  collections: Collections,
  address: Address,
  stream: Stream,
  now: EpochMs,
): Promise<Round | undefined | null> {
  try {
    return await collections.lastRound(address.uprn, stream, now);
  } catch (failure) {
    if (failure instanceof Unavailable) return null;
    throw failure;
  }
}

/** What makes a second report the same: the place, what was wrong, and the round that was missed. Of other problems one may be open at a time. */
export function reportKey(
  address: Address,
  stream: Stream,
  problem: Problem,
  round: Round | undefined | null,
): readonly string[] {
  return [placeOf(address), stream, problem, problem === 'missed' ? (round?.date ?? 'unverified') : 'any'];
}

const isFinished = (round: Round, now: EpochMs): boolean => round.finishedAt !== undefined && round.finishedAt <= now;

/** From when on a round of today may be reported though nobody logged it as finished. Sacks above shops are taken in the evening. */
function reportsFrom(address: Address, round: Round, settings: Settings): EpochMs {
  const { aboveShopsTo, missedBinReportsFrom } = settings.times;
  return momentOf(round.date, (address.kind === 'above-shop' ? aboveShopsTo : missedBinReportsFrom) ?? '24:00');
}

/** The crew may still come: the round is of today, not logged as finished, and its time is not over. */
export function notFinished(
  address: Address,
  round: Round | undefined,
  problem: Problem,
  { now, settings }: Context,
): Finding {
  if (!round || problem !== 'missed' || isDisrupted(settings)) return false;
  const from = reportsFrom(address, round, settings);
  if (round.date !== localDate(now) || isFinished(round, now) || now >= from) return false;
  return {
    from: { time: from },
    home: selectKey(address.kind),
    shopsFrom: settings.times.aboveShopsFrom ?? 'none',
    shopsTo: settings.times.aboveShopsTo ?? 'none',
  };
}

export function remindAt(address: Address, round: Round | undefined, { now, settings }: Context): EpochMs {
  return round ? reportsFrom(address, round, settings) : now;
}

/** More than the settings' working days after the day it was really due. Taken all the same, but nobody comes back. */
export function tooLate(
  round: Round | undefined,
  problem: Problem,
  next: Round | undefined,
  { now, settings }: Context,
): Finding {
  const window = settings.windows.missedBinReportWorkingDays;
  if (!round || window === undefined || problem !== 'missed' || isDisrupted(settings)) return false;
  if (workingDaysSince(round.date, localDate(now)) <= window) return false;
  return {
    day: { date: round.date },
    until: { date: addWorkingDays(round.date, window) },
    days: window,
    next: next ? { date: next.date } : 'none',
  };
}

/** What the crew recorded at the address. */
export function crewRecord(
  round: Round | undefined,
  problem: Problem,
  next: Round | undefined,
  { now, settings }: Context,
): Finding {
  const record = round?.exception;
  if (!record || record.at > now || problem !== 'missed' || isDisrupted(settings)) return false;
  return {
    code: selectKey(record.code),
    at: { moment: record.at },
    next: next ? { date: next.date } : 'none',
    outBy: settings.times.binsOutBy ?? 'none',
    link: settings.links['new-bin'] ?? 'none',
  };
}

/** What is told in every text: evidence, what the report covers, and what would come of it. */
export function told({ address, round, streams, problem = 'missed' }: Seen, context: Context): Params {
  const { settings, language } = context;
  const notice = settings.notices.find(({ services }) => services.includes('missed-bin'))?.text;
  const checked = streams !== undefined && !notice;
  const { by } = outcomeOf(round, problem, checked, context);
  return {
    day: round ? { date: round.date } : 'none',
    moved: round?.movedFrom ? { date: round.movedFrom } : 'none',
    by: by ? { date: by } : 'none',
    block: address?.sharedStore ? 'yes' : 'no',
    home: selectKey(address?.kind ?? 'none'),
    checked: checked ? 'yes' : 'no',
    notice: notice?.[language] ?? notice?.en ?? 'none',
    outBy: settings.times.binsOutBy ?? 'none',
    link: settings.links['missed-bin'] ?? settings.council.website,
  };
}

interface Seen {
  readonly address?: Address;
  readonly round?: Round | undefined;
  readonly streams?: readonly Stream[];
  readonly problem?: Problem;
}

/** Which promise can be made, and its dates. `days` undefined: the setting has expired, so no day is told. */
export function outcomeOf(
  round: Round | undefined,
  problem: Problem,
  verified: boolean,
  { now, settings, overridden }: Context,
) {
  const days = settings.windows.missedBinReturnWorkingDays;
  const by = days === undefined ? undefined : addWorkingDays(localDate(now), days);
  const dueAt = by === undefined ? undefined : momentOf(by, '23:59');
  if (!verified || !round) return { ending: 'unverified', by: undefined, dueAt: undefined } as const;
  if (overridden('tooLate')) return { ending: 'recorded', by: undefined, dueAt: undefined } as const;
  return { ending: problem === 'missed' ? 'return' : 'putRight', by, dueAt } as const;
}

/** The third miss within the settings' days, or any of an assisted collection: the next step is offered unasked. */
export function deservesMore(earlier: number | undefined, assisted: boolean, settings: Settings): boolean {
  const count = settings.windows.missedBinComplaintCount;
  return assisted || (count !== undefined && (earlier ?? 0) + 1 >= count);
}

/** Since when misses count together. */
export function countedSince(now: EpochMs, settings: Settings): EpochMs {
  return momentOf(addDays(localDate(now), -(settings.windows.missedBinComplaintDays ?? 0)), '00:00');
}
