import { withAsks } from '../../../src/conversation/asks';
import type { Form, Known } from '../../../src/conversation/form';
import { address, date, defineService, number, photo, text, yesNo } from '../../../src/conversation/service';

const service = defineService({
  id: 'pothole',
  letters: 'PH',
  slots: {
    home: address(),
    seen: date({ when: 'past' }),
    visit: date({ when: 'future' }).optional(),
    day: date({ when: 'any' }),
    picture: photo(),
    again: yesNo(),
    count: number({ min: 1, max: 6 }),
    story: text({ max: 500 }),
  },
  endings: ['standard'],
  submit: () => ({ ending: 'standard' }),
});
/** Shortly after midnight in London's summer, when the day in UTC is still the one before. */
const known = { now: Date.parse('2026-07-01T23:30:00Z') } as Known;
const at = (phase: Form['phase']) =>
  withAsks(service, { phase } as Form, [{ text: 'common:understood' }, { text: 'common:again.date' }], known);
const asked = (slot: string) => at({ at: 'asking', slot }).map(({ asks }) => asks);

test.each([
  ['home', { kind: 'address' }],
  ['seen', { kind: 'date', max: '2026-07-02' }],
  ['visit', { kind: 'date', min: '2026-07-02', optional: true }],
  ['day', { kind: 'date' }],
  ['picture', { kind: 'photo', optional: true }],
  ['again', { kind: 'yes-no' }],
  ['count', { kind: 'number', min: 1, max: 6 }],
  ['story', { kind: 'text', max: 500 }],
])('the last message of a question for %s says so', (slot, asks) => {
  expect(asked(slot)).toEqual([undefined, asks]);
});

test('what is no question for an answer asks nothing', () => {
  expect(at({ at: 'summary' }).map(({ asks }) => asks)).toEqual([undefined, undefined]);
  expect(withAsks(service, { phase: { at: 'asking', slot: 'home' } } as Form, [], known)).toEqual([]);
});
