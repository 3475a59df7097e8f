import { choice, contact, date, defineService, text, yesNo } from '../src/conversation/service';
import * as rules from './complaint.rules';

export default defineService({
  id: 'complaint',
  letters: 'CP',
  slots: {
    about: choice(...rules.MATTERS).default('service'),
    stage: choice(...rules.STAGES).default('first'),
    fault: choice(...rules.FAULTS).default('none'),
    what: text({ max: 4000 }).maybe(),
    happened: date({ when: 'past' }).optional(),
    lateReason: text({ max: 1000 }).maybe(),
    hadAnswer: yesNo().maybe(),
    complained: date({ when: 'past' }).optional(),
    matter: text({ max: 100, entity: 'reference' }).optional(),
    reason: text({ max: 4000 }).optional(),
    effect: text({ max: 2000 }).optional(),
    remedy: text({ max: 2000 }).optional(),
    behalf: choice('self', 'somebody').optional(),
    needs: choice(...rules.NEEDS).optional(),
    needsMore: text({ max: 500 }).maybe(),
    reply: contact().optional(),
    name: text({ max: 100 }).optional(),
  },
  opening: { slot: 'what', saysEnough: rules.saysWhat },
  askIf: {
    what: ({ stage }) => stage === 'first',
    happened: ({ stage }) => stage === 'first',
    lateReason: ({ happened }, context) => rules.isLate(happened, context),
    hadAnswer: ({ stage }) => stage === 'review',
    complained: ({ hadAnswer }) => hadAnswer === false,
    reason: ({ stage }) => stage === 'review',
    effect: ({ stage }) => stage === 'first',
    remedy: ({ stage }) => stage === 'first',
    behalf: ({ stage }) => stage === 'first',
    needsMore: ({ needs }) => needs === 'other',
    name: ({ reply }) => reply !== undefined,
  },
  rejectIf: { what: { noWords: ({ what }) => !/\p{L}{2}/u.test(what ?? '') && {} } },
  stopIf: {
    otherRoute: {
      when: ({ about, stage }, { settings }) => stage === 'first' && rules.otherRoute(about, settings),
      offers: ['anyway', 'person'],
    },
    ombudsman: { when: ({ stage }) => stage === 'ombudsman' && {}, offers: ['change:stage', 'person'] },
    grave: { when: ({ what = '' }, context) => rules.isGrave(what, context) && {}, offers: ['person', 'anyway'] },
    firstReport: {
      when: ({ stage, fault, what = '' }, context) =>
        stage === 'first' && fault !== 'none' && !rules.blames(what, context) && {},
      offers: ({ fault }) => [`service:${fault}`, 'anyway', 'person'],
    },
    notYetDue: {
      when: ({ complained }, context) => rules.notYetDue(complained, context),
      offers: ['anyway', 'person'],
    },
  },
  params: ({ stage }, context) => rules.datesTold(stage ?? 'first', context),
  contact: 'no',
  endings: ['first', 'review', 'anonymous'],
  submit: ({ about, stage, what = '', needs, reply }, context) => {
    const isGrave = rules.isGrave(what, context);
    return {
      ending: reply === undefined ? 'anonymous' : stage === 'review' ? 'review' : 'first',
      open: { dueAt: rules.acknowledgeBy(context.now), facts: { stage, isGrave, noCalls: needs === 'deaf' } },
      // What somebody did is for a person to hear, and so is anger, if the resident wants that.
      ...((about === 'staff' || isGrave || rules.isAngry(what, context)) && { offers: ['person'] }),
    };
  },
  followUp: ({ stage, reply, name, needs }, { now }) => rules.nextStep(stage, { reply, name, needs }, now),
});
