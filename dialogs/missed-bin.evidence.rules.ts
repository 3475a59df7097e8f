import { localDate, momentOf } from '../src/conversation/calendar';
import {
  type Address,
  type CaseSummary,
  type Cases,
  type Collections,
  type EpochMs,
  type IsoDate,
  type Json,
  type Round,
  type Stream,
  Unavailable,
} from '../src/conversation/ports';
import { dedupeKeyOf, type RuleContext } from '../src/conversation/service';
import { placeOf } from './waste.rules';

/** What is looked up for a report, and what of it is kept with the case. */

export type Problem = 'missed' | 'moved' | 'lid' | 'spillage';

/**
 * The collection a report is about: the latest one, or the one nearest to the day the resident named. Undefined: there was none.
 * @throws Unavailable
 */
export async function roundMeant(
  collections: Collections,
  { uprn }: Address,
  stream: Stream,
  said: IsoDate | undefined,
  now: EpochMs,
): Promise<Round | undefined> {
  const latest = await collections.lastRound(uprn, stream, now);
  if (said === undefined || !latest || latest.date <= said) return latest;
  const before = await collections.lastRound(uprn, stream, momentOf(said, '12:00'));
  if (!before || before.date === said) return before ?? latest;
  const after = await collections.nextRound(uprn, stream, momentOf(said, '12:00'));
  if (!after || after.date > localDate(now)) return before;
  // A holiday moved it: the day named is its usual one.
  if (after.movedFrom === said) return after;
  return Date.parse(said) - Date.parse(before.date) <= Date.parse(after.date) - Date.parse(said) ? before : after;
}

/** What makes a second report the same: the place, what was wrong, and the round that was missed. Of other problems one may be open at a time. */
export function reportKey(
  address: Address,
  stream: Stream,
  problem: Problem,
  round: Round | undefined | null,
): readonly string[] {
  return [placeOf(address), stream, problem, problem === 'missed' ? (round?.date ?? UNVERIFIED) : 'any'];
}
const UNVERIFIED = 'unverified';

interface Asked {
  readonly address: Address;
  readonly stream: Stream;
  readonly problem: Problem;
  readonly missedDay: IsoDate | undefined;
}
interface Ports {
  readonly cases: Cases;
  readonly collections: Collections;
  readonly now: EpochMs;
}

/**
 * The open report of the same thing, also a neighbour's for a shared store; or one that was taken while the rounds could not be
 * checked, if it came after the collection.
 */
export async function openReport(
  { address, stream, problem, missedDay }: Asked,
  { cases, collections, now }: Ports,
): Promise<CaseSummary | undefined> {
  const round = await knownRound(collections, address, stream, missedDay, now);
  const find = (known: Round | null | undefined) =>
    cases.openWithKey(dedupeKeyOf('missed-bin', ...reportKey(address, stream, problem, known)));
  const same = await find(round);
  if (same || !round || problem !== 'missed') return same;
  const unverified = await find(null);
  return unverified && localDate(unverified.openedAt) >= round.date ? unverified : undefined;
}

/** Null when the rounds system does not answer. */
async function knownRound(
  collections: Collections,
  address: Address,
  stream: Stream,
  said: IsoDate | undefined,
  now: EpochMs,
): Promise<Round | undefined | null> {
  try {
    return await roundMeant(collections, address, stream, said, now);
  } catch (failure) {
    if (failure instanceof Unavailable) return null;
    throw failure;
  }
}

interface Decided {
  readonly round: Round | undefined;
  readonly missedDay: IsoDate | undefined;
  readonly earlier: number | undefined;
  readonly verified: boolean;
  readonly watched: number | undefined;
}

/** Stops that a resident may go past, each with what it was about. */
const OVERRIDDEN = ['noStream', 'otherDay', 'tooLate'] as const;

/** Everything the rules decided on, as it was when they did: what an agent sees beside the report. */
export function evidenceOf(
  { round, missedDay, earlier, verified, watched }: Decided,
  { settings, overridden }: Pick<RuleContext, 'settings' | 'overridden'>,
): { readonly [fact: string]: Json } {
  const notice = settings.notices.find(({ services }) => services.includes('missed-bin'));
  return {
    round: round?.date ?? null,
    movedFrom: round?.movedFrom ?? null,
    finishedAt: round?.finishedAt ?? null,
    exception: round?.exception ? { ...round.exception } : null,
    saidDay: missedDay ?? null,
    verified,
    notice: notice?.kind ?? null,
    reportWithinWorkingDays: settings.windows.missedBinReportWorkingDays ?? null,
    wentOnAfter: OVERRIDDEN.filter((stop) => overridden(stop)),
    earlierReports: earlier ?? null,
    watchNext: watched ?? null,
  };
}
