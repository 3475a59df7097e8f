import * as rules from '../../../dialogs/foi-request.rules';
import type { Disclosure } from '../../../src/conversation/ports';
import { at, moment, wordsOf } from './fixtures';

const WORDS = { en: wordsOf('foi-request'), pl: wordsOf('foi-request', 'pl') } as const;
const TODAY = '2026-11-24T12:00:00Z';

test.each([
  ['FOI request', true],
  ['  contracts  ', true],
  ["I don't know", true],
  ['nie wiem', true],
  ['How many potholes were repaired in 2025?', false],
])('%p is vague: %s', (text, vague) => expect(rules.isVague(text, WORDS.pl)).toBe(vague));

test.each([
  ['sam@example.org', false],
  ['Sam Sample, 10 Sample Road, WB1 2AB', false],
  ['07700 900123', true],
  ['by post please', true],
  ['sam@', true],
])('%p is no address: %s', (reply, none) => expect(rules.isNoAddress(reply)).toBe(none));

test.each([
  ['Jane Doe', false],
  ['Józef Żółć', false],
  ['李小龙', false],
  ['J', true],
  ['sam@example.org', true],
  ['07700900123', true],
  ['<script>', true],
  ['😀😀', true],
])('%p is no name: %s', (name, none) => expect(rules.isNoName(name)).toBe(none));

test.each([
  ['Figures for Sample Road since 2024', []],
  ['How many disabled people got a Blue Badge?', []],
  ['Payments over 500 pounds in 2024 and 2025', []],
  ['Decision 1234567 of 2025', []],
  ['All letters to 07700 900123', ['phone']],
  ['All letters about WB1 2AB', ['postcode']],
  ['Mails from sam@example.org', ['email']],
  ['Letters about my grant for cancer treatment', ['health']],
  ['Pisma o dodatku, bo mam cukrzycę', ['health']],
  ['Mails from sam@example.org on her depression', ['email', 'health']],
])('of %p the personal details are %j', (text, found) => expect(rules.personalIn(text, WORDS.pl)).toEqual(found));

test('personal details are named in the resident’s language', () => {
  expect(rules.personalTold('to 07700 900123', WORDS.en)).toEqual({ list: [{ label: 'foi-request:personal.phone' }] });
  expect(rules.personalTold('potholes', WORDS.en)).toBe('none');
});

describe('the clock of an answer', () => {
  const told = (now: string, more: object = {}) => rules.told({ ...more }, { ...at(now), channel: 'web' });
  test('has its arithmetic', () => {
    expect(told('2026-11-23T12:00:00Z')).toMatchObject({
      from: { date: '2026-11-23' },
      due: { date: '2026-12-22' },
      days: 20,
      holidays: { list: [{ label: 'common:holiday.st-andrew' }] },
    });
    expect(told('2026-11-28T23:50:00Z')).toMatchObject({
      atMost: { date: '2027-01-29' },
      due: { date: '2026-12-30' },
      holidays: {
        list: [
          { label: 'common:holiday.st-andrew' },
          { label: 'common:holiday.christmas' },
          { label: 'common:holiday.boxing-day' },
        ],
      },
    });
    expect(told('2026-10-05T12:00:00Z')).toMatchObject({ holidays: 'none' });
  });
  test('counts from the day it was sent where no answer came', () =>
    expect(told(TODAY, { step: 'late', since: '2026-10-12' })).toMatchObject({ due: { date: '2026-11-09' } }));
  test('a review has 20 days, at most 40', () =>
    expect(told(TODAY, { step: 'review', since: '2026-11-10' })).toMatchObject({
      from: { date: '2026-11-24' },
      due: { date: '2026-12-23' },
      atMost: { date: '2027-01-26' },
    }));
  test('the limit is told in hours, and not at all once it has expired', () => {
    expect(told(TODAY)).toMatchObject({ limit: '450', hours: 18 });
    expect(told('2027-11-24T12:00:00Z')).toMatchObject({ limit: 'none', hours: 'none' });
  });
  test('runs to the end of the last day, and the next morning it is late', () => {
    expect(rules.answerBy('new', moment(TODAY))).toBe(moment('2026-12-23T23:59:00Z'));
    const known = { regime: 'foi', reply: 'sam@example.org' } as const;
    expect(rules.afterwards('new', known, moment(TODAY))).toEqual({
      at: moment('2026-12-24T09:00:00Z'),
      answers: { step: 'late', since: '2026-11-24', ...known },
      reference: 'earlier',
    });
    expect(rules.afterwards('late', known, moment(TODAY))).toBeUndefined();
  });
});

describe('no answer', () => {
  test.each([
    ['2026-10-26', '2026-11-23T12:00:00Z', false],
    ['2026-10-26', '2026-11-24T00:00:00Z', true],
    [undefined, TODAY, false],
  ])('to what was sent on %s is late at %s: %s', (sent, now, late) => {
    expect(rules.isOverdue(sent, at(now))).toBe(late);
    expect(rules.isEarly('late', sent, at(now))).toBe(sent !== undefined && !late);
    expect(rules.isEarly('review', sent, at(now))).toBe(false);
  });
});

describe('a review', () => {
  test.each([
    ['review', '2026-09-29', false],
    ['review', '2026-09-28', { last: { date: '2026-11-23' } }],
    ['late', '2026-01-05', false],
    ['review', undefined, false],
  ] as const)('(%s) of an answer of %s comes too late: %j', (step, answered, late) => {
    const found = rules.askedTooLate(step, answered, at(TODAY));
    if (late) expect(found).toMatchObject(late);
    else expect(found).toBe(false);
  });
});

describe('published answers', () => {
  const answer = (reference: string): Disclosure => ({
    reference,
    title: `Title ${reference}`,
    summary: '',
    published: '2026-01-05',
    link: `https://c.example/${reference}`,
  });
  const four = ['A', 'B', 'C', 'D'].map(answer);
  test('are at most three, by text message one', () => {
    expect(rules.optionsOf(four, 'web').map(({ value }) => value)).toEqual(['A', 'B', 'C']);
    expect(rules.optionsOf(four, 'sms').map(({ value }) => value)).toEqual(['A']);
    expect(rules.shownOf(undefined, 'web')).toEqual([]);
  });
  test('are listed with title, day and link', () => {
    expect(rules.publishedTold(four.slice(0, 1))).toEqual({
      lines: [
        {
          text: 'foi-request:published.line',
          params: { title: 'Title A', published: { date: '2026-01-05' }, link: 'https://c.example/A' },
        },
      ],
    });
    expect(rules.publishedTold([])).toBe('none');
  });
  test('one of them may be enough', () => {
    expect(rules.enough(four, 'B')).toEqual({ title: 'Title B', link: 'https://c.example/B' });
    expect(rules.enough(four, 'none')).toBe(false);
    expect(rules.enough(four, undefined)).toBe(false);
  });
});

test('own data is due in a month', () =>
  expect(rules.ownData(at(TODAY))).toMatchObject({ own: { date: '2026-12-24' } }));

test.each([
  ['new', 'foi', 'foi', 'FOI'],
  ['new', 'eir', 'eir', 'EIR'],
  ['late', 'eir', 'late', 'EIR'],
  ['review', 'foi', 'review', 'FOI'],
] as const)('%s (%s) ends as %s', (step, regime, ending, law) =>
  expect(rules.outcome(step, regime, moment(TODAY))).toMatchObject({ ending, open: { facts: { regime: law, step } } }),
);
