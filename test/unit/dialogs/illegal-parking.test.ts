import * as rules from '../../../dialogs/illegal-parking.rules';
import type { CaseSummary } from '../../../src/conversation/ports';
import type { Place } from '../../../src/conversation/service';
import { at, moment } from './fixtures';

const NOW = moment('2026-11-24T12:00:00Z');
const place: Place = {
  line: '12 Sample Road',
  words: '',
  street: { id: 's1', name: 'Sample Road', locality: 'WB1', owner: { kind: 'council' } },
  number: '12',
  position: { lat: 51.4, lon: -0.2 },
};
const vehicle = { place, parkedOn: 'pavement', plate: undefined } as const;

describe('one report of a vehicle a day', () => {
  test.each([
    [
      'by plate, wherever it stands',
      { ...vehicle, plate: 'AB12CDE' },
      { ...vehicle, plate: 'AB12CDE', place: { ...place, number: '14' } },
      true,
    ],
    ['another plate', { ...vehicle, plate: 'AB12CDE' }, { ...vehicle, plate: 'CD34EFG' }, false],
    ['the same spot', vehicle, vehicle, true],
    ['the house beside', vehicle, { ...vehicle, place: { ...place, number: '14' } }, false],
    ['parked in another way', vehicle, { ...vehicle, parkedOn: 'yellow' as const }, false],
  ])('%s', (_what, one, two, same) => {
    expect(rules.reportKey(one, NOW).join() === rules.reportKey(two, NOW).join()).toBe(same);
  });
  test('the next day is another report', () => {
    expect(rules.reportKey(vehicle, NOW)).not.toEqual(rules.reportKey(vehicle, NOW + 86_400_000));
  });
});

describe('reported today already', () => {
  const { settings } = at('2026-11-24T12:00:00Z');
  const report = (more: Partial<CaseSummary> = {}) => ({
    reference: 'PK-1',
    service: 'illegal-parking',
    status: 'open' as const,
    openedAt: NOW,
    followers: 0,
    metres: 5,
    answers: { parkedOn: 'pavement' },
    ...more,
  });
  const cases = (near: readonly ReturnType<typeof report>[], byKey?: CaseSummary) => ({
    openWithKey: async (key: string) => (key.startsWith('illegal-parking|') ? byKey : undefined),
    openNear: async (_service: string, _position: unknown, metres: number) =>
      near.filter((each) => each.metres <= metres),
  });
  test.each([
    ['the same way, near', vehicle, report(), 'PK-1'],
    ['yesterday', vehicle, report({ openedAt: NOW - 86_400_000 }), undefined],
    ['another way', vehicle, report({ answers: { parkedOn: 'yellow' } }), undefined],
    ['too far', vehicle, { ...report(), metres: 31 }, undefined],
    ['mine has a plate, so it is known to be another', { ...vehicle, plate: 'AB12CDE' }, report(), undefined],
    ['no position', { ...vehicle, place: { line: 'x', words: '' } }, report(), undefined],
  ])('%s', async (_what, mine, other, reference) => {
    expect((await rules.sameToday(mine, cases([other]), settings, NOW))?.reference).toBe(reference);
  });
  test('by its key before anything else', async () => {
    const found = await rules.sameToday(
      { ...vehicle, plate: 'AB12CDE' },
      cases([], report({ reference: 'PK-2' })),
      settings,
      NOW,
    );
    expect(found?.reference).toBe('PK-2');
  });
});

describe('when officers are out', () => {
  test.each([
    ['Tuesday noon', '2026-11-24T12:00:00Z', undefined],
    ['Tuesday 22:00', '2026-11-24T22:00:00Z', '2026-11-25T07:00:00Z'],
    ['Tuesday 06:59', '2026-11-24T06:59:00Z', '2026-11-24T07:00:00Z'],
    ['Saturday night', '2026-11-28T23:00:00Z', '2026-11-29T11:45:00Z'],
    ['Sunday 11:44', '2026-11-29T11:44:00Z', '2026-11-29T11:45:00Z'],
    ['Sunday 16:00', '2026-11-29T16:00:00Z', '2026-11-30T07:00:00Z'],
    ['the hours have expired', '2027-11-29T03:00:00Z', undefined],
  ])('%s', (_what, now, from) => {
    const found = rules.notOut('now', at(now));
    expect(found).toEqual(from === undefined ? false : { from: { moment: moment(from) } });
    expect(rules.notOut('often', at(now))).toBe(false);
    expect(rules.remindAt(at(now))).toBe(moment(from ?? now));
    expect(rules.told(at(now)).from).toEqual(from === undefined ? 'none' : { moment: moment(from) });
  });
  test.each([
    ['now', '2026-11-24T12:00:00Z', 'taken'],
    ['now', '2026-11-24T23:00:00Z', 'later'],
    ['often', '2026-11-24T23:00:00Z', 'patrol'],
  ] as const)('%s at %s: %s', (happens, now, ending) => expect(rules.endingOf(happens, at(now))).toBe(ending));
  test.each([
    ['zigzag', true],
    ['blocking', true],
    ['yellow', true],
    ['kerb', false],
    ['bay', false],
    ['pavement', false],
    ['other', false],
  ] as const)('%s is gone by the morning: %s', (parkedOn, gone) => expect(rules.passes(parkedOn)).toBe(gone));
});
