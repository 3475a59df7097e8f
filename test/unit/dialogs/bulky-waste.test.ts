import fc from 'fast-check';
import bulkyWaste from '../../../dialogs/bulky-waste';
import * as rules from '../../../dialogs/bulky-waste.rules';
import type { Form } from '../../../src/conversation/form';
import type { Cases, Json } from '../../../src/conversation/ports';
import { NOTHING } from '../../../src/conversation/reading/reading';
import { blank } from '../../../src/conversation/repair';
import type { FactPorts } from '../../../src/conversation/service';
import { priceTold } from '../../../src/conversation/settingValues';
import { settle } from '../../../src/conversation/settle';
import { at, house, moment, settingsOn } from './fixtures';

const settings = settingsOn('2026-11-24');
const now = moment('2026-11-24T15:00:00Z');

/** Bookings by their keys. */
const casesWith = (keys: ReadonlySet<string>) =>
  ({
    countOpen: async (_service: string, day: string) =>
      [...keys].filter((key) => key.startsWith(`bulky-waste|${day}|`)).length,
    openWithKey: async (key: string) => (keys.has(key) ? {} : undefined),
  }) as unknown as Cases;
const booked = (day: string, ...places: readonly number[]) =>
  new Set(places.map((place) => `bulky-waste|${day}|${place}`));
const all = (day: string) => booked(day, ...Array.from({ length: 12 }, (_, index) => index + 1));

describe('days to book', () => {
  test('two working days ahead at the least, only when the van goes out', () => {
    expect(rules.bookableDays(settings, now).slice(0, 4)).toEqual([
      '2026-11-27',
      '2026-12-01',
      '2026-12-02',
      '2026-12-04',
    ]);
    // Asked on a Friday: Monday and Tuesday are the two working days.
    expect(rules.bookableDays(settings, moment('2026-11-27T15:00:00Z'))[0]).toBe('2026-12-01');
  });
  test('never on a bank holiday', () => {
    const days = rules.bookableDays(settings, moment('2026-12-15T10:00:00Z'));
    expect(days).toContain('2026-12-23');
    expect(days).not.toContain('2026-12-25');
    expect(days).not.toContain('2027-01-01');
  });
  test('none once the settings have expired', () => {
    expect(rules.bookableDays(settingsOn('2027-06-01'), moment('2027-06-01T10:00:00Z'))).toEqual([]);
  });
  test('the five first with room', async () => {
    expect(await rules.freeDays(casesWith(all('2026-11-27')), settings, now)).toEqual([
      '2026-12-01',
      '2026-12-02',
      '2026-12-04',
      '2026-12-08',
      '2026-12-09',
    ]);
  });
});

describe('a place in the van', () => {
  test.each([
    ['the first', new Set<string>(), 1],
    ['the next', booked('2026-11-27', 1, 2), 3],
    ['one that was given back', booked('2026-11-27', 1, 3, 4), 2],
    ['none on a full day', all('2026-11-27'), 0],
  ])('%s', async (_name, keys, place) => {
    expect(await rules.vanPlace(casesWith(keys), '2026-11-27', settings, now)).toBe(place);
  });
  test('none on a day that cannot be booked any more, and none without a day', async () => {
    expect(await rules.vanPlace(casesWith(new Set()), '2026-11-25', settings, now)).toBe(0);
    expect(await rules.vanPlace(casesWith(new Set()), 'none', settings, now)).toBeUndefined();
  });
  test('no two bookings get the same place, whatever was cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 11 }), async (places) => {
        const keys = booked('2026-11-27', ...places);
        const place = await rules.vanPlace(casesWith(keys), '2026-11-27', settings, now);
        return place !== undefined && place >= 1 && place <= 12 && !keys.has(`bulky-waste|2026-11-27|${place}`);
      }),
    );
  });
});

describe('prices', () => {
  test.each([
    [1, 45],
    [3, 45],
    [4, 70],
    [6, 70],
    [7, undefined],
    [undefined, undefined],
  ])('%s items cost %s', (count, price) => expect(rules.priceOf(count, settings)).toBe(price));
  test('an old price is told to nobody', () => expect(rules.priceOf(1, settingsOn('2027-06-01'))).toBeUndefined());
  test.each([
    [45, '45'],
    [45.5, '45.50'],
  ])('%s is written %s', (price, text) => expect(priceTold(price)).toBe(text));
  test('at most as many items as the last band', () => {
    expect(rules.tooMany(6, settings)).toBe(false);
    expect(rules.tooMany(7, settings)).toEqual({ most: 6 });
  });
});

describe('things', () => {
  const context = at('2026-11-24T15:00:00Z');
  test.each([
    ['old car tyres', 'Tyres'],
    ['two sofas and a paint tin', 'Paint, oil or chemicals'],
    ['my sofa', undefined],
    ['an entire wardrobe', undefined],
  ])('%s', (words, thing) => {
    const found = rules.notTaken(words, context);
    expect(found ? found.thing : undefined).toBe(thing);
  });
  test('in Polish, in any case of the word, and in English words of a Polish resident', () => {
    const polish = { ...context, language: 'pl' };
    expect(rules.notTaken('cztery opony', polish)).toMatchObject({ thing: 'Opony' });
    expect(rules.notTaken('asbestos', polish)).toMatchObject({ thing: 'Azbest' });
    expect(rules.namesThings('proszę zabrać starą kanapę', polish)).toBe(true);
  });
  test('a first message tells the things only if it names one, in the room there is', () => {
    expect(rules.namesThings('I need a sofa taken away', context)).toBe(true);
    expect(rules.namesThings('book a bulky collection', context)).toBe(false);
    expect(rules.namesThings(`sofa ${'very '.repeat(100)}`, context)).toBe(false);
  });
  test('long words are read back cut at a word', () => {
    const { things } = rules.told({ bulkyItems: 'wardrobe '.repeat(20).trim(), bulkyCount: 3 }, context);
    expect(String(things)).toMatch(/^(wardrobe )+\.\.\.$/);
    expect(String(things).length).toBeLessThan(66);
  });
});

test('a place that somebody takes in this very moment is never joined: the commit decides', async () => {
  const address = { value: house as unknown as Json, words: '', source: 'verified' } as const;
  const said = (value: Json) => ({ value, words: '', source: 'said' }) as const;
  const form: Form = {
    ...blank(bulkyWaste, '', now),
    answers: { address, bulkyItems: said('a sofa'), bulkyCount: said(1), bulkyDay: said('2026-11-27') },
  };
  let asked = 0;
  const cases = {
    countOpen: async () => 0,
    // Free when the facts are looked up, taken a moment later.
    openWithKey: async () => (asked++ === 0 ? undefined : { reference: 'BW-1', openedAt: now }),
  };
  const step = await settle(
    bulkyWaste,
    form,
    { kind: 'say', understanding: NOTHING, chosen: 'yes' },
    {
      known: { now, settings, channel: 'web', language: 'en', has: () => true },
      ports: { cases, settings, now } as unknown as FactPorts,
      newReference: () => 'BW-2',
    },
  );
  expect(step?.effects).toMatchObject([{ kind: 'open-case', dedupeKey: 'bulky-waste|2026-11-27|1' }]);
});
