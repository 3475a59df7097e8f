import { addDays, localDate, momentOf } from '../src/conversation/calendar';
import { deadline, dueDate } from '../src/conversation/clocks';
import type { Disclosure, EpochMs, IsoDate, Param, Params } from '../src/conversation/ports';
import type { PickOption, RuleContext } from '../src/conversation/service';
import { priceTold } from '../src/conversation/settingValues';

export * from './foi-request.words.rules';

type Context = Pick<RuleContext, 'now' | 'settings'>;

/** What is wanted: a new request; no answer came; the answer is to be looked at again; our question is answered. */
export const STEPS = ['new', 'late', 'review', 'clarify'] as const;
export type Step = (typeof STEPS)[number];

/** How many published answers are offered: on a phone there is room for one. */
const MOST = 3;
export const shownOf = (published: readonly Disclosure[] | undefined, channel: string): readonly Disclosure[] =>
  (published ?? []).slice(0, channel === 'web' ? MOST : 1);

export const optionsOf = (published: readonly Disclosure[], channel: string): readonly PickOption[] =>
  shownOf(published, channel).map(({ reference, title }) => ({ value: reference, params: { title } }));

/** The published answers as they are listed, one below the other; `none` where there are none. */
export function publishedTold(published: readonly Disclosure[]): Param {
  if (published.length === 0) return 'none';
  return {
    lines: published.map(({ title, published: on, link }) => ({
      text: 'foi-request:published.line',
      params: { title, published: { date: on }, link },
    })),
  };
}

/** The published answer that is enough, if one is. */
export function enough(published: readonly Disclosure[], chosen: string | undefined): Params | false {
  const found = published.find(({ reference }) => reference === chosen);
  return found !== undefined && { title: found.title, link: found.link };
}

/** Which clock runs: a review has one of its own; what was clarified counts anew. */
const clockOf = (step: Step) => (step === 'review' ? 'foiReview' : 'foiAnswer');

/** The day on which an answer to something sent on a day is late: the first after the last. */
export const isOverdue = (sent: IsoDate | undefined, { now }: Context): boolean =>
  sent !== undefined && localDate(now) > dueDate('foiAnswer', sent);

/** Still running, for a request sent on that day. */
export const isEarly = (step: Step, sent: IsoDate | undefined, context: Context): boolean =>
  step === 'late' && sent !== undefined && !isOverdue(sent, context);

/** A review is to be asked for within 40 working days of the answer; later it is the council's to grant. */
export function askedTooLate(step: Step, answered: IsoDate | undefined, { now, settings }: Context): Params | false {
  if (step !== 'review' || answered === undefined) return false;
  const last = dueDate('foiReviewAsked', answered);
  return localDate(now) > last && { last: { date: last }, ...linksOf({ now, settings }) };
}

const linksOf = ({ settings: { links, council } }: Context): Params => ({
  commissioner: links['information-commissioner'] ?? 'none',
  privacy: links.privacy ?? council.website,
});

/** The rate at which the limit is counted, in pounds an hour (Fees Regulations 2004, reg. 4(4)). */
const HOURLY = 25;

interface Known {
  readonly step?: Step | undefined;
  readonly since?: IsoDate | undefined;
  readonly description?: string | undefined;
  readonly published?: readonly Disclosure[] | undefined;
}

/** The due date, how it was counted, and the pages to go to. Counted from today, weekend or not, or from the day told. */
export function told(
  { step = 'new', since, published }: Known,
  context: Context & { readonly channel: string },
): Params {
  const from = step === 'late' ? (since ?? localDate(context.now)) : localDate(context.now);
  const limit = context.settings.prices.foiCostLimit;
  return {
    ...deadline(clockOf(step), from),
    answers: publishedTold(shownOf(published, context.channel)),
    ...linksOf(context),
    atMost: { date: dueDate(step === 'review' ? 'foiReviewAtMost' : 'eirAnswerAtMost', from) },
    limit: priceTold(limit),
    hours: limit === undefined ? 'none' : limit / HOURLY,
  };
}

export const answerBy = (step: Step, now: EpochMs): EpochMs =>
  momentOf(dueDate(clockOf(step), localDate(now)), '23:59');

export type Regime = 'foi' | 'eir' | 'self';

/** How the form ends: a case with the day by which the law wants an answer. */
export function outcome(step: Step, regime: Regime, now: EpochMs) {
  const ending = step !== 'new' ? step : regime === 'eir' ? 'eir' : 'foi';
  const facts = { regime: regime === 'eir' ? 'EIR' : 'FOI', step };
  return { ending, open: { dueAt: answerBy(step, now), facts } } as const;
}

/** The morning after the last day the resident is asked whether the answer came; with a yes the next step begins. */
export function afterwards(step: Step, known: { readonly regime: Regime; readonly reply: string }, now: EpochMs) {
  if (step === 'late') return undefined;
  const today = localDate(now);
  const at = momentOf(addDays(dueDate(clockOf(step), today), 1), '09:00');
  return { at, answers: { step: 'late', since: today, ...known }, reference: 'earlier' } as const;
}

/** Own data has its own law, its own clock and a proof of identity. */
export function ownData({ now, settings }: Context): Params {
  return {
    own: { date: dueDate('sarAnswer', localDate(now)) },
    link: settings.links['subject-access'] ?? settings.council.website,
  };
}
