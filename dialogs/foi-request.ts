import { choice, defineService, text } from '../src/conversation/service';
import * as rules from './foi-request.rules';

export default defineService({
  id: 'foi-request',
  letters: 'FR',
  slots: {
    about: choice('council', 'environment', 'self').default('council'),
    description: text({ max: 4000 }),
    /** A request about the environment needs none (Environmental Information Regulations 2004). */
    name: text({ max: 100 }).maybe(),
    reply: text({ max: 300 }),
  },
  askIf: { name: ({ about }) => about !== 'environment' },
  opening: { slot: 'description', saysEnough: (words) => !rules.isVague(words) },
  rejectIf: {
    description: { vague: { when: ({ description }) => rules.isVague(description) && {}, mayStay: true } },
    reply: { noAddress: ({ reply }) => rules.isNoAddress(reply) && {} },
  },
  stopIf: {
    ownData: {
      when: ({ about }, context) => about === 'self' && rules.ownData(context),
      offers: ['person'],
    },
  },
  params: ({ description }, context) => ({
    ...rules.dueTold(context),
    personal: description !== undefined && rules.hasPersonalData(description) ? 'yes' : 'no',
  }),
  contact: 'no',
  endings: ['foi', 'eir'],
  submit: ({ about }, { now }) => ({
    ending: about === 'environment' ? 'eir' : 'foi',
    open: { dueAt: rules.answerBy(now), facts: { regime: about === 'environment' ? 'EIR' : 'FOI' } },
  }),
  submitOnLeave: ['description', 'name', 'reply'],
});
