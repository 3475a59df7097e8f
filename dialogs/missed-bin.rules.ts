import {
  addDays,
  addWorkingDays,
  daysBetween,
  localDate,
  momentOf,
  workingDaysSince,
} from '../src/conversation/calendar';
import type { Address, EpochMs, IsoDate, Params, Round, Stream } from '../src/conversation/ports';
import { type Finding, type Outcome, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { whole } from '../src/conversation/settingValues';
import { evidenceOf, type Problem } from './missed-bin.evidence.rules';
import { placeOf, selectKey } from './waste.rules';

export const content = serviceContent('missed-bin', {
  /** How many of the next collections are watched after the third miss, or any of an assisted collection. */
  watchedCollections: whole,
});

type Context = Pick<RuleContext, 'now' | 'settings' | 'overridden' | 'language'>;

/** A strike or snow makes the records of the rounds no evidence: reports are taken unverified. */
export const isDisrupted = (settings: Settings): boolean =>
  settings.notices.some(({ services }) => services.includes('missed-bin'));

/** Bins are put out on the evening before. */
const isEve = (said: IsoDate, day: IsoDate): boolean => daysBetween(said, day) === 1;

/**
 * The resident names a day on which the records know no collection. "Today" may only be the day on which they write: it stands for
 * the last collection as long as that can be reported; and so does the evening before.
 */
export function otherDay(
  round: Round | undefined,
  said: IsoDate | undefined,
  next: Round | undefined,
  { now, settings }: Context,
): Finding {
  const today = localDate(now);
  if (!round || said === undefined || round.date === said || isDisrupted(settings)) return false;
  const window = settings.windows.missedBinReportWorkingDays ?? 0;
  const isRecent = workingDaysSince(round.date, today) <= window;
  if (isRecent && (said === today || isEve(said, round.date))) return false;
  return {
    said: { date: said },
    nearest: { date: round.date },
    movedNearest: round.movedFrom === said ? 'yes' : 'no',
    next: next ? { date: next.date } : 'none',
  };
}

const isFinished = (round: Round, now: EpochMs): boolean => round.finishedAt !== undefined && round.finishedAt <= now;

/** Whoever made a note at the address will not come again. */
const wasThere = ({ exception }: Round, now: EpochMs): boolean => exception !== undefined && exception.at <= now;

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
  if (round.date !== localDate(now) || isFinished(round, now) || wasThere(round, now) || now >= from) return false;
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
  if (!record || !wasThere(round, now) || problem !== 'missed' || isDisrupted(settings)) return false;
  return {
    code: selectKey(record.code),
    at: { moment: record.at },
    next: next ? { date: next.date } : 'none',
    outBy: settings.times.binsOutBy ?? 'none',
    link: settings.links['new-bin'] ?? settings.council.website,
  };
}

/** What is told in every text: evidence, what the report covers, and what would come of it. */
export function told({ address, round, streams, problem = 'missed', missedDay }: Seen, context: Context): Params {
  const { settings, language } = context;
  const notice = settings.notices.find(({ services }) => services.includes('missed-bin'))?.text;
  const checked = streams !== undefined && !notice;
  const { by } = outcomeOf(round, problem, checked, context);
  return {
    day: round ? { date: round.date } : 'none',
    moved: round?.movedFrom ? { date: round.movedFrom } : 'none',
    said: missedDay && round && isEve(missedDay, round.date) ? { date: missedDay } : 'none',
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
  readonly missedDay?: IsoDate | undefined;
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

interface Reported {
  readonly address: Address;
  readonly problem: Problem;
  readonly collection: 'kerbside' | 'assisted';
  readonly missedDay: IsoDate | undefined;
  readonly round: Round | undefined;
  readonly next: Round | undefined;
  readonly earlier: number | undefined;
}

/** What the report leads to, with all that the rules decided on. */
export function reported(seen: Reported, context: Context & Pick<RuleContext, 'unavailable'>): Outcome<Ending> {
  const { address, problem, collection, round, next, earlier } = seen;
  const verified = !context.unavailable('round') && !isDisrupted(context.settings);
  const { ending, dueAt } = outcomeOf(round, problem, verified, context);
  const more = deservesMore(earlier, collection === 'assisted', context.settings);
  const watched = more ? content.of(context.settings).watchedCollections : undefined;
  return {
    ending,
    params: { next: next ? { date: next.date } : 'none', more: more ? 'yes' : 'no', watched: watched ?? 0 },
    open: {
      place: placeOf(address),
      position: address.position,
      ...(dueAt !== undefined && { dueAt }),
      facts: evidenceOf({ ...seen, verified, watched }, context),
    },
    ...(more && { offers: ['service:complaint'] }),
  };
}

type Ending = 'return' | 'recorded' | 'unverified' | 'putRight';

/** The third miss within the settings' days, or any of an assisted collection: the next step is offered unasked. */
export function deservesMore(earlier: number | undefined, assisted: boolean, settings: Settings): boolean {
  const count = settings.windows.missedBinComplaintCount;
  return assisted || (count !== undefined && (earlier ?? 0) + 1 >= count);
}

/** Since when misses count together. */
export function countedSince(now: EpochMs, settings: Settings): EpochMs {
  return momentOf(addDays(localDate(now), -(settings.windows.missedBinComplaintDays ?? 0)), '00:00');
}
