import { localDate } from './calendar';
import { complaintDates, complaintReviewDates, dueDate } from './clocks';
import type { CaseSummary, EpochMs, IsoDate, Json, Param } from './ports';

/** What happens next with a case, and when: by law where there is one, else by what was aimed at when it was opened. */

interface Next {
  readonly due: IsoDate;
  readonly kind: 'answer' | 'work';
}

function nextDue({ service, openedAt, answers, dueAt }: CaseSummary): Next | undefined {
  const opened = localDate(openedAt);
  switch (service) {
    case 'complaint':
      return {
        due: answers.stage === 'review' ? complaintReviewDates(opened).stage2 : complaintDates(opened).stage1,
        kind: 'answer',
      };
    case 'foi-request':
      return { due: dueDate(answers.step === 'review' ? 'foiReview' : 'foiAnswer', opened), kind: 'answer' };
    case 'subject-access':
      return { due: dueDate('sarAnswer', opened), kind: 'answer' };
    default:
      return dueAt === undefined ? undefined : { due: localDate(dueAt), kind: 'work' };
  }
}

/** As it is told: what is due, or what is late. `none` where nothing was promised. */
export function nextOf(status: CaseSummary, now: EpochMs): Param {
  const next = status.status === 'open' ? nextDue(status) : undefined;
  if (!next) return 'none';
  const when = localDate(now) > next.due ? 'late' : 'due';
  return { text: `check-case:next.${next.kind}.${when}`, params: { due: { date: next.due } } };
}

interface LegalStep {
  readonly offer: `service:${string}`;
  readonly carry: { readonly [slot: string]: Json };
}

/** The next step that the law or the code gives, once there is an answer, or the answer is late. */
export function nextStepOf(status: CaseSummary, now: EpochMs): LegalStep | undefined {
  const { service, reference, answers, openedAt } = status;
  const next = nextDue(status);
  const isAnswered = status.status === 'closed';
  const isLate = !isAnswered && next !== undefined && localDate(now) > next.due;
  if (!isAnswered && !isLate) return undefined;
  const asked = localDate(openedAt);
  if (service === 'complaint')
    return { offer: 'service:complaint', carry: complaintStep(reference, answers, isAnswered, asked) };
  if (service === 'foi-request') {
    const step = isAnswered ? { step: 'review' } : { step: 'late', since: asked };
    return { offer: 'service:foi-request', carry: { ...step, earlier: reference } };
  }
  if (service === 'subject-access' && isLate)
    return { offer: 'service:subject-access', carry: { step: 'late', since: asked, earlier: reference } };
  return undefined;
}

function complaintStep(
  matter: string,
  answers: CaseSummary['answers'],
  hadAnswer: boolean,
  complained: IsoDate,
): LegalStep['carry'] {
  if (answers.stage === 'review') return { stage: 'ombudsman', matter };
  return { stage: 'review', matter, hadAnswer, ...(!hadAnswer && { complained }) };
}
