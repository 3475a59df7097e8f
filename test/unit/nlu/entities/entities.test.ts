import { entityReader } from '../../../../src/nlu/entities';
import { cleanText } from '../../../../src/nlu/normalise';
import { languages } from '../material';

/** Monday. */
const now = Date.parse('2026-11-23T12:00:00Z');
const streets = [
  'Mill Lane',
  'Cannon Lane',
  'St Mary’s Road',
  'High Street',
  'Park Road',
  'Park Road North',
  'Bin Close',
  "King's Avenue",
];
const lexicons = {
  en: [
    { slot: 'stream', value: 'refuse', phrases: ['black bin', 'rubbish', 'general waste', 'refuse'] },
    { slot: 'stream', value: 'garden', phrases: ['green bin', 'garden waste'] },
    { slot: 'container', value: 'bin', phrases: ['bin'] },
  ],
  pl: [
    { slot: 'stream', value: 'garden', phrases: ['zielony kosz', 'odpady ogrodowe'] },
    { slot: 'stream', value: 'refuse', phrases: ['czarny kosz', 'śmieci'] },
    { slot: 'container', value: 'bin', phrases: ['kosz'] },
  ],
};
const reader = entityReader({ languages, lexicons, streets });

/** `kind value` of what is found; `kinds` narrows. */
function found(text: string, lang: string, ...kinds: readonly string[]): readonly string[] {
  return reader
    .read(cleanText(text), lang, now)
    .filter(({ kind }) => !kinds.length || kinds.includes(kind))
    .map(({ kind, value, slot }) => `${kind}${slot ? `:${slot}` : ''} ${value}`);
}

describe('postcodes', () => {
  test.each([
    ['WB1 2AB', ['postcode WB1 2AB']],
    ['wb12ab', ['postcode WB1 2AB']],
    ['I live at wb1 2ab.', ['postcode WB1 2AB']],
    ['WBI 2AB', ['postcode WB1 2AB']],
    ['WB1O 2AB', ['postcode WB10 2AB']],
    ['0X1 2JD', ['postcode OX1 2JD']],
    ['SW1A 1AA', ['postcode SW1A 1AA']],
    ['m1 1ae', ['postcode M1 1AE']],
    ['WB1', []],
    ['i moved to 2nd floor', []],
    ['so 2be honest', []],
    ['W8 1CK', []],
  ])('%s', (text, expected) => expect(found(text, 'en', 'postcode')).toEqual(expected));
});

describe('codes and contacts', () => {
  test.each([
    ['ring 07700 900123', ['phone +447700900123']],
    ['+48 512 345 678', ['phone +48512345678']],
    ['020 7946 0018 please', ['phone +442079460018']],
    ['Jo.Bloggs@Example.CO.UK', ['email jo.bloggs@example.co.uk']],
    ['PCN WX12345678', ['pcn WX12345678']],
    ['pcn wx 1234567a', ['pcn WX1234567A']],
    ['ab12 cde', ['plate AB12CDE']],
    ['A123 BCD', ['plate A123BCD']],
    ['case mb7k2pq4', ['reference MB-7K2-PQ4']],
    ['a hole at KT3 4XP', []],
    ['MB-7K2-PQ5', []],
    ['requests', []],
  ])('%s', (text, expected) =>
    expect(found(text, 'en', 'phone', 'email', 'pcn', 'plate', 'reference')).toEqual(expected),
  );
});

describe('places', () => {
  test.each([
    ['14 Mill Lane', ['house-number 14', 'street Mill Lane']],
    ['14a mill ln', ['house-number 14a', 'street Mill Lane']],
    ['flat 3, 10 high st', ['flat flat 3', 'house-number 10', 'street High Street']],
    ['no. 14', ['house-number 14']],
    ['number 7 kings ave', ['house-number 7', "street King's Avenue"]],
    ['canon lane', ['street Cannon Lane']],
    ['cannnon lane and mill lnae', ['street Cannon Lane', 'street Mill Lane']],
    ['st marys rd', ['street St Mary’s Road']],
    ['saint mary’s road', ['street St Mary’s Road']],
    ['park rd north', ['street Park Road North']],
    ['park road', ['street Park Road']],
    ['hill lane', []],
    ['14 WB1 2AB', ['house-number 14']],
    ['Flat3', ['flat flat 3']],
    ['we have 2 bins', []],
    ['this morning at 14 Mill Lane', ['house-number 14', 'street Mill Lane']],
    ['on Mill Lane 14', ['street Mill Lane', 'house-number 14']],
    ['Mill Lane 14, by the gate', ['street Mill Lane', 'house-number 14']],
    ['at Mill Lane 3 weeks ago', ['street Mill Lane']],
  ])('%s', (text, expected) => expect(found(text, 'en', 'house-number', 'flat', 'street')).toEqual(expected));

  test('Polish words for number and flat', () => {
    expect(found('Mill Lane nr 14 mieszkanie 5', 'pl', 'house-number', 'flat', 'street')).toEqual([
      'street Mill Lane',
      'house-number 14',
      'flat flat 5',
    ]);
  });
});

