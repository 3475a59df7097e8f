import { addDays, addMonths, bankHolidaysBetween, localDate, momentOf } from '../src/conversation/calendar';
import { complaintDates, complaintReviewDates, holidaysTold } from '../src/conversation/clocks';
import type { EpochMs, IsoDate, Json, Params } from '../src/conversation/ports';
import type { Contact, Finding, RuleContext } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';

export * from './complaint.words.rules';

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

/** `ombudsman`: both stages are over. */
export const STAGES = ['first', 'review', 'ombudsman'] as const;
export type Stage = (typeof STAGES)[number];

/** Faults that have a form of their own. */
export const FAULTS = [
  'none',
  'missed-bin',
  'pothole',
  'street-light',
  'graffiti',
  'fly-tipping',
  'street-cleaning',
  'abandoned-vehicle',
  'illegal-parking',
] as const;

export const NEEDS = ['nothing', 'deaf', 'print', 'interpreter', 'other'] as const;

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

/** Who looks at the answer of such a route afterwards, where an ombudsman does. */
const AFTER = {
  care: 'ombudsman',
  school: 'ombudsman',
  data: 'information-commissioner',
} as const satisfies Partial<Record<Matter, keyof Settings['links']>>;

const isRouted = (about: Matter): about is keyof typeof ROUTES => about in ROUTES;
const hasOmbudsman = (about: Matter): about is keyof typeof AFTER => about in AFTER;

export function otherRoute(about: Matter, { links, council }: Settings): Finding {
  if (!isRouted(about)) return false;
  const after = hasOmbudsman(about) ? links[AFTER[about]] : undefined;
  return { about, link: links[ROUTES[about]] ?? council.website, after: after ?? 'none' };
}

/** Older than the settings' months: accepted with a reason. An expired setting refuses nobody. */
export function isLate(happened: IsoDate | undefined, { now, settings }: Context): boolean {
  const months = settings.windows.complaintMonths;
  return happened !== undefined && months !== undefined && happened < addMonths(localDate(now), -months);
}

/** An answer that was never had, while there is still time for it: told, and the next step stays open. */
export function notYetDue(complained: IsoDate | undefined, { now }: Context): Finding {
  if (complained === undefined) return false;
  const { stage1 } = complaintDates(complained);
  if (localDate(now) > stage1) return false;
  return { due: { date: stage1 }, from: { date: complained }, holidays: leftOut(complained, stage1) };
}

const leftOut = (from: IsoDate, to: IsoDate) => holidaysTold(bankHolidaysBetween(from, to, 'general'));

/** The latest days of each step, for what arrives today, and the weekdays that do not count. */
export function datesTold(stage: Stage, { now, settings: { links, council } }: Context): Params {
  const today = localDate(now);
  const first = complaintDates(today);
  const second = complaintReviewDates(today);
  const [answered, atMost] =
    stage === 'first' ? [first.stage1, first.stage1AtMost] : [second.stage2, second.stage2AtMost];
  return {
    acknowledged: { date: first.acknowledged },
    answered: { date: answered },
    atMost: { date: atMost },
    holidays: leftOut(today, atMost),
    ombudsman: links.ombudsman ?? 'none',
    adjustments: links.adjustments ?? 'none',
    privacy: links.privacy ?? council.website,
  };
}

/** When the acknowledgement falls due: the first step that somebody could miss. */
export const acknowledgeBy = (now: EpochMs): EpochMs => momentOf(complaintDates(localDate(now)).acknowledged, '23:59');

interface Told {
  readonly reply: Contact | undefined;
  readonly name: string | undefined;
  readonly needs: string | undefined;
}

/** The morning after the answer is due the next stage is offered, with no reason asked; nobody can answer who is not known. */
export function nextStep(stage: Stage, told: Told, now: EpochMs) {
  if (told.reply === undefined || stage === 'ombudsman') return undefined;
  const today = localDate(now);
  const due = stage === 'first' ? complaintDates(today).stage1 : complaintReviewDates(today).stage2;
  const { name, needs } = told;
  const reply = { ...told.reply };
  const next: { readonly [slot: string]: Json } =
    stage === 'first' ? { stage: 'review', hadAnswer: false, complained: today } : { stage: 'ombudsman' };
  const known = { ...(needs !== undefined && { needs }), ...(name !== undefined && { name }) };
  const answers = { ...next, reply, ...known };
  return { at: momentOf(addDays(due, 1), '09:00'), answers, reference: 'matter' } as const;
}
