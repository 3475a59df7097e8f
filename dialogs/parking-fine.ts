import { choice, date, defineService, pattern } from '../src/conversation/service';
import * as rules from './parking-fine.rules';

export default defineService({
  id: 'parking-fine',
  letters: 'PF',
  slots: {
    fineFrom: choice('council', 'company', 'tfl').default('council'),
    letter: choice(...rules.LETTERS).default('pcn'),
    want: choice('dates', 'challenge', 'pay').maybe(),
    pcn: pattern(rules.PCN, undefined, 'pcn').optional(),
    how: choice('vehicle', 'camera', 'away', 'traffic').maybe().optional(),
    served: date({ when: 'past' }).maybe().optional(),
  },
  askIf: {
    want: ({ letter }) => letter === 'pcn',
    pcn: ({ letter }) => letter === 'pcn',
    how: ({ letter }) => letter === 'pcn',
    served: ({ letter }) => letter !== 'agents',
  },
  stopIf: {
    company: { when: ({ fineFrom }) => fineFrom === 'company' && {}, offers: ['change:fineFrom', 'person'] },
    tfl: { when: ({ fineFrom }) => fineFrom === 'tfl' && {}, offers: ['change:fineFrom', 'person'] },
  },
  params: ({ letter, how, served }, context) => ({
    ...rules.pages(context),
    ...rules.clockOf(how, served, context),
    ...rules.replyClock(letter ?? 'pcn', served, context),
  }),
  summary: false,
  contact: 'no',
  endings: rules.ENDINGS,
  submit: ({ letter, want }) => ({ ending: rules.endingOf(letter, want), offers: ['person'] }),
});
