import { z } from 'zod';
import { addDays, addMonths, addWorkingDays, localDate, momentOf } from '../src/conversation/calendar';
import type { EpochMs, IsoDate, Param, Params } from '../src/conversation/ports';
import { type Finding, type Outcome, type Place, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { link, text, whole } from '../src/conversation/settingValues';

export const NEEDS = ['find', 'comment', 'permission', 'control', 'enforcement', 'tree', 'appeal'] as const;
export type Need = (typeof NEEDS)[number];
export type Ending = Exclude<Need, 'enforcement'> | 'late' | 'enforcement' | 'anonymous';

/** Any council's form: a year, a letter or two perhaps, a number, perhaps what kind. Which of them is ours stands in the settings. */
export const REFERENCE = /^\d{2,4}\/[A-Z]{0,3}\/?\d{3,6}(?:\/[A-Z]{1,5})?$/;
export const asReference = (words: string): string =>
  words
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/[.,;!?]+$/, '');

/** An address with a place for what was looked for. */
const template = (name: string) =>
  z.string().refine((value) => value.startsWith('https://') && value.includes(`{${name}}`), {
    message: `must be an https address with {${name}} in it`,
  });

const isPattern = (value: string): boolean => {
  try {
    return new RegExp(value).source.length > 0;
  } catch {
    return false;
  }
};

export const content = serviceContent('planning', {
  /** A regular expression for the whole reference, in capitals and without spaces. */
  referencePattern: text.refine(isPattern, { message: 'must be a regular expression' }),
  referenceExample: text,
  statusLink: template('reference'),
  searchLink: template('place'),
  commentPage: link,
  /** Days to comment; the day of the notice is the first. */
  commentDays: whole,
  permissionPage: link,
  adviceBeforePage: link,
  controlPage: link,
  treePage: link,
  treeNoticeWeeks: whole,
  appealWeeksHouse: whole,
  appealMonths: whole,
  enforcementVisitWorkingDays: whole,
});

type Context = Pick<RuleContext, 'now' | 'settings'>;

/** A reference of another council, or with a slip. Out of date: any form will do. */
export function isOther(application: string | undefined, settings: Settings): Finding {
  const { referencePattern, referenceExample } = content.of(settings);
  if (application === undefined || referencePattern === undefined) return false;
  return !new RegExp(`^(?:${referencePattern})$`).test(application) && { example: referenceExample ?? 'none' };
}

const OLD_MONTHS = 6;

/** Nobody answers to so old a notice: another day is meant. */
export const isOld = (notice: IsoDate | undefined, now: EpochMs): Finding =>
  notice !== undefined && addMonths(notice, OLD_MONTHS) < localDate(now) && { notice: { date: notice } };

/** "my neighbour is building without permission" says that something is built, not what. */
export const saysWhat = (words: string): boolean => words.trim().split(/\s+/).length >= 9;

/**
 * The last day to comment: so many days of which the notice's own is the first (Town and Country Planning (Development Management
 * Procedure) (England) Order 2015, art. 33). Bank holidays may lengthen it; the earlier day is told.
 */
export function commentBy(notice: IsoDate | undefined, settings: Settings): IsoDate | undefined {
  const { commentDays } = content.of(settings);
  return notice === undefined || commentDays === undefined ? undefined : addDays(notice, commentDays - 1);
}

/** Appeals are counted from the date of the decision, and the last day is one before the same day (the earlier reading). */
function appealBy(decided: IsoDate | undefined, settings: Settings): Params {
  const { appealWeeksHouse, appealMonths } = content.of(settings);
  const isTold = decided !== undefined && appealWeeksHouse !== undefined && appealMonths !== undefined;
  return {
    weeks: appealWeeksHouse ?? 'none',
    months: appealMonths ?? 'none',
    houseBy: isTold ? { date: addDays(decided, appealWeeksHouse * 7 - 1) } : 'none',
    otherBy: isTold ? { date: addDays(addMonths(decided, appealMonths), -1) } : 'none',
  };
}

export interface Known {
  readonly planningNeed?: Need | undefined;
  readonly application?: string | undefined;
  readonly noticeDate?: IsoDate | undefined;
  readonly decisionDate?: IsoDate | undefined;
  readonly planningPlace?: Place | undefined;
  readonly breachContact?: unknown;
}

export function told(
  { application, planningPlace, noticeDate, decisionDate }: Known,
  { settings, now }: Context,
): Params {
  const own = content.of(settings);
  const page = settings.links.planning ?? settings.council.website;
  const by = commentBy(noticeDate, settings);
  const visit = visitBy(now, settings);
  return {
    example: own.referenceExample ?? 'none',
    status: statusPage(application, planningPlace, settings) ?? page,
    isFound: application === undefined ? 'no' : 'yes',
    commentPage:
      application === undefined
        ? (own.commentPage ?? page)
        : (statusPage(application, planningPlace, settings) ?? page),
    days: own.commentDays ?? 'none',
    commentBy: dated(by),
    permissionPage: own.permissionPage ?? page,
    adviceBeforePage: own.adviceBeforePage ?? 'none',
    controlPage: own.controlPage ?? page,
    treePage: own.treePage ?? page,
    treeWeeks: own.treeNoticeWeeks ?? 'none',
    appealPage: settings.links['planning-appeal'] ?? page,
    ...appealBy(decisionDate, settings),
    visitDays: own.enforcementVisitWorkingDays ?? 'none',
    visitBy: dated(visit),
    phone: settings.council.phone ?? 'none',
    privacy: settings.links.privacy ?? settings.council.website,
  };
}

const dated = (date: IsoDate | undefined): Param => (date === undefined ? 'none' : { date });

/** Where the council shows an application, or those of an address. */
function statusPage(application: string | undefined, place: Place | undefined, settings: Settings): string | undefined {
  const { statusLink, searchLink } = content.of(settings);
  if (application !== undefined) return statusLink?.replace('{reference}', encodeURIComponent(application));
  return place && searchLink?.replace('{place}', encodeURIComponent(place.postcode ?? place.line));
}

function visitBy(now: EpochMs, settings: Settings): IsoDate | undefined {
  const days = content.of(settings).enforcementVisitWorkingDays;
  return days === undefined ? undefined : addWorkingDays(localDate(now), days);
}

export function outcomeOf(known: Known, { settings, now }: Context): Outcome<Ending> {
  const { planningNeed = 'find', noticeDate, planningPlace, breachContact } = known;
  if (planningNeed === 'comment') {
    const by = commentBy(noticeDate, settings);
    return { ending: by !== undefined && by < localDate(now) ? 'late' : 'comment' };
  }
  if (planningNeed !== 'enforcement') return { ending: planningNeed };
  const visit = visitBy(now, settings);
  return {
    ending: breachContact === undefined ? 'anonymous' : 'enforcement',
    open: {
      place: planningPlace?.street?.id ?? planningPlace?.line ?? '',
      ...(planningPlace?.position && { position: planningPlace.position }),
      ...(visit !== undefined && { dueAt: momentOf(visit, '23:59') }),
      facts: { anonymous: breachContact === undefined, roadOwner: planningPlace?.street?.owner.kind ?? null },
    },
  };
}
