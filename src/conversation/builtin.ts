import { checkCase } from './checkCase';
import { choice, contact, defineService, type Service, text } from './service';

/** Services of the assistant itself. They run on the same engine as a council's. */

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
