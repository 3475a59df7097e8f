import * as days from '../../../dialogs/bin-day.rules';
import * as garden from '../../../dialogs/garden-waste.rules';
import * as bins from '../../../dialogs/new-bin.rules';
import { noRounds, thingsNamed } from '../../../dialogs/waste.rules';
import { momentOf } from '../../../src/conversation/calendar';
import { at, flat, house, round, settingsOn } from './fixtures';

const settings = settingsOn('2026-11-24');
const context = { ...at('2026-11-24T15:00:00Z'), channel: 'web' };

test('the longest wording of a thing wins; a star stands for any ending', () => {
  const card = { title: { en: 'Card' }, words: { en: ['box*'] } };
  const pizza = { title: { en: 'Pizza' }, words: { en: ['pizza box*'], pl: ['pudełk* po pizzy'] } };
  expect(thingsNamed('Pizza BOXES?', [card, pizza], 'en')).toEqual([pizza, card]);
  expect(thingsNamed('pudełko po pizzy', [card, pizza], 'pl')).toEqual([pizza]);
  expect(thingsNamed('boxer', [{ ...card, words: { en: ['box'] } }], 'en')).toEqual([]);
  expect(thingsNamed('', [card], 'en')).toEqual([]);
});

test('no rounds', () => {
  expect(noRounds(house, ['food'], settings)).toBe(false);
  expect(noRounds({ ...house, kind: 'above-shop' }, [], settings)).toMatchObject({ home: 'above_shop' });
  expect(noRounds(house, [], settingsOn('2027-06-01'))).toMatchObject({ link: 'https://www.wandlebridge.example' });
});

describe('what is asked about bins', () => {
  test.each([
    ['when is bin day', undefined, undefined, 'days'],
    ['pizza box', undefined, undefined, 'item'],
    ['do pizza boxes go in the recycling', 'sorting', 'mixed-recycling', 'item'],
    ['when is cardboard collected', undefined, 'paper-card', 'days'],
    ['what goes in the blue bin', 'sorting', 'paper-card', 'sorting'],
    ['batteries over christmas', 'holiday', undefined, 'holiday'],
    [undefined, 'time', undefined, 'time'],
  ] as const)('%s', (words, question, stream, about) => {
    expect(days.answerOf(words, question, stream, context).about).toBe(about);
  });
  test('only questions about days need an address', () => {
    expect(days.asksDays({ about: 'days' })).toBe(true);
    expect(days.asksDays({ about: 'holiday' })).toBe(true);
    expect(days.asksDays({ about: 'sorting' })).toBe(false);
  });
});

describe('bin days', () => {
  const seen = { stream: undefined, address: house, calendar: 'https://wandle.example/bins/1.ics' };
  const answered = (rounds: Parameters<typeof days.answered>[1]['rounds'], now = '2026-11-24T15:00:00Z') =>
    days.answered({ about: 'days' }, { ...seen, rounds }, { ...at(now), channel: 'web' });

  test('what the crew has finished today is over; what it has not is still to come, until the evening', () => {
    const today = round('2026-11-24');
    expect(answered([today]).params?.others).toBe('yes');
    expect(answered([{ ...today, finishedAt: 1 }]).params?.others).toBe('none');
    expect(answered([today], '2026-11-24T20:00:00Z').params?.others).toBe('none');
  });
  test('four weeks, the next of each kind first', () => {
    const rounds = ['2026-12-01', '2026-12-08', '2026-12-22'].map((date) => round(date));
    const { params } = answered(rounds);
    expect(params?.first).toMatchObject({ lines: [{ params: { day: { date: '2026-12-01' } } }] });
    expect(params?.rest).toMatchObject({ lines: [{ params: { day: { date: '2026-12-08' } } }] });
  });
  test('a calendar in the resident’s language, none by text', () => {
    const polish = { ...context, language: 'pl' };
    const rounds = [round('2026-12-01')];
    const asked = { ...seen, rounds };
    expect(days.answered({ about: 'days' }, asked, polish).params?.calendar).toBe(`${seen.calendar}?lang=pl`);
    expect(days.answered({ about: 'days' }, asked, { ...polish, channel: 'sms' }).params?.calendar).toBe('none');
  });
  test('sacks above shops have hours of their own', () => {
    const shop = { ...house, kind: 'above-shop' as const };
    const told = days.answered({ about: 'days' }, { ...seen, address: shop, rounds: [] }, context).params;
    expect(told).toMatchObject({ outBy: 'none', sacksFrom: '18:00', sacksTo: '20:00' });
    const old = { ...context, settings: settingsOn('2027-06-01') };
    expect(days.answered({ about: 'days' }, { ...seen, address: shop, rounds: [] }, old).params).toMatchObject({
      outBy: 'none',
      sacksFrom: 'none',
    });
  });
  test('a rounds system that is down: the link and a person', () => {
    expect(answered(undefined)).toMatchObject({ ending: 'link', offers: ['person'] });
  });
  test.each([
    ['2026-12-29', true],
    ['2026-12-24', false],
    ['2026-12-25', true],
    ['2026-05-24', false],
    ['2026-05-25', true],
    ['2026-05-30', true],
    ['2026-05-31', true],
    ['2026-06-01', false],
  ])('a bank holiday in the week up to %s: %s', (day, holiday) => expect(days.isHolidayWeek(day)).toBe(holiday));
});

