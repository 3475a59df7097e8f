import * as rules from '../../../dialogs/pothole.rules';
import type { Cases } from '../../../src/conversation/ports';
import type { Place } from '../../../src/conversation/service';
import { at, moment, settingsOn } from './fixtures';

const street = { id: 's1', name: 'Sample Road', locality: 'WB1', owner: { kind: 'council' } } as const;
const place: Place = {
  line: '12 Sample Road',
  words: 'outside 12',
  street,
  number: '12',
  position: { lat: 51.4, lon: -0.2 },
};
const report = (reference: string, metres: number, streetId: string, openedAt = moment('2026-11-20T12:00:00Z')) => ({
  reference,
  service: 'pothole',
  status: 'open' as const,
  openedAt,
  followers: 0,
  metres,
  answers: { kind: 'kerb', place: { line: `${metres} Some Street`, street: { id: streetId } } },
});
const casesNear = (near: readonly ReturnType<typeof report>[], asked: number[] = []): Cases => ({
  openWithKey: async () => undefined,
  countAt: async () => 0,
  countOpen: async () => 0,
  isOpen: async () => true,
  status: async () => undefined,
  openNear: async (_service, _position, metres) => {
    asked.push(metres);
    return near;
  },
});

describe('reports near', () => {
  test('come from the same street first, then by distance', async () => {
    const near = [report('A', 20, 's2'), report('B', 90, 's1'), report('C', 200, 's2')];
    const asked: number[] = [];
    const found = await rules.reportsNear(place, casesNear(near, asked), settingsOn('2026-11-24'));
    expect(found.map(({ reference }) => reference)).toEqual(['B', 'A', 'C']);
    expect(asked).toEqual([250]);
  });
  test('are none without a position or a distance that holds', async () => {
    const { position: _, ...nowhere } = place;
    expect(await rules.reportsNear(nowhere, casesNear([report('A', 1, 's1')]), settingsOn('2026-11-24'))).toEqual([]);
    expect(await rules.reportsNear(place, casesNear([report('A', 1, 's1')]), settingsOn('2027-11-24'))).toEqual([]);
  });
  test('are shown with distance and age', () => {
    expect(
      rules.optionsOf(
        [report('A', 43, 's1'), report('B', 2, 's1', moment('2026-11-24T00:10:00Z'))],
        moment('2026-11-24T09:00:00Z'),
      ),
    ).toEqual([
      { value: 'A', params: { line: '43 Some Street', kind: 'kerb', metres: 40, days: 4 } },
      { value: 'B', params: { line: '2 Some Street', kind: 'kerb', metres: 10, days: 0 } },
    ]);
  });
});

describe('the key of a hole', () => {
  test('two first reports of one spot are one', () => {
    expect(rules.holeKey(place, [])).toEqual(rules.holeKey({ ...place, words: 'other words' }, undefined));
  });
  test('a report after "mine is a different one" is its own', () => {
    expect(rules.holeKey(place, [report('A', 5, 's1')])).not.toEqual(rules.holeKey(place, []));
    expect(rules.holeKey(place, [report('A', 5, 's1', 1), report('B', 5, 's1', 2)])).toEqual(
      rules.holeKey(place, [report('B', 5, 's1', 2)]),
    );
  });
  test.each([
    [place, 's1'],
    [{ line: 'x', words: 'x', position: { lat: 51.40004, lon: -0.19996 } }, '51.4000,-0.2000'],
    [{ line: 'By the Pond', words: 'by the pond' }, 'by the pond'],
  ] as const)('the spot of %p is %s', (where, spot) => expect(rules.spotOf(where)).toBe(spot));
});

test.each([
  [{ kind: 'tfl' }, 'tfl', true],
  [{ kind: 'council' }, 'tfl', false],
  [undefined, 'tfl', false],
  [{ kind: 'park', body: 'Commons Trust' }, 'park', true],
] as const)('owner %p asked for %s: somebody else %s', (owner, kind, stops) => {
  expect(Boolean(rules.notOurs(owner, kind, settingsOn('2026-11-24')))).toBe(stops);
});

test.each([
  ['cover', 'no', true],
  ['cover', 'cyclists', false],
  ['kerb', 'no', false],
  [undefined, 'no', false],
] as const)('%s with danger %s goes to the utility: %s', (kind, danger, stops) => {
  expect(Boolean(rules.utilityCover(kind, danger, settingsOn('2026-11-24')))).toBe(stops);
});

test.each([
  ['no', '2026-11-24T23:00:00Z', false],
  ['walkers', '2026-11-24T23:00:00Z', { phone: '020 7946 0199' }],
  ['walkers', '2026-11-24T10:00:00Z', false],
  ['traffic', '2026-11-28T10:00:00Z', { phone: '020 7946 0199' }],
  ['traffic', '2026-12-25T10:00:00Z', { phone: '020 7946 0199' }],
] as const)('danger %s at %s: the number first %p', (danger, now, finding) => {
  expect(rules.callFirst(danger, at(now))).toEqual(finding);
});

test('aims have their dates, and none once a setting has expired', () => {
  expect(rules.aims('no', at('2026-11-24T10:00:00Z'))).toEqual({
    params: {
      inspectBy: { date: '2026-12-01' },
      safeBy: { moment: moment('2026-11-24T12:00:00Z') },
      repairBy: { date: '2026-12-29' },
      claims: 'https://www.wandlebridge.example/claims',
    },
    dueAt: moment('2026-12-01T23:59:00Z'),
  });
  expect(rules.aims('walkers', at('2026-11-24T10:00:00Z'))).toMatchObject({
    params: { repairBy: { date: '2026-12-22' } },
    dueAt: moment('2026-11-24T12:00:00Z'),
  });
  expect(rules.aims('no', at('2027-11-24T10:00:00Z'))).toEqual({
    params: { inspectBy: 'none', safeBy: 'none', repairBy: 'none', claims: 'none' },
    dueAt: undefined,
  });
});
