import { choice, contact, date, defineService, text } from '../src/conversation/service';
import * as rules from './subject-access.rules';

export default defineService({
  id: 'subject-access',
  letters: 'SA',
  content: rules.content,
  slots: {
    step: choice(...rules.STEPS).default('new'),
    whose: choice('own', 'child', 'another').maybe(),
    authority: choice('signed', 'court', 'nothing').maybe(),
    held: choice('records', 'call', 'cctv').default('records'),
    wanted: text({ max: 2000 }).maybe(),
    /** On the cameras' recording. */
    seen: date({ when: 'past' }).optional(),
    service: text({ max: 500 }).optional(),
    since: date({ when: 'past' }).optional(),
    earlier: text({ max: 200 }).optional(),
    name: text({ max: 100 }),
    contact: contact(),
  },
  askIf: {
    whose: ({ step }) => step === 'new',
    authority: ({ whose }) => whose === 'another',
    wanted: ({ step }) => step === 'new',
    seen: ({ step, held }) => step === 'new' && held === 'cctv',
    service: ({ step, held }) => step === 'new' && held !== 'cctv',
    since: ({ step }) => step === 'late',
    earlier: ({ step }) => step === 'late',
  },
  rejectIf: {
    wanted: { noWords: ({ wanted }) => !/\p{L}{2}/u.test(wanted ?? '') && {} },
    name: { noName: ({ name }) => (!/\p{L}{2}/u.test(name) || /[@<>]|\d{3}/.test(name)) && {} },
  },
  stopIf: {
    noAuthority: { when: ({ authority }) => authority === 'nothing' && {}, offers: ['change:authority', 'person'] },
    cctvGone: { when: ({ seen }, context) => rules.isGone(seen, context), offers: ['anyway', 'change:seen'] },
    early: {
      when: ({ step, since }, context) => rules.isEarly(step, since, context) && {},
      offers: ['change:since', 'person'],
    },
  },
  params: ({ step, since }, context) => rules.told({ step, since }, context),
  contact: 'no',
  endings: ['sent', 'late'],
  submit: ({ step, whose, held }, { now }) => ({
    ending: step === 'late' ? 'late' : 'sent',
    open: { dueAt: rules.answerBy(now), facts: { step, whose: whose ?? null, held } },
  }),
  followUp: ({ step, name, contact }, { now }) => rules.afterwards(step, name, contact, now),
});