describe('new bins', () => {
  test.each([
    [1, 180],
    [3, 180],
    [4, 240],
    [6, 240],
    [7, 360],
  ])('%s people: %s litres', (people, litres) => expect(bins.litresFor(people, settings)).toBe(litres));
  test.each([
    [3, true],
    [4, false],
    [undefined, false],
  ])('%s people are too few for a bigger one: %s', (people, few) =>
    expect(Boolean(bins.tooFew(people, settings))).toBe(few),
  );
  test.each([
    ['black', 'missing', 35],
    ['black', 'damaged', 0],
    ['black', 'repair', 0],
    ['greenBox', 'extra', 0],
    ['gardenBin', 'extra', 35],
  ] as const)('a %s, %s, costs %s', (container, binReason, price) =>
    expect(bins.priceOf({ container, binReason }, settings)).toBe(price),
  );
  test('an old price is told to nobody', () =>
    expect(bins.priceOf({ container: 'black', binReason: 'missing' }, settingsOn('2027-06-01'))).toBeUndefined());
  test('the same box for another reason is the same request; one more, a repair and taking away are not', () => {
    const key = (reason: Parameters<typeof bins.requestKey>[2]) => bins.requestKey(house, 'black', reason).join();
    expect(key('missing')).toBe(key('damaged'));
    expect(new Set([key('missing'), key('extra'), key('repair'), key('unwanted')]).size).toBe(4);
  });
  test('a swap takes the old one away, a broken one where it is wanted', () => {
    expect(bins.takesOld({ binReason: 'bigger' })).toBe(true);
    expect(bins.takesOld({ binReason: 'damaged', takeOld: true })).toBe(true);
    expect(bins.takesOld({ binReason: 'damaged', takeOld: false })).toBe(false);
    expect(bins.takesOld({ binReason: 'extra' })).toBe(false);
  });
});

describe('garden waste', () => {
  test.each([
    ['2026-11-24', false, '2026-04-01', '2027-03-31'],
    ['2027-02-01', false, '2026-04-01', '2027-03-31'],
    ['2026-04-01', false, '2026-04-01', '2027-03-31'],
    ['2027-02-01', true, '2027-04-01', '2028-03-31'],
  ])('on %s (next year: %s)', (today, next, from, until) =>
    expect(garden.yearOf(today, '04-01', next)).toEqual({ from, until }),
  );
  const byMonths = {
    ...settings,
    services: { ...settings.services, 'garden-waste': { ...settings.services['garden-waste'], proRata: 'months' } },
  };
  test.each([
    ['join', 2, settings, 160],
    ['join', 1, byMonths, 33],
    ['renew', 1, byMonths, 80],
    ['join', 1, settingsOn('2027-06-01'), undefined],
  ] as const)('%s, %s bins', (want, count, known, price) =>
    expect(garden.priceOf(want, count, { settings: known, now: context.now })).toBe(price),
  );
  test.each([
    ['2026-04-01', 12],
    ['2026-04-30', 12],
    ['2026-08-31', 8],
    ['2026-12-31', 4],
    ['2027-03-01', 1],
    ['2027-03-31', 1],
  ])('on %s, %s months are paid', (today, months) =>
    expect(garden.priceOf('join', 1, { settings: byMonths, now: momentOf(today, '12:00') })).toBe(
      Math.round((80 / 12) * months),
    ),
  );
  test('houses, and flats where the records show a round', () => {
    expect(garden.noGarden(house, [])).toBe(false);
    expect(garden.noGarden(flat, ['food'])).toEqual({});
    expect(garden.noGarden(flat, ['garden'])).toBe(false);
  });
  test('who joins after a look at the price wants the same as who joins at once', () => {
    expect(garden.requestKey(house, 'info')).toEqual(garden.requestKey(house, 'join'));
    expect(garden.requestKey(house, 'cancel')).not.toEqual(garden.requestKey(house, 'join'));
  });
});
