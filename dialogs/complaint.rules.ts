import { addMonths, localDate, momentOf } from '../src/conversation/calendar';
import { complaintDates, dueDate } from '../src/conversation/clocks';
import type { EpochMs, IsoDate, Params } from '../src/conversation/ports';
import type { Finding, RuleContext } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';

type Context = Pick<RuleContext, 'now' | 'settings'>;

export const MATTERS = [
  'service',
  'staff',
  'fine',
  'court',
  'planning',
  'school',
  'benefit',
  'care',
  'claim',
  'councillor',
  'data',
] as const;
export type Matter = (typeof MATTERS)[number];

/** Matters that a law gives a route of their own (Complaint Handling Code, 2.2 to 2.4), with the page that leads there. */
const ROUTES = {
  fine: 'pcn-challenge',
  court: 'court',
  planning: 'planning-appeal',
  school: 'school-admissions',
  benefit: 'benefit-appeal',
  care: 'social-care-complaint',
  claim: 'insurance',
  councillor: 'councillor-conduct',
  data: 'data-protection',
} as const satisfies Partial<Record<Matter, keyof Settings['links']>>;

const isRouted = (about: Matter): about is keyof typeof ROUTES => about in ROUTES;

export function otherRoute(about: Matter, { links, council }: Settings): Finding {
  if (!isRouted(about)) return false;
  return { about, link: links[ROUTES[about]] ?? council.website, ombudsman: links.ombudsman ?? 'none' };
}

/** Older than the settings' months: accepted with a reason. An expired setting refuses nobody. */
export function isLate(happened: IsoDate | undefined, { now, settings }: Context): boolean {
  const months = settings.windows.complaintMonths;
  return happened !== undefined && months !== undefined && happened < addMonths(localDate(now), -months);
}

const COMPLAINING =
  /\b(complain|complaint|complaints|complaining|skarg\p{L}*|skarż\p{L}*|skarz\p{L}*|reklamacj\p{L}*)\b/giu;

/** "I want to make a complaint" says that there is one, not what it is: more than a few words beside that do. */
export function saysWhat(words: string): boolean {
  const rest = words.replace(COMPLAINING, ' ').trim().split(/\s+/);
  return rest.length >= (rest.length < words.trim().split(/\s+/).length ? 14 : 6);
}

/** The latest days of each step, for a complaint that arrives today. */
export function datesTold(stage: 'first' | 'review', { now, settings }: Context): Params {
  const { acknowledged, stage1, stage1AtMost } = complaintDates(localDate(now));
  return {
    acknowledged: { date: acknowledged },
    answered: { date: stage === 'first' ? stage1 : dueDate('complaintStage2', acknowledged) },
    atMost: { date: stage1AtMost },
    ombudsman: settings.links.ombudsman ?? 'none',
  };
}

/** When the acknowledgement falls due: the first step that somebody could miss. */
export const acknowledgeBy = (now: EpochMs): EpochMs => momentOf(complaintDates(localDate(now)).acknowledged, '23:59');
