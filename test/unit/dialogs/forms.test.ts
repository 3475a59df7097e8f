import * as fine from '../../../dialogs/parking-fine.rules';
import { at } from './fixtures';

describe('parking fine', () => {
  test.each([
    ['WB12345678', true],
    ['WB1234567A', true],
    ['WB1234567B', false],
    ['W123456789', false],
    ['WB123456789', false],
    ['wb12345678', false],
  ])('%s is a number: %s', (number, valid) => expect(fine.PCN.test(number)).toBe(valid));

  test.each([
    ['2026-11-23T23:30:00Z', 'half'],
    ['2026-11-24T00:00:00Z', 'full'],
    ['2026-12-07T12:00:00Z', 'full'],
    ['2026-12-08T00:00:00Z', 'over'],
  ])('a notice left on 10 November is at %s: %s', (now, stage) => {
    expect(fine.clockOf('vehicle', '2026-11-10', at(now))).toEqual({
      discountUntil: { date: '2026-11-23' },
      fullUntil: { date: '2026-12-07' },
      stage,
    });
  });
  test('no dates without a day', () =>
    expect(fine.clockOf('vehicle', undefined, at('2026-11-24T00:00:00Z')).stage).toBe('unknown'));
  test('prices only while they hold', () => {
    expect(fine.pages(at('2026-11-24T12:00:00Z'))).toMatchObject({ higher: 160, lowerHalf: 55 });
    expect(fine.pages(at('2027-11-24T12:00:00Z'))).toMatchObject({ higher: 'none', lowerHalf: 'none' });
  });
  test('28 days for representations, the day of service first', () => {
    expect(fine.representationsUntil('2026-11-10')).toEqual({ replyUntil: { date: '2026-12-07' } });
  });
  test.each([
    ['pcn', 'pay', 'pay'],
    ['pcn', undefined, 'dates'],
    ['agents', 'pay', 'agents'],
  ] as const)('letter %s, want %s: %s', (letter, want, ending) => expect(fine.endingOf(letter, want)).toBe(ending));
});
