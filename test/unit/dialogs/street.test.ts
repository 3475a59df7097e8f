import * as street from '../../../dialogs/street.rules';
import type { Cases } from '../../../src/conversation/ports';
import type { Place } from '../../../src/conversation/service';
import { at, moment, settingsOn } from './fixtures';

const road = { id: 's1', name: 'Sample Road', locality: 'WB1', owner: { kind: 'council' } } as const;
const place: Place = {
  line: '12 Sample Road',
  words: 'outside 12',
  street: road,
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
const casesNear = (near: readonly ReturnType<typeof report>[], asked: unknown[] = []): Pick<Cases, 'openNear'> => ({
  openNear: async (...query) => {
    asked.push(query);
    return near;
  },
});
const near = (where: Place | undefined, found: readonly ReturnType<typeof report>[], today = '2026-11-24') =>
  street.reportsNear('pothole', where, casesNear(found), settingsOn(today));

describe('reports near', () => {
  test('come from the same street first, then by distance', async () => {
    const asked: unknown[] = [];
    const all = casesNear([report('A', 20, 's2'), report('B', 90, 's1'), report('C', 200, 's2')], asked);
    const found = await street.reportsNear('graffiti', place, all, settingsOn('2026-11-24'));
    expect(found.map(({ reference }) => reference)).toEqual(['B', 'A', 'C']);
    expect(asked).toEqual([['graffiti', place.position, 250]]);
  });
  test('are none without a place, a position, or a distance that holds', async () => {
    const { position: _, ...nowhere } = place;
    expect(await near(undefined, [report('A', 1, 's1')])).toEqual([]);
    expect(await near(nowhere, [report('A', 1, 's1')])).toEqual([]);
    expect(await near(place, [report('A', 1, 's1')], '2027-11-24')).toEqual([]);
  });
  test('are shown with distance, age and what tells them apart', () => {
    const found = [report('A', 43, 's1'), report('B', 2, 's1', moment('2026-11-24T00:10:00Z'))];
    expect(street.optionsOf(found, moment('2026-11-24T09:00:00Z'), 'kind', 'size')).toEqual([
      { value: 'A', params: { line: '43 Some Street', kind: 'kerb', size: 'none', metres: 40, days: 4 } },
      { value: 'B', params: { line: '2 Some Street', kind: 'kerb', size: 'none', metres: 10, days: 0 } },
    ]);
  });
});

describe('the key of a spot', () => {
  test('two first reports of one spot are one', () => {
    expect(street.spotKey(place, [])).toEqual(street.spotKey({ ...place, words: 'other words' }, undefined));
  });
  test('a report after "mine is a different one" is its own', () => {
    expect(street.spotKey(place, [report('A', 5, 's1')])).not.toEqual(street.spotKey(place, []));
    expect(street.spotKey(place, [report('A', 5, 's1', 1), report('B', 5, 's1', 2)])).toEqual(
      street.spotKey(place, [report('B', 5, 's1', 2)]),
    );
  });
  test('two shared positions on one long street are two spots', () => {
    const { number: _, ...shared } = place;
    const further = { ...shared, position: { lat: 51.41, lon: -0.2 } };
    expect(street.spotKey(shared, [])).not.toEqual(street.spotKey(further, []));
  });
  test.each([
    [place, 's1'],
    [{ line: 'x', words: 'x', position: { lat: 51.40004, lon: -0.19996 } }, '51.4000,-0.2000'],
    [{ line: 'By the Pond', words: 'by the pond' }, 'by the pond'],
  ] as const)('the spot of %p is %s', (where, spot) => expect(street.spotOf(where)).toBe(spot));
});

const settings = settingsOn('2026-11-24');
test.each([
  ['redRoute', { kind: 'tfl' }, { body: 'none', link: settings.links['tfl-streets'] }],
  ['redRoute', { kind: 'council' }, false],
  ['redRoute', undefined, false],
  ['privateRoad', { kind: 'private', body: 'Mews Ltd' }, { body: 'Mews Ltd' }],
  ['privateRoad', { kind: 'tfl' }, false],
  ['otherLand', { kind: 'park', body: 'Commons Trust' }, { body: 'Commons Trust' }],
  ['otherLand', { kind: 'private' }, false],
] as const)('%s for owner %p: %p', (stop, owner, found) => {
  const finding = street.roadStops[stop].when({ owner }, { settings });
  if (found) expect(finding).toMatchObject(found);
  else expect(finding).toBe(false);
});

test('a red route is cleaned by the council', () => expect(Object.keys(street.landStops)).not.toContain('redRoute'));

test.each([
  [false, '2026-11-24T23:00:00Z', false],
  [true, '2026-11-24T23:00:00Z', { phone: '020 7946 0199' }],
  [true, '2026-11-24T10:00:00Z', false],
  [true, '2026-11-28T10:00:00Z', { phone: '020 7946 0199' }],
  [true, '2026-12-25T10:00:00Z', { phone: '020 7946 0199' }],
  [true, '2027-11-24T23:00:00Z', false],
] as const)('urgent %s at %s: the number first %p', (urgent, now, finding) => {
  expect(street.callFirst(urgent, at(now))).toEqual(finding);
});

describe('aims', () => {
  const now = moment('2026-11-24T10:00:00Z');
  test('count working days from tomorrow, to the end of the last', () => {
    expect(street.aimFor(false, { hours: 2, workingDays: 5 }, now)).toEqual({
      by: { date: '2026-12-01' },
      span: 5,
      dueAt: moment('2026-12-01T23:59:00Z'),
    });
  });
  test('count the hours of what is urgent', () => {
    const by = moment('2026-11-24T12:00:00Z');
    expect(street.aimFor(true, { hours: 2, workingDays: 5 }, now)).toEqual({ by: { moment: by }, span: 2, dueAt: by });
  });
  test.each([true, false])('are none where the setting has expired (urgent: %s)', (urgent) => {
    expect(street.aimFor(urgent, { hours: undefined, workingDays: undefined }, now)).toEqual({
      by: 'none',
      span: 0,
      dueAt: undefined,
    });
  });
});

describe('the end of a report', () => {
  const aim = { by: { date: '2026-12-01' }, span: 5, dueAt: 7 };
  const known = { place, same: 'none', owner: { kind: 'tfl' }, near: [report('A', 20, 's2')] } as const;
  const context = at('2026-11-24T10:00:00Z', {}, ['callFirst', 'else']);

  test('opens a case with everything that was decided on', () => {
    const decision = { isUrgent: true, aim, evidence: { land: 'public' }, stops: ['callFirst', 'wires'] };
    expect(street.reported(known, decision, context)).toEqual({
      ending: 'urgent',
      open: {
        place: 's1',
        position: place.position,
        dueAt: 7,
        facts: {
          owner: { kind: 'tfl' },
          near: [{ reference: 'A', metres: 20 }],
          urgent: true,
          aim: { dueAt: 7, span: 5 },
          land: 'public',
          anyway: ['callFirst'],
        },
      },
    });
  });
  test('says what could not be known', () => {
    const blind = { ...known, owner: undefined, near: undefined, place: undefined };
    const expired = { isUrgent: false, aim: { ...aim, span: 0, dueAt: undefined } };
    expect(street.reported(blind, expired, context)).toEqual({
      ending: 'standard',
      open: { facts: { owner: 'unknown', near: [], urgent: false, aim: { span: 0 } } },
    });
  });
  test('joins the report that was picked', () => {
    expect(street.reported({ ...known, same: 'A' }, { isUrgent: false, aim }, context)).toEqual({
      ending: 'joined',
      follow: 'A',
    });
  });
  test('makes the report that was picked more urgent', () => {
    const decision = { isUrgent: true, aim, evidence: { danger: 'walkers' } };
    expect(street.reported({ ...known, same: 'A' }, decision, context)).toEqual({
      ending: 'joined',
      follow: 'A',
      raise: { dueAt: 7, facts: { urgent: true, raised: { danger: 'walkers' } } },
    });
  });
});

test.each([
  ['AB12 CDE', 'AB12CDE'],
  ['a1 bcd', 'A1BCD'],
  ['WA 1234Y (Polish)', 'WA1234Y'],
  ['WB1 2AB', undefined],
  ['KT3 4XP', undefined],
  ['no plate', undefined],
  ['1234567890123456', undefined],
])('%s as a plate: %s', (words, plate) => {
  const { is } = street.plate();
  if (is.kind !== 'pattern') throw new Error('no pattern');
  const read = is.normalise(words.replace(' (Polish)', ''));
  expect(is.pattern.test(read) ? read : undefined).toBe(plate);
});
