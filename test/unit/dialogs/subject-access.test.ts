import * as rules from '../../../dialogs/subject-access.rules';
import { at, moment } from './fixtures';

const TODAY = '2026-11-24T12:00:00Z';

test.each([
  ['2026-11-24T12:00:00Z', '2026-12-24', 'no', '2027-02-24'],
  ['2026-11-25T12:00:00Z', '2026-12-29', 'yes', '2027-02-25'],
  ['2026-01-31T12:00:00Z', '2026-03-02', 'yes', '2026-04-30'],
])('asked on %s it is due by %s (moved: %s), at most %s', (now, due, moved, atMost) =>
  expect(rules.told({}, at(now))).toMatchObject({ due: { date: due }, moved, atMost: { date: atMost } }),
);

test('where no answer came the month counts from the day it was asked for', () => {
  expect(rules.told({ step: 'late', since: '2026-10-12' }, at(TODAY))).toMatchObject({
    from: { date: '2026-10-12' },
    due: { date: '2026-11-12' },
  });
  expect(rules.told({ step: 'late' }, at(TODAY))).toMatchObject({ from: { date: '2026-11-24' } });
});

test.each([
  ['late', '2026-10-23', '2026-11-23T23:59:00Z', true],
  ['late', '2026-10-23', '2026-11-24T00:00:00Z', false],
  ['late', undefined, TODAY, false],
  ['new', '2026-11-23', TODAY, false],
] as const)('%s, asked on %s: early at %s: %s', (step, since, now, early) =>
  expect(rules.isEarly(step, since, at(now))).toBe(early),
);

test.each([
  ['2026-10-24', false],
  ['2026-10-23', { days: 31 }],
  [undefined, false],
])('a recording of %s is gone: %j', (seen, gone) => expect(rules.isGone(seen, at(TODAY))).toEqual(gone));

test('nothing is gone once the setting has expired', () =>
  expect(rules.isGone('2020-01-01', at('2027-11-24T12:00:00Z'))).toBe(false));

test('the morning after the last day it is asked about, once', () => {
  const contact = { kind: 'email', value: 'jane@example.org' } as const;
  expect(rules.afterwards('new', 'Jane', contact, moment(TODAY))).toEqual({
    at: moment('2026-12-25T09:00:00Z'),
    answers: { step: 'late', since: '2026-11-24', name: 'Jane', contact },
    reference: 'earlier',
  });
  expect(rules.afterwards('late', 'Jane', contact, moment(TODAY))).toBeUndefined();
  expect(rules.answerBy(moment(TODAY))).toBe(moment('2026-12-24T23:59:00Z'));
});
