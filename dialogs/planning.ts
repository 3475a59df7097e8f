import { choiceOf, contact, date, defineService, pattern, place, text } from '../src/conversation/service';
import * as rules from './planning.rules';

const { content } = rules;

export default defineService({
  id: 'planning',
  letters: 'PN',
  content,
  slots: {
    planningNeed: choiceOf(rules.NEEDS, { weak: ['find', 'permission'] }),
    application: pattern(rules.REFERENCE, rules.asReference, 'anywhere').optional(),
    noticeDate: date({ when: 'past' }).optional(),
    decisionDate: date({ when: 'past' }).optional(),
    planningPlace: place().maybe(),
    breachWhat: text({ max: 2000 }).maybe(),
    breachSince: text({ max: 100 }).optional(),
    breachContact: contact().optional(),
  },
  opening: { slot: 'breachWhat', saysEnough: rules.saysWhat },
  askIf: {
    application: ({ planningNeed }) => planningNeed === 'find' || planningNeed === 'comment',
    noticeDate: ({ planningNeed }) => planningNeed === 'comment',
    decisionDate: ({ planningNeed }) => planningNeed === 'appeal',
    planningPlace: ({ planningNeed, application }) =>
      planningNeed === 'enforcement' || (planningNeed === 'find' && application === undefined),
    breachWhat: ({ planningNeed }) => planningNeed === 'enforcement',
    breachSince: ({ planningNeed }) => planningNeed === 'enforcement',
    breachContact: ({ planningNeed }) => planningNeed === 'enforcement',
  },
  rejectIf: {
    application: { notOurs: ({ application }, { settings }) => rules.isOther(application, settings) },
    noticeDate: { old: { when: ({ noticeDate }, { now }) => rules.isOld(noticeDate, now), mayStay: true } },
  },
  params: (known, context) => rules.told(known, context),
  summary: ({ planningNeed }) => planningNeed === 'enforcement',
  contact: 'no',
  endings: ['find', 'comment', 'late', 'permission', 'control', 'tree', 'appeal', 'enforcement', 'anonymous'],
  submit: (known, context) => rules.outcomeOf(known, context),
});