describe('dates, read as past', () => {
  test.each([
    ['en', 'this morning', '2026-11-23'],
    ['en', 'today', '2026-11-23'],
    ['en', 'yesterday', '2026-11-22'],
    ['en', 'last Tuesday', '2026-11-17'],
    ['en', 'on Tue', '2026-11-17'],
    ['en', 'since Friday', '2026-11-20'],
    ['en', 'it went out on Sunday', '2026-11-22'],
    ['en', 'two days ago', '2026-11-21'],
    ['en', '3/11', '2026-11-03'],
    ['en', '10/06/2026', '2026-06-10'],
    ['en', '25 December', '2025-12-25'],
    ['en', '30 November', '2026-11-30'],
    ['en', 'on Monday', '2026-11-23'],
    ['en', 'tomorrow', '2026-11-24'],
    ['en', 'next Monday', '2026-11-30'],
    ['pl', 'dziś rano', '2026-11-23'],
    ['pl', 'dzis rano', '2026-11-23'],
    ['pl', 'wczoraj', '2026-11-22'],
    ['pl', 'przedwczoraj', '2026-11-21'],
    ['pl', 'we wtorek', '2026-11-17'],
    ['pl', 'w zeszły piątek', '2026-11-20'],
    ['pl', 'w poniedziałek', '2026-11-23'],
    ['pl', 'w zeszły poniedziałek', '2026-11-16'],
    ['pl', 'w przyszły wtorek', '2026-11-24'],
    ['pl', '2 dni temu', '2026-11-21'],
    ['pl', 'dwa dni temu', '2026-11-21'],
    ['pl', '3 listopada', '2026-11-03'],
    ['pl', '25 grudnia', '2025-12-25'],
    ['pl', '30 listopada', '2026-11-30'],
    ['pl', '2 stycznia', '2026-01-02'],
    ['pl', '3.11.2026', '2026-11-03'],
    ['pl', '03.11', '2026-11-03'],
    ['pl', 'od piątku', '2026-11-20'],
  ])('%s: %s', (lang, text, date) => expect(found(text, lang, 'date')).toEqual([`date ${date}`]));

  test.each([
    ['en', 'may I ask'],
    ['en', 'at 5pm'],
    ['en', 'last week'],
    ['en', '31/2 of it'],
    ['en', '£3.11'],
    ['pl', 'piąty kosz'],
    ['pl', '31.02.2026'],
  ])('%s: no date in "%s"', (lang, text) => expect(found(text, lang, 'date')).toEqual([]));

  test('are found at the end of a story as well, each at its place', () => {
    const story = `${'The bin was not emptied again. '.repeat(20)}I put it out last Tuesday, and ${'the crew went past '.repeat(20)}on 3/11`;
    const dates = reader.read(cleanText(story), 'en', now).filter(({ kind }) => kind === 'date');
    expect(dates.map(({ value, start, end }) => [value, story.slice(start, end)])).toEqual([
      ['2026-11-17', 'last Tuesday'],
      ['2026-11-03', '3/11'],
    ]);
  });

  test.each(['12/3/2026 ', '1-2-26 ', 'x'.repeat(200)])('of a long row of "%s" are read in a moment', (piece) => {
    const dates = found(`${piece.repeat(2000 / piece.length)} yesterday`, 'en', 'date');
    expect(dates.length).toBeLessThan(100);
  });

  test('days are London days: at half past midnight in summer, UTC is still yesterday', () => {
    const read = reader.read('today', 'en', Date.parse('2026-07-01T23:30:00Z'));
    expect(read.map(({ value }) => value)).toEqual(['2026-07-02']);
  });
});

describe('numbers and choices', () => {
  test.each([
    ['en', 'the second one', ['ordinal 2', 'number 1']],
    ['en', 'the last', ['ordinal -1']],
    ['en', '3', ['number 3']],
    ['en', 'two bins', ['number 2']],
    ['pl', 'druga', ['ordinal 2']],
    ['pl', 'trzy', ['number 3']],
  ])('%s: %s', (lang, text, expected) => expect(found(text, lang, 'number', 'ordinal')).toEqual(expected));

  test.each([
    ['en', 'my green bin', ['choice:stream garden', 'choice:container bin']],
    ['en', 'green bins', ['choice:stream garden', 'choice:container bin']],
    ['en', 'they refused', []],
    ['en', 'genral waste', ['choice:stream refuse']],
    ['en', 'Bin Close', []],
    ['pl', 'zielonego kosza', ['choice:stream garden', 'choice:container bin']],
    ['pl', 'odpadow ogrodowych', ['choice:stream garden']],
    ['pl', 'smieci', ['choice:stream refuse']],
  ])('%s: %s', (lang, text, expected) => expect(found(text, lang, 'choice')).toEqual(expected));
});

describe('streets that the gazetteer does not have', () => {
  test.each([
    ['3 Acacia Avenue', ['unknown-street Acacia Avenue', 'house-number 3']],
    ['pothole on acacia ave', ['unknown-street Acacia Avenue']],
    ['pothole acacia avenue near the shops', ['unknown-street Acacia Avenue']],
    ['Acacia Avenue', ['unknown-street Acacia Avenue']],
    ['my bin at 12b long acre close was missed', ['unknown-street Long Acre Close', 'house-number 12b']],
    ['corner of Mill Lane and Acacia Road', ['street Mill Lane', 'unknown-street Acacia Road']],
    ['dziura na Acacia Avenue', ['unknown-street Acacia Avenue']],
    ['hole in the road', []],
    ['the street light on our road is out', []],
    ['in the bus lane', []],
    ['blocking my drive all the way', []],
    ['a car parked close to the green', []],
  ])('%s', (text, expected) => {
    expect(found(text, 'en', 'house-number', 'street', 'unknown-street').toSorted()).toEqual(expected.toSorted());
  });
});
