import * as evidence from '../../../dialogs/missed-bin.evidence.rules';
import * as rules from '../../../dialogs/missed-bin.rules';
import { at, flat, house, moment, round, settingsOn, strike } from './fixtures';

describe('the crew may still come', () => {
  const today = round('2026-11-24');
  test.each([
    ['in the morning', house, today, '2026-11-24T09:00:00Z', true],
    ['a minute before six', house, today, '2026-11-24T17:59:00Z', true],
    ['from six on', house, today, '2026-11-24T18:00:00Z', false],
    ['in summer time', house, round('2026-07-07'), '2026-07-07T17:00:00Z', false],
    ['above a shop until eight', { ...house, kind: 'above-shop' as const }, today, '2026-11-24T18:30:00Z', true],
    ['above a shop from eight on', { ...house, kind: 'above-shop' as const }, today, '2026-11-24T20:00:00Z', false],
    [
      'once logged as finished',
      house,
      round('2026-11-24', { finishedAt: moment('2026-11-24T08:00:00Z') }),
      '2026-11-24T09:00:00Z',
      false,
    ],
    [
      'a log of the future does not count',
      house,
      round('2026-11-24', { finishedAt: moment('2026-11-24T14:00:00Z') }),
      '2026-11-24T09:00:00Z',
      true,
    ],
    ['a round of yesterday', house, round('2026-11-23'), '2026-11-24T09:00:00Z', false],
    ['no round known', house, undefined, '2026-11-24T09:00:00Z', false],
  ])('%s', (_name, address, known, now, stops) => {
    expect(Boolean(rules.notFinished(address, known, 'missed', at(now)))).toBe(stops);
  });

  test('only for what was not emptied, and not in a strike', () => {
    const now = '2026-11-24T09:00:00Z';
    expect(rules.notFinished(house, today, 'spillage', at(now))).toBe(false);
    expect(rules.notFinished(house, today, 'missed', at(now, strike))).toBe(false);
  });

  test('the reminder falls due when reporting opens', () => {
    expect(rules.remindAt(house, today, at('2026-11-24T09:00:00Z'))).toBe(moment('2026-11-24T18:00:00Z'));
  });
});

describe('the window', () => {
  test.each([
    ['the second working day', '2026-11-20', '2026-11-24T22:00:00Z', false],
    ['the third', '2026-11-20', '2026-11-25T00:30:00Z', true],
    ['over a bank holiday', '2026-12-24', '2026-12-30T10:00:00Z', false],
    ['after it', '2026-12-24', '2026-12-31T10:00:00Z', true],
    ['just before midnight in London', '2026-07-01', '2026-07-03T22:30:00Z', false],
    ['just after it, still the day before in Greenwich', '2026-07-02', '2026-07-06T23:30:00Z', true],
  ])('%s', (_name, date, now, stops) => {
    const found = rules.tooLate(round(date), 'missed', round('2027-01-05'), at(now));
    expect(Boolean(found)).toBe(stops);
    if (found) expect(found).toMatchObject({ day: { date }, days: 2, next: { date: '2027-01-05' } });
  });

  test('does not hold for other problems, in a strike, or when the setting has expired', () => {
    const late = round('2026-11-02');
    expect(rules.tooLate(late, 'spillage', undefined, at('2026-11-24T09:00:00Z'))).toBe(false);
    expect(rules.tooLate(late, 'missed', undefined, at('2026-11-24T09:00:00Z', strike))).toBe(false);
    expect(rules.tooLate(late, 'missed', undefined, at('2027-06-24T09:00:00Z'))).toBe(false);
  });
});

