import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRender } from '../../../src/conversation/render';
import { newFolder } from '../../folder';

function locales(files: { readonly [path: string]: object }): string {
  const folder = newFolder('locales');
  for (const [path, texts] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(texts));
  }
  return folder;
}

const folder = locales({
  'en/common.json': { yes: 'Yes', only: 'Only here', quote: '“{words}”' },
  'en/bins.json': {
    when: 'On {day}.',
    at: 'At {t}',
    both: '{m}',
    items: 'You said {list}.',
    count: '{n, plural, one {# bin} other {# bins}}',
    'stream.food': 'Food waste',
    'stream.food.also': ['caddy', 'food bin'],
    'stream.ask': 'Which?',
    pcn: 'PCN',
    'stop.late': 'Late',
  },
  'pl/common.json': { yes: 'Tak', quote: '„{words}”' },
  'pl/bins.json': { when: 'Dzień: {day}.', 'stream.food': 'Resztki jedzenia' },
  'pl-Latn/common.json': {},
});
const render = createRender(folder);
const text = (key: string, params: object = {}, language = 'en') =>
  render.say({ text: `bins:${key}`, params: params as never }, language).text;

test('days and times are those of London, in the resident’s language', () => {
  expect(text('when', { day: { date: '2026-11-24' } })).toBe('On Tuesday 24 November.');
  expect(text('when', { day: { date: '2026-11-24' } }, 'pl')).toBe('Dzień: wtorek 24 listopada.');
  expect(text('at', { t: { time: Date.parse('2026-07-01T17:05:00Z') } })).toBe('At 18:05');
  expect(text('both', { m: { moment: Date.parse('2026-07-01T23:30:00Z') } })).toBe('Thursday 2 July, 00:30');
});

test('a day more than half a year away is told with its year', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const day = (date: string, language = 'en') =>
    render.say({ text: 'bins:when', params: { day: { date } } }, language, now).text;
  expect(day('2025-05-03')).toBe('On Saturday 3 May 2025.');
  expect(day('2027-01-04')).toBe('On Monday 4 January.');
  expect(day('2025-05-03', 'pl')).toContain('3 maja 2025');
});

test('within a sentence a label is not capitalised, an abbreviation is', () => {
  const inline = (label: string) => ({ list: { list: [{ label, inline: true }] } });
  expect(text('items', inline('bins:stream.food'))).toBe('You said food waste.');
  expect(text('items', inline('bins:pcn'))).toBe('You said PCN.');
});

test('the resident’s words stand in the language’s quotation marks', () => {
  const params = { day: { quote: 'bla' } };
  expect(text('when', params)).toBe('On “bla”.');
  expect(text('when', params, 'pl')).toBe('Dzień: „bla”.');
});

test('labels and lists are nested', () => {
  expect(text('items', { list: { list: ['14', { label: 'bins:stream.food' }, { date: '2026-11-24' }] } })).toBe(
    'You said 14, Food waste and Tuesday 24 November.',
  );
  expect(text('count', { n: 1 })).toBe('1 bin');
});

test('choices carry value and title', () => {
  const choices = [
    { value: 'yes', label: 'common:yes' },
    { value: 'u', label: { words: '14 Sample Road' } },
    { value: 'n', label: { text: 'bins:count', params: { n: 2 } } },
  ] as const;
  expect(render.say({ text: 'common:yes', choices }, 'pl').choices).toEqual([
    { value: 'yes', title: 'Tak' },
    { value: 'u', title: '14 Sample Road' },
    { value: 'n', title: '2 bins' },
  ]);
});

test('a script variant falls back to its parent, a missing text to English', () => {
  expect(render.say({ text: 'common:yes' }, 'pl-Latn').text).toBe('Tak');
  expect(render.say({ text: 'common:only' }, 'pl').text).toBe('Only here');
  expect(render.has('common:only', 'pl')).toBe(false);
});

test('nothing throws at a resident, everything in a test', () => {
  expect(text('when')).toBe('On .');
  expect(text('nowhere')).toBe('');
  const strict = createRender(folder, { strict: true });
  expect(() => strict.say({ text: 'bins:when' }, 'en')).toThrow();
  expect(() => strict.say({ text: 'bins:nowhere' }, 'en')).toThrow('no text bins:nowhere');
});

