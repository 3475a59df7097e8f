import { readReference } from './reference';
import { choice, contact, defineService, pattern, type Service, text } from './service';

/** Services of the assistant itself. They run on the same engine as a council's. */

/** What became of a case: the reference and one detail given with it. A reference alone shows nothing. */
const checkCase = defineService({
  id: 'check-case',
  letters: 'CC',
  slots: {
    reference: pattern(/^[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}$/, (words) => readReference(words) ?? '', 'reference'),
    detail: text({ max: 100 }).maybe(),
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
  askIf: { detail: ({ own }) => own?.case === undefined },
  rejectIf: {
    detail: {
      noDetail: ({ detail }) => !/[\d@]/.test(detail ?? '') && {},
      notFound: ({ found }) => found?.case === undefined && {},
    },
  },
  summary: false,
  contact: 'no',
  endings: ['open', 'closed', 'unavailable'],
  submit: ({ own, found }) => {
    const status = own?.case ?? found?.case;
    if (!status) return { ending: 'unavailable', offers: ['person'] };
    const service = { label: `common:label.${status.service}` } as const;
    return {
      ending: status.status,
      params: { service, since: { moment: status.openedAt }, note: status.note ?? 'none' },
    };
  },
});

/** A message for the desk to answer later, or a call to make. */
const leaveMessage = defineService({
  id: 'leave-message',
  letters: 'LM',
  slots: { how: choice('callback', 'message'), message: text({ max: 2000 }), contact: contact() },
  rejectIf: { contact: { phone: ({ how, contact }) => how === 'callback' && contact.kind !== 'phone' && {} } },
  summary: false,
  contact: 'no',
  endings: ['callback', 'message'],
  submit: ({ how, message, contact }) => ({
    ending: how,
    effects: [{ kind: 'leave-message', ask: message, contact: contact.value, how }],
  }),
});

export const BUILT_IN: readonly Service[] = [checkCase, leaveMessage];
