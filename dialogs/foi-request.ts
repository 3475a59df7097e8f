import { choice, date, defineService, pick, text } from '../src/conversation/service';
import * as rules from './foi-request.rules';

export default defineService({
  id: 'foi-request',
  letters: 'FR',
  slots: {
    step: choice(...rules.STEPS).default('new'),
    regime: choice('foi', 'eir', 'self').default('foi'),
    description: text({ max: 4000 }).maybe(),
    published: pick().maybe(),
    personal: choice('keep', 'rewrite').maybe(),
    /** `late`: the day it was sent; `review`: the day of the answer. */
    since: date({ when: 'past' }).optional().maybe(),
    earlier: text({ max: 200 }).maybe(),
    more: text({ max: 4000 }).maybe(),
    /** A request about the environment needs none (Environmental Information Regulations 2004). */
    name: text({ max: 100 }).maybe(),
    reply: text({ max: 300 }),
  },
  facts: {
    answers: ({ step, description }, { disclosures }) =>
      step === 'new' && description ? disclosures.search(description, 3) : [],
  },
  opening: { slot: 'description', saysEnough: (words, context) => !rules.isVague(words, context) },
  askIf: {
    description: ({ step }) => step === 'new',
    published: ({ step }) => step === 'new',
    personal: ({ description = '' }, context) => rules.personalIn(description, context).length > 0,
    since: ({ step }) => step === 'late' || step === 'review',
    earlier: ({ step }) => step !== 'new',
    more: ({ step }) => step === 'review' || step === 'clarify',
    name: ({ step, regime }) => step === 'new' && regime !== 'eir',
  },
  options: { published: ({ answers }, { channel }) => rules.optionsOf(answers, channel) },
  rejectIf: {
    description: {
      vague: { when: ({ description = '' }, context) => rules.isVague(description, context) && {}, mayStay: true },
      personal: {
        when: ({ description = '', personal }, context) =>
          personal === 'rewrite' && rules.personalIn(description, context).length > 0 && {},
        mayStay: true,
      },
    },
    name: { noName: ({ name }) => rules.isNoName(name ?? '') && {} },
    reply: { noAddress: ({ reply }) => rules.isNoAddress(reply) && {} },
  },
  stopIf: {
    ownData: {
      when: ({ step, regime }, context) => step === 'new' && regime === 'self' && rules.ownData(context),
      offers: ['service:subject-access', 'person'],
    },
    published: {
      when: ({ answers, published }) => rules.enough(answers, published),
      offers: ['anyway', 'person'],
    },
    early: {
      when: ({ step, since }, context) => rules.isEarly(step, since, context) && {},
      offers: ['change:since', 'person'],
    },
    reviewLate: {
      when: ({ step, since }, context) => rules.askedTooLate(step, since, context),
      offers: ['anyway', 'person'],
    },
  },
  params: ({ step, since, description, answers }, context) => ({
    ...rules.told({ step, since, published: answers }, context),
    details: rules.personalTold(description ?? '', context),
  }),
  contact: 'no',
  endings: ['foi', 'eir', 'late', 'review', 'clarify'],
  submit: ({ step, regime }, { now }) => rules.outcome(step, regime, now),
  followUp: ({ step, regime, reply }, { now }) => rules.afterwards(step, { regime, reply }, now),
  submitOnLeave: ['description', 'name', 'reply'],
});
