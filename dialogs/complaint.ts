import { choice, contact, date, defineService, text } from '../src/conversation/service';
import * as rules from './complaint.rules';

export default defineService({
  id: 'complaint',
  letters: 'CP',
  slots: {
    about: choice(...rules.MATTERS).default('service'),
    stage: choice('first', 'review').default('first'),
    what: text({ max: 4000 }),
    happened: date({ when: 'past' }).optional(),
    lateReason: text({ max: 1000 }).maybe(),
    matter: text({ max: 100 }).optional(),
    effect: text({ max: 2000 }).optional(),
    remedy: text({ max: 2000 }).optional(),
    behalf: choice('self', 'somebody').default('self'),
    needs: text({ max: 500 }).optional(),
    name: text({ max: 100 }).optional(),
    reply: contact().optional(),
  },
  opening: { slot: 'what', saysEnough: rules.saysWhat },
  askIf: {
    lateReason: ({ happened }, context) => rules.isLate(happened, context),
    name: ({ reply }) => reply !== undefined,
  },
  stopIf: {
    otherRoute: {
      when: ({ about }, { settings }) => rules.otherRoute(about, settings),
      offers: ['anyway', 'person'],
    },
  },
  params: ({ stage }, context) => ({
    ...rules.datesTold(stage ?? 'first', context),
    privacy: context.settings.links.privacy ?? context.settings.council.website,
  }),
  contact: 'no',
  endings: ['first', 'review', 'anonymous'],
  submit: ({ about, stage, reply }, { now }) => ({
    ending: reply === undefined ? 'anonymous' : stage,
    open: { dueAt: rules.acknowledgeBy(now), facts: { stage } },
    // What somebody did is for a person to hear, if the resident wants that.
    ...(about === 'staff' && { offers: ['person'] }),
  }),
});
