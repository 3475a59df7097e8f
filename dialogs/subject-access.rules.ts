import { z } from 'zod';
import { addDays, addMonths, daysBetween, localDate, momentOf } from '../src/conversation/calendar';
import { dueDate } from '../src/conversation/clocks';
import type { EpochMs, IsoDate, Json, Params } from '../src/conversation/ports';
import { type Contact, type Finding, type RuleContext, serviceContent } from '../src/conversation/service';

type Context = Pick<RuleContext, 'now' | 'settings'>;

/** How long the cameras' recordings are kept. */
export const content = serviceContent('subject-access', { cctvKeptDays: z.number().int().positive() });

export const STEPS = ['new', 'late'] as const;
export type Step = (typeof STEPS)[number];

/**
 * One calendar month, and where its last day is no working day, the next one (UK GDPR, art. 12(3)): the due date, whether a weekend or
 * holiday moved it, and the last day of a complex request, two months later.
 */
export function told(
  { step = 'new', since }: { readonly step?: Step | undefined; readonly since?: IsoDate | undefined },
  context: Context,
): Params {
  const { links, council } = context.settings;
  const from = step === 'late' && since ? since : localDate(context.now);
  const due = dueDate('sarAnswer', from);
  return {
    from: { date: from },
    due: { date: due },
    moved: due === addMonths(from, 1) ? 'no' : 'yes',
    atMost: { date: dueDate('sarAnswerAtMost', from) },
    link: links['subject-access'] ?? council.website,
    commissioner: links['information-commissioner'] ?? 'none',
    privacy: links.privacy ?? council.website,
  };
}

/** The month is not over yet. */
export const isEarly = (step: Step, since: IsoDate | undefined, { now }: Context): boolean =>
  step === 'late' && since !== undefined && localDate(now) <= dueDate('sarAnswer', since);

/** Older than recordings are kept; once the setting has expired nobody is told so. */
export function isGone(seen: IsoDate | undefined, context: Context): Finding {
  const days = content.of(context.settings).cctvKeptDays;
  if (seen === undefined || days === undefined) return false;
  return daysBetween(seen, localDate(context.now)) > days && { days };
}

export const answerBy = (now: EpochMs): EpochMs => momentOf(dueDate('sarAnswer', localDate(now)), '23:59');

/** The morning after the last day the resident is asked whether the answer came. */
export function afterwards(step: Step, name: string, contact: Contact, now: EpochMs) {
  if (step === 'late') return undefined;
  const today = localDate(now);
  const answers: { readonly [slot: string]: Json } = { step: 'late', since: today, name, contact: { ...contact } };
  return { at: momentOf(addDays(dueDate('sarAnswer', today), 1), '09:00'), answers, reference: 'earlier' } as const;
}
