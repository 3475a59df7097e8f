import { choice, date, defineService, pattern } from '../src/conversation/service';
import * as rules from './parking-fine.rules';

export default defineService({
  id: 'parking-fine',
  letters: 'PF',
  slots: {
    letter: choice('pcn', 'owner', 'certificate', 'order', 'agents').default('pcn'),
    want: choice('dates', 'challenge', 'pay').maybe(),
    pcn: pattern(rules.PCN, undefined, 'pcn').optional(),
    how: choice('vehicle', 'camera', 'away', 'traffic').maybe(),
    served: date({ when: 'past' }).maybe(),
  },
  askIf: {
    want: ({ letter }) => letter === 'pcn',
    pcn: ({ letter }) => letter === 'pcn',
    how: ({ letter }) => letter === 'pcn',
    served: ({ letter }) => letter === 'pcn' || letter === 'owner',
  },
  params: ({ how, served }, context) => ({
    ...rules.pages(context),
    ...rules.clockOf(how, served, context),
    ...rules.representationsUntil(served),
  }),
  summary: false,
  contact: 'no',
  endings: ['dates', 'challenge', 'pay', 'owner', 'certificate', 'order', 'agents'],
  submit: ({ letter, want }) => ({ ending: rules.endingOf(letter, want), offers: ['person'] }),
});
