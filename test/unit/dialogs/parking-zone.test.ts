import * as rules from '../../../dialogs/parking-zone.rules';
import type { Zone, Zones } from '../../../src/conversation/ports';
import type { Place } from '../../../src/conversation/service';
import { at, moment } from './fixtures';

const weekdays = [1, 2, 3, 4, 5, 6];
const zone: Zone = {
  id: 'W1',
  name: 'Sample Road area',
  hours: weekdays.map((day) => ({ day, from: '08:30', to: '18:30' })),
  onBankHolidays: false,
  visitors: { pencePerHour: 260, maxStayMinutes: 120 },
};
const split: Zone = {
  id: 'W2',
  name: 'Mill',
  hours: [
    { day: 2, from: '10:00', to: '11:00' },
    { day: 2, from: '14:00', to: '15:00' },
    { day: 0, from: '09:00', to: '12:00' },
  ],
  onBankHolidays: true,
};

describe('the day that is asked about', () => {
  const now = moment('2026-11-24T12:00:00Z');
  test.each([
    ['nothing said: today', undefined, undefined, '2026-11-24'],
    ['a day', '2026-11-29', undefined, '2026-11-29'],
    ['Sundays', undefined, 'sundays', '2026-11-29'],
    ['Saturdays', undefined, 'saturdays', '2026-11-28'],
    ['the next bank holiday', undefined, 'bankHoliday', '2026-12-25'],
    ['Christmas', undefined, 'christmas', '2026-12-25'],
    ['Boxing Day', undefined, 'boxing', '2026-12-26'],
    ['New Year', undefined, 'newYear', '2027-01-01'],
    ['Good Friday', undefined, 'goodFriday', '2027-03-26'],
    ['Easter Monday', undefined, 'easterMonday', '2027-03-29'],
  ] as const)('%s', (_what, day, special, expected) => expect(rules.dayAsked(day, special, now)).toBe(expected));
  test('today counts, at any hour in London', () => {
    expect(rules.dayAsked(undefined, 'sundays', moment('2026-11-29T23:30:00Z'))).toBe('2026-11-29');
    expect(rules.dayAsked(undefined, undefined, moment('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
  });
  test.each([
    ['2024-01-10T12:00:00Z', '2024-03-29', '2024-04-01'],
    ['2025-01-10T12:00:00Z', '2025-04-18', '2025-04-21'],
    ['2038-01-10T12:00:00Z', '2038-04-23', '2038-04-26'],
  ])('Easter after %s is on %s and %s', (day, friday, monday) => {
    expect(rules.dayAsked(undefined, 'goodFriday', moment(day))).toBe(friday);
    expect(rules.dayAsked(undefined, 'easterMonday', moment(day))).toBe(monday);
  });
});

describe('where the day stands', () => {
  test.each([
    ['before it begins', zone, '2026-11-24', '2026-11-24T08:29:00Z', 'later', 'day'],
    ['as it begins', zone, '2026-11-24', '2026-11-24T08:30:00Z', 'now', 'day'],
    ['a minute before it ends', zone, '2026-11-24', '2026-11-24T18:29:00Z', 'now', 'day'],
    ['as it ends', zone, '2026-11-24', '2026-11-24T18:30:00Z', 'over', 'day'],
    ['in summer time', zone, '2026-07-07', '2026-07-07T07:30:00Z', 'now', 'day'],
    ['between two periods', split, '2026-11-24', '2026-11-24T12:00:00Z', 'later', 'day'],
    ['another day', zone, '2026-11-25', '2026-11-24T12:00:00Z', 'on', 'day'],
    ['a Sunday', zone, '2026-11-29', '2026-11-24T12:00:00Z', 'free', 'day'],
    ['a bank holiday', zone, '2026-12-25', '2026-11-24T12:00:00Z', 'free', 'holiday'],
    ['a bank holiday that is controlled', split, '2027-01-03', '2026-11-24T12:00:00Z', 'on', 'day'],
    ['a bank holiday of which nothing is controlled', split, '2026-12-25', '2026-11-24T12:00:00Z', 'free', 'holiday'],
  ])('%s', (_what, controlled, day, now, state, why) => {
    expect(rules.stateOn(controlled, day, moment(now))).toMatchObject({ state, why, day: { date: day } });
  });
  test('the periods and their ends are told', () => {
    expect(rules.stateOn(split, '2026-11-24', moment('2026-11-24T12:00:00Z'))).toMatchObject({
      times: { list: ['10:00–11:00', '14:00–15:00'] },
      from: { time: moment('2026-11-24T14:00:00Z') },
      until: { time: moment('2026-11-24T15:00:00Z') },
      last: { time: moment('2026-11-24T15:00:00Z') },
    });
  });
});

test.each([
  ['en', zone, 'Monday–Saturday 08:30–18:30'],
  ['pl', zone, 'poniedziałek–sobota 08:30–18:30'],
  ['en', split, 'Tuesday 10:00–11:00, 14:00–15:00; Sunday 09:00–12:00'],
])('the week in short (%s)', (language, controlled, told) => expect(rules.weekOf(controlled, language)).toBe(told));

describe('what is told', () => {
  const context = at('2026-11-24T12:00:00Z');
  const line = { street: 'A', kind: 'single', hours: [], onBankHolidays: true, noLoading: false } as const;
  test('price, stay in hours, suspension, double lines and loading bans', () => {
    const closed = [{ street: 'A', from: '2026-11-24', until: '2026-11-26', reason: 'removal' }];
    const lines = [{ ...line, kind: 'double', noLoading: true } as const];
    expect(rules.told('zone', '2026-11-24', { known: true, zone, lines }, closed, context)).toMatchObject({
      price: '2.60',
      stayHours: 2,
      stayMinutes: 'none',
      line: 'double',
      noLoading: 'yes',
      closedUntil: { date: '2026-11-26' },
      closedWhy: 'removal',
    });
  });
  test('a stay of 90 minutes is no number of hours', () => {
    const half = { ...zone, visitors: { pencePerHour: 205, maxStayMinutes: 90 } };
    const told = rules.told('zone', '2026-11-24', { known: true, zone: half, lines: [] }, [], context);
    expect(told).toMatchObject({ price: '2.05', stayHours: 'none', stayMinutes: 90, line: 'none', closedFrom: 'none' });
  });
  test.each([
    ['its own hours', [{ ...line, hours: split.hours }], zone, 'later'],
    ["the zone's hours", [line], zone, 'now'],
    ['no line known: the zone', [], zone, 'now'],
    ['neither', [], undefined, 'unknown'],
  ] as const)('a single yellow line: %s', (_what, lines, around, state) => {
    const parking = { known: true, lines, ...(around && { zone: around }) };
    expect(rules.told('single', '2026-11-24', parking, [], context).state).toBe(state);
  });
});

describe('the ending', () => {
  test.each([
    ['park', { known: true, zone, lines: [] }, 'zone'],
    ['park', { known: true, lines: [] }, 'noZone'],
    ['park', { known: false, lines: [] }, 'unknown'],
    ['park', undefined, 'unknown'],
    ['badge', undefined, 'badge'],
    ['suspend', undefined, 'suspend'],
  ] as const)('%s: %s', (wish, parking, ending) => expect(rules.endingOf(wish, parking)).toBe(ending));
  test('a permit is offered only where there is a zone and room for it', () => {
    expect(rules.offersAt('zone', 'web')).toContain('service:parking-permit');
    expect(rules.offersAt('zone', 'sms')).toEqual(['person']);
    expect(rules.offersAt('noZone', 'web')).toEqual(['person']);
  });
});

test('expired settings are told to nobody; the page is given instead', () => {
  expect(rules.pages(at('2026-11-24T12:00:00Z'))).toMatchObject({
    badgeHours: 3,
    suspensionPrice: '50',
    notice: 10,
    earliest: { date: '2026-12-08' },
  });
  expect(rules.pages(at('2027-11-24T12:00:00Z'))).toMatchObject({
    badgeHours: 'none',
    suspensionPrice: 'none',
    earliest: 'none',
    suspensionLink: 'https://www.wandlebridge.example',
  });
});

test('a red route or a private road stops only a question about its place', () => {
  const context = at('2026-11-24T12:00:00Z');
  expect(rules.notOurs('park', { kind: 'tfl' }, 'tfl', context)).toBeTruthy();
  expect(rules.notOurs('badge', { kind: 'tfl' }, 'tfl', context)).toBe(false);
  expect(rules.notOurs('park', { kind: 'council' }, 'tfl', context)).toBe(false);
  expect(rules.notOurs('single', { kind: 'private', body: 'B' }, 'private', context)).toMatchObject({ body: 'B' });
});

test('everything known of a place is looked up', async () => {
  const asked: unknown[] = [];
  const answer = async <T>(value: T, ...question: readonly unknown[]): Promise<T> => {
    asked.push(...question);
    return value;
  };
  const zones: Zones = {
    at: (position) => answer(zone, position),
    zone: async () => undefined,
    suspensions: (street, day) => answer([], street, day),
    yellowLines: (street) => answer([], street),
    isKnown: async () => true,
  };
  const place: Place = {
    line: '12 A',
    words: '',
    street: { id: 's', name: 'A', locality: 'WB1', owner: { kind: 'council' } },
    position: { lat: 51, lon: 0 },
  };
  expect(await rules.parkingAt(place, zones)).toEqual({ known: true, zone, lines: [] });
  expect(await rules.closedAt(place, '2026-11-24', zones)).toEqual([]);
  expect(asked).toEqual([
    { lat: 51, lon: 0 },
    { name: 'A', locality: 'WB1' },
    { name: 'A', locality: 'WB1' },
    '2026-11-24',
  ]);
  expect(await rules.parkingAt({ line: 'somewhere', words: '' }, zones)).toEqual({ known: true, lines: [] });
  expect(await rules.closedAt({ line: 'somewhere', words: '' }, '2026-11-24', zones)).toEqual([]);
});