describe("the crew's record", () => {
  const recorded = (code: 'not-presented' | 'gate-locked') =>
    round('2026-11-24', { exception: { code, at: moment('2026-11-24T07:42:00Z') } });
  test('is evidence with its time', () => {
    expect(
      rules.crewRecord(recorded('gate-locked'), 'missed', round('2026-12-01'), at('2026-11-24T19:00:00Z')),
    ).toEqual({
      code: 'gate_locked',
      at: { moment: moment('2026-11-24T07:42:00Z') },
      next: { date: '2026-12-01' },
      outBy: '06:00',
      link: 'https://www.wandlebridge.example/bins/containers',
    });
  });
  test.each([
    ['of the future', recorded('not-presented'), 'missed', '2026-11-24T07:00:00Z', {}],
    ['about something else', recorded('not-presented'), 'moved', '2026-11-24T19:00:00Z', {}],
    ['in a strike', recorded('not-presented'), 'missed', '2026-11-24T19:00:00Z', strike],
    ['that is not there', round('2026-11-24'), 'missed', '2026-11-24T19:00:00Z', {}],
  ] as const)('is none %s', (_name, known, problem, now, changes) => {
    expect(rules.crewRecord(known, problem, undefined, at(now, changes))).toBe(false);
  });
});

describe('one report per place, round and problem', () => {
  test('neighbours of a shared store are one place', () => {
    const neighbour = { ...flat, uprn: '3', flat: 'flat 4' };
    expect(evidence.reportKey(flat, 'food', 'missed', round('2026-11-24'))).toEqual(
      evidence.reportKey(neighbour, 'food', 'missed', round('2026-11-24')),
    );
  });
  test.each([
    ['another house', evidence.reportKey({ ...house, uprn: '9' }, 'food', 'missed', round('2026-11-24'))],
    ['another stream', evidence.reportKey(house, 'garden', 'missed', round('2026-11-24'))],
    ['another problem', evidence.reportKey(house, 'food', 'spillage', round('2026-11-24'))],
    ['the next round', evidence.reportKey(house, 'food', 'missed', round('2026-12-01'))],
    ['a round nobody could check', evidence.reportKey(house, 'food', 'missed', null)],
  ])('%s is another report', (_name, key) => {
    expect(key).not.toEqual(evidence.reportKey(house, 'food', 'missed', round('2026-11-24')));
  });
  test('of other problems one may be open at a time', () => {
    expect(evidence.reportKey(house, 'food', 'spillage', round('2026-12-01'))).toEqual(
      evidence.reportKey(house, 'food', 'spillage', null),
    );
  });
});

describe('the promise', () => {
  const now = '2026-11-24T19:00:00Z';
  test.each([
    ['missed', true, [], 'return', '2026-11-26'],
    ['moved', true, [], 'putRight', '2026-11-26'],
    ['missed', true, ['tooLate'], 'recorded', undefined],
    ['missed', false, [], 'unverified', undefined],
  ] as const)('%s, checked %s, overridden %p: %s by %s', (problem, verified, overridden, ending, by) => {
    expect(rules.outcomeOf(round('2026-11-24'), problem, verified, at(now, {}, overridden))).toMatchObject({
      ending,
      by,
    });
  });
  test('no day is told once the setting has expired', () => {
    expect(rules.outcomeOf(round('2027-06-22'), 'missed', true, at('2027-06-22T19:00:00Z'))).toEqual({
      ending: 'return',
      by: undefined,
      dueAt: undefined,
    });
  });
});

test.each([
  [0, false, false],
  [1, false, false],
  [2, false, true],
  [undefined, false, false],
  [0, true, true],
])('%s earlier misses, assisted %s: more is offered %s', (earlier, assisted, more) => {
  expect(rules.deservesMore(earlier, assisted, settingsOn('2026-11-24'))).toBe(more);
});

test('a quarter is counted from its first day in London', () => {
  expect(rules.countedSince(moment('2026-11-24T12:00:00Z'), settingsOn('2026-11-24'))).toBe(
    moment('2026-08-24T23:00:00Z'),
  );
});

test('what is told names the notice in the language of the resident', () => {
  const context = at('2026-11-24T12:00:00Z', strike);
  expect(rules.told({ streams: ['food'] }, context)).toMatchObject({ checked: 'no', notice: 'There is a strike.' });
  expect(rules.told({}, { ...context, language: 'pl' })).toMatchObject({ notice: 'Trwa strajk.' });
  expect(rules.told({}, { ...context, language: 'ur' })).toMatchObject({ notice: 'There is a strike.' });
  expect(rules.told({ address: flat, streams: ['food'] }, at('2026-11-24T12:00:00Z'))).toMatchObject({
    checked: 'yes',
    notice: 'none',
    block: 'yes',
  });
});
