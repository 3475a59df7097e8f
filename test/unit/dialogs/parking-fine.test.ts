import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as rules from '../../../dialogs/parking-fine.rules';
import type { PcnService } from '../../../src/conversation/clocks';
import { at } from './fixtures';

const NOW = '2026-11-24T12:00:00Z';

test.each([
  ['WB12345678', true],
  ['WB1234567A', true],
  ['WB1234567B', false],
  ['W123456789', false],
  ['WB123456789', false],
  ['wb12345678', false],
  ['AB12CDE', false],
])('%s is a number of a notice: %s', (number, valid) => expect(rules.PCN.test(number)).toBe(valid));

describe('half and full price', () => {
  test.each<[PcnService, string, string, string, number]>([
    ['vehicle', '2026-11-10', '2026-11-23', '2026-12-07', 14],
    ['camera', '2026-11-10', '2026-11-30', '2026-12-07', 21],
    ['away', '2026-11-10', '2026-11-23', '2026-12-07', 14],
    ['traffic', '2026-11-06', '2026-11-19', '2026-12-03', 14],
    // Over the end of summer time, of a year and of February.
    ['vehicle', '2026-10-20', '2026-11-02', '2026-11-16', 14],
    ['camera', '2026-12-20', '2027-01-09', '2027-01-16', 21],
    ['vehicle', '2028-02-20', '2028-03-04', '2028-03-18', 14],
  ])('%s, %s: half to %s, full to %s, because day 1 is the day itself', (how, served, discount, full, day) => {
    expect(rules.clockOf(how, served, at(NOW))).toMatchObject({
      discountUntil: { date: discount },
      fullUntil: { date: full },
      discountDay: day,
    });
  });

  test.each([
    ['2026-11-10T12:00:00Z', 'half'],
    ['2026-11-23T23:59:00Z', 'half'],
    ['2026-11-24T00:00:00Z', 'full'],
    ['2026-12-07T23:59:00Z', 'full'],
    ['2026-12-08T00:00:00Z', 'over'],
  ])('at %s a notice left on 10 November is at %s', (now, stage) => {
    expect(rules.clockOf('vehicle', '2026-11-10', at(now)).stage).toBe(stage);
  });

  test.each([
    ['no day', 'vehicle', undefined],
    ['no way of service', undefined, '2026-11-10'],
  ] as const)('no dates with %s', (_what, how, served) => {
    expect(rules.clockOf(how, served, at(NOW))).toEqual({
      discountUntil: 'none',
      fullUntil: 'none',
      discountDay: 'none',
      stage: 'unknown',
    });
  });
});

describe('the letters that follow', () => {
  test.each<[rules.Letter, string, number]>([
    ['refused', '2026-11-23', 14],
    ['owner', '2026-12-07', 28],
    ['rejection', '2026-12-07', 28],
    ['certificate', '2026-11-23', 14],
    ['order', '2026-11-30', 21],
  ])('%s of 10 November: until %s, day %s', (letter, until, days) => {
    expect(rules.replyClock(letter, '2026-11-10', at('2026-11-23T12:00:00Z'))).toEqual({
      replyUntil: { date: until },
      replyDays: days,
      late: 'no',
    });
  });
  test('late from the day after', () => {
    expect(rules.replyClock('certificate', '2026-11-10', at('2026-11-23T23:59:00Z')).late).toBe('no');
    expect(rules.replyClock('certificate', '2026-11-10', at('2026-11-24T00:00:00Z')).late).toBe('yes');
  });
  test('without a day the count is told, and no date', () => {
    expect(rules.replyClock('order', undefined, at(NOW))).toEqual({ replyUntil: 'none', replyDays: 21, late: 'no' });
  });
  test.each(['pcn', 'agents'] as const)('%s has no such clock', (letter) => {
    expect(rules.replyClock(letter, '2026-11-10', at(NOW)).replyDays).toBe('none');
  });
});

test('prices only while they hold; a charge certificate adds half', () => {
  expect(rules.pages(at(NOW))).toMatchObject({
    higher: '160',
    lower: '110',
    higherHalf: '80',
    lowerHalf: '55',
    higherMore: '240',
    lowerMore: '165',
  });
  expect(rules.pages(at('2027-11-24T12:00:00Z'))).toMatchObject({
    higher: 'none',
    lowerHalf: 'none',
    higherMore: 'none',
  });
});

test.each([
  ['pcn', 'pay', 'pay'],
  ['pcn', undefined, 'dates'],
  ['refused', 'challenge', 'refused'],
  ['agents', 'pay', 'agents'],
] as const)('letter %s, want %s: %s', (letter, want, ending) => expect(rules.endingOf(letter, want)).toBe(ending));

test('every ending has a letter or a wish of its own', () => {
  expect(new Set(rules.ENDINGS)).toEqual(
    new Set([...rules.LETTERS.map((letter) => rules.endingOf(letter, 'pay')), 'dates', 'challenge']),
  );
});

const vectorFile = join(__dirname, '../../../../shared/data/merton/deadline_vectors.json');
const Vectors = z.object({
  pcn: z.array(
    z.object({ kind: z.string(), served: z.string(), discount_until: z.string(), full_until: z.string().optional() }),
  ),
});

describe('the reviewed vectors kept outside the project', () => {
  const present = existsSync(vectorFile);
  if (!present) console.warn('skipped: the reviewed deadline vectors are not on this machine');
  (present ? test : test.skip)('every notice agrees', () => {
    const { pcn } = Vectors.parse(JSON.parse(readFileSync(vectorFile, 'utf8')));
    const howOf = (kind: string): PcnService =>
      kind.includes('vehicle') ? 'vehicle' : kind.includes('camera') ? 'camera' : 'traffic';
    expect(pcn.length).toBeGreaterThan(0);
    for (const { kind, served, discount_until, full_until } of pcn) {
      const told = rules.clockOf(howOf(kind), served, at(NOW));
      expect([kind, told.discountUntil]).toEqual([kind, { date: discount_until }]);
      if (full_until) expect([kind, told.fullUntil]).toEqual([kind, { date: full_until }]);
    }
  });
});