test('the lexicon names choices only, with their other words', () => {
  expect(render.lexicon('en')).toEqual([
    { slot: 'stream', value: 'food', phrases: ['Food waste', 'caddy', 'food bin'] },
  ]);
});

describe('in other scripts', () => {
  test('numbers are in the digits of the bins and the phones, in every language', () => {
    const text = { count: '{n, plural, other {# / {n}}}' };
    const other = createRender(locales({ 'en/x.json': text, 'ar/x.json': text, 'bn/x.json': text }), { strict: true });
    for (const language of ['ar', 'bn'])
      expect(other.say({ text: 'x:count', params: { n: 12 } }, language).text).toBe('12 / 12');
  });

  test('Urdu in Latin letters has days and lists in Latin letters', () => {
    const text = { day: '{day} | {list}' };
    const other = createRender(locales({ 'en/x.json': text, 'ur/x.json': text, 'ur-Latn/x.json': text }), {
      strict: true,
    });
    const say = { text: 'x:day' as const, params: { day: { date: '2026-11-24' }, list: { list: ['a', 'b'] } } };
    expect(other.say(say, 'ur-Latn').text).toBe('Tuesday 24 November | a, b');
    expect(other.say(say, 'ur').text).toMatch(/^منگل، 24 نومبر/);
  });

  test('a text of a script variant goes before the short one of its language', () => {
    const files = {
      'en/x.json': { a: 'A' },
      'ur/x.json': { a: 'ا', 'a.sms': 'ا', b: 'ب', 'b.sms': 'ب' },
      'ur-Latn/x.json': { a: 'alif' },
    };
    const other = createRender(locales(files));
    expect(other.has('x:a.sms', 'ur-Latn')).toBe(false);
    expect(other.has('x:b.sms', 'ur-Latn')).toBe(true);
    expect(other.has('x:a.sms', 'ur')).toBe(true);
  });

  test('an address among Urdu words keeps its number before its street; links stay as they are', () => {
    const other = createRender(
      locales({ 'en/x.json': { a: '{v}' }, 'ur/x.json': { a: 'پتا {v}' }, 'ur-Latn/x.json': { a: 'Pata {v}' } }),
    );
    const say = (v: string, language: string): string => other.say({ text: 'x:a', params: { v } }, language).text;
    expect(say('10 Sample Road', 'ur')).toBe('پتا \u206610 Sample Road\u2069');
    expect(say('https://wandle.example/10', 'ur')).toBe('پتا https://wandle.example/10');
    expect(say('گلی 10 A', 'ur')).toBe('پتا گلی \u206610 A\u2069');
    expect(say('10 Sample Road', 'ur-Latn')).toBe('Pata 10 Sample Road');
  });

  test('an address given as an example keeps its order; numbers and Latin words alone stay', () => {
    const other = createRender(
      locales({
        'en/x.json': { a: 'x' },
        'ur/x.json': { a: 'جیسے 10 WB1 2AB یا 14, WB1 2AB۔ 1, 2, 3 یا Good Morning' },
      }),
    );
    expect(other.say({ text: 'x:a' }, 'ur').text).toBe(
      'جیسے \u206610 WB1 2AB\u2069 یا \u206614, WB1 2AB\u2069۔ 1, 2, 3 یا Good Morning',
    );
  });

  test('a phone number among Arabic words keeps the order of its groups', () => {
    const other = createRender(
      locales({ 'en/x.json': { a: 'Call 0800 111 999 now' }, 'ar/x.json': { a: 'اتصل 0800 111 999 الآن، {p}' } }),
    );
    expect(other.say({ text: 'x:a', params: { p: '020 7946 0199' } }, 'ar').text).toBe(
      'اتصل \u20660800 111 999\u2069 الآن، \u2066020 7946 0199\u2069',
    );
    expect(other.say({ text: 'x:a' }, 'en').text).toBe('Call 0800 111 999 now');
  });
});
