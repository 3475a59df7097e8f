import { nextOf, nextStepOf } from './caseNext';
import type { CaseSummary, Effect } from './ports';
import { readReference } from './reference';
import { choice, defineService, type Outcome, pattern, photo, text } from './service';

/** A detail given with a case: a postcode, a phone number or an email address. */
const DETAIL = /^(?:[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|\+?\d{9,15}|[^\s@]+@[^\s@]+\.[^\s@]+)$/i;
const compact = (words: string): string => (words.includes('@') ? words.trim() : words.replace(/[\s().-]/g, ''));

type CaseWant = 'status' | 'add' | 'notDone';
type Ending = 'open' | 'closed' | 'unavailable' | 'added' | 'again';

/**
 * What became of a case: the reference and one detail given with it. A reference alone shows nothing, not even that there is such a
 * case. Then something may be added, or what is closed and not done goes back to the desk, or on to the next legal step.
 */
export const checkCase = defineService({
  id: 'check-case',
  letters: 'CC',
  slots: {
    reference: pattern(/^[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}$/, (words) => readReference(words) ?? '', 'reference'),
    detail: pattern(DETAIL, compact).maybe(),
    caseWant: choice('status', 'add', 'notDone').default('status'),
    caseNote: text({ max: 2000 }).maybe(),
    casePhoto: photo().maybe(),
  },
  facts: {
    /** Who writes from the number given with the case has shown the second detail already. */
    own: async ({ reference }, { cases, phone }) => ({
      case: phone === undefined ? undefined : await cases.status(reference, phone),
    }),
    found: async ({ reference, detail }, { cases }) => ({
      case: detail === undefined ? undefined : await cases.status(reference, detail),
    }),
  },
  askIf: {
    detail: ({ own }) => own?.case === undefined,
    caseNote: ({ caseWant }) => caseWant !== 'status',
    casePhoto: ({ caseWant }) => caseWant === 'add',
  },
  rejectIf: {
    detail: { notFound: ({ found }) => found?.case === undefined && {} },
    caseNote: { noWords: ({ caseNote }) => !/[\p{L}\d]{2}/u.test(caseNote ?? '') && {} },
  },
  tries: { detail: 3 },
  summary: false,
  contact: 'no',
  endings: ['open', 'closed', 'unavailable', 'added', 'again'],
  submit: ({ reference, own, found, caseWant, caseNote, casePhoto }, { now }) => {
    const status = own?.case ?? found?.case;
    if (!status) return { ending: 'unavailable', offers: ['person'] };
    return caseWant === 'status' || caseNote === undefined
      ? shownStatus(status, now)
      : noted(status, caseWant, { reference, text: caseNote, ...(casePhoto && { photo: casePhoto }) }, now);
  },
});

const told = (status: CaseSummary) => ({ service: { label: `common:label.${status.service}` } }) as const;

function shownStatus(status: CaseSummary, now: number): Outcome<Ending> {
  const step = nextStepOf(status, now);
  return {
    ending: status.status,
    params: {
      ...told(status),
      since: { moment: status.openedAt },
      note: status.note ?? 'none',
      next: nextOf(status, now),
    },
    offers: [...(step ? [step.offer] : []), 'change:caseWant'],
    ...(step && { carry: step.carry }),
  };
}

function noted(
  status: CaseSummary,
  want: Exclude<CaseWant, 'status'>,
  {
    reference,
    text: words,
    photo: picture,
  }: { readonly reference: string; readonly text: string; readonly photo?: string },
  now: number,
): Outcome<Ending> {
  const effect: Effect = {
    kind: 'note-for-case',
    reference,
    what: want === 'add' ? 'note' : 'not-done',
    text: words,
    ...(picture !== undefined && { photo: picture }),
  };
  if (want === 'add') return { ending: 'added', params: told(status), effects: [effect] };
  const step = nextStepOf(status, now) ?? { offer: 'service:complaint', carry: { matter: reference } };
  return { ending: 'again', params: told(status), effects: [effect], offers: [step.offer], carry: step.carry };
}
