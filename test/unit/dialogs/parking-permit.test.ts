import * as rules from '../../../dialogs/parking-permit.rules';
import type { Zone, Zones } from '../../../src/conversation/ports';
import { at, house } from './fixtures';

const NOW = '2026-11-24T12:00:00Z';
const LATER = '2027-11-24T12:00:00Z';
const zone: Zone = { id: 'W1', name: 'Sample Road area', hours: [], onBankHolidays: false };
const zonesWith = (more: Partial<Zones>): Zones => ({
  at: async () => undefined,
  zone: async () => undefined,
  suspensions: async () => [],
  yellowLines: async () => [],
  isKnown: async () => true,
  ...more,
});

describe('the zone of an address', () => {
  test.each([
    [
      'its own entry',
      { ...house, zone: 'W1' },
      { zone: async () => zone },
      { known: true, zone: { id: 'W1', name: zone.name } },
    ],
    [
      'its own entry, though no such zone was imported',
      { ...house, zone: 'W9' },
      {},
      { known: true, zone: { id: 'W9', name: '' } },
    ],
    ['by its position', house, { at: async () => zone }, { known: true, zone: { id: 'W1', name: zone.name } }],
    ['in none', house, {}, { known: true }],
    ['unknown', house, { isKnown: async () => false }, { known: false }],
  ])('%s', async (_what, address, more, found) => {
    expect(await rules.zoneAt(address, zonesWith(more))).toEqual(found);
  });
  test('only a known absence turns anybody away', () => {
    expect(rules.notInZone({ known: true })).toEqual({});
    expect(rules.notInZone({ known: false })).toBe(false);
    expect(rules.notInZone({ known: true, zone })).toBe(false);
  });
});

describe('what is asked', () => {
  test.each([
    ['resident', 'apply', true, true],
    ['resident', 'renew', true, true],
    ['resident', 'change', false, false],
    ['resident', 'price', false, false],
    ['visitor', 'apply', true, false],
    ['business', 'apply', true, true],
    ['carer', 'apply', true, false],
    ['badge', 'apply', false, false],
  ] as const)('%s, %s: address %s, vehicle %s', (kind, wish, address, vehicle) => {
    expect(rules.isChecked(kind, wish)).toBe(address);
    expect(rules.sizeMatters(kind, wish, at(NOW))).toBe(vehicle);
    expect(rules.finesMatter(kind, wish, at(NOW))).toBe(vehicle);
  });
  test('a limit that has expired is asked about no more', () => {
    expect(rules.sizeMatters('resident', 'apply', at(LATER))).toBe(false);
    expect(rules.finesMatter('resident', 'apply', at(LATER))).toBe(false);
  });
});

test.each([
  ['resident', '110'],
  ['visitor', '5'],
  ['business', '410'],
  ['carer', '0'],
  ['badge', '10'],
  [undefined, 'none'],
] as const)('the price for %s: %s', (kind, price) => {
  expect(rules.pages(kind, undefined, at(NOW)).price).toBe(price);
  expect(rules.pages(kind, undefined, at(LATER)).price).toBe('none');
});

test('limits and zone are told', () => {
  expect(rules.pages('resident', { known: true, zone }, at(NOW))).toMatchObject({
    longest: 5.25,
    highest: 2.28,
    unpaid: 3,
    zone: 'W1',
  });
  expect(rules.pages('resident', { known: true }, at(NOW)).zone).toBe('none');
});

test.each([
  ['resident', 'apply', 'resident'],
  ['visitor', 'renew', 'renew'],
  ['badge', 'apply', 'badge'],
  ['badge', 'renew', 'badgeOther'],
  ['badge', 'price', 'price'],
] as const)('%s, %s: %s', (kind, wish, ending) => expect(rules.endingOf(kind, wish)).toBe(ending));
