import * as rules from '../../../dialogs/parks-leisure.rules';
import { at } from './fixtures';

const context = at('2026-11-24T10:00:00Z');

const named = (line: string) => ({ line, words: line });

test.each([
  ['pitch', 'pitch', 'https://www.wandlebridge.example/parks/pitches'],
  ['centre', 'centre', 'https://www.wandlebridge.example/leisure/centres'],
  ['allotment', 'allotment', 'https://www.wandlebridge.example/parks/allotments'],
  ['fault', 'pitch', undefined],
  ['hours', 'hours', undefined],
])('who wants %s and is asked for %s gets %s', (want, asked, link) => {
  expect(rules.pageFor(want, asked, context)).toEqual(link ? { link } : false);
});

test('a link that has expired is replaced by the council’s', () => {
  expect(rules.pageFor('pitch', 'pitch', at('2027-11-24T10:00:00Z'))).toEqual({
    link: 'https://www.wandlebridge.example',
  });
});

describe('opening hours', () => {
  test('of the park that was named', () => {
    expect(rules.openingHours('hours', named('near Heron Park, Heronsgate Road'), context)).toMatchObject({
      hours: { list: ['Heron Park (8 am to 4.30 pm, in summer to 9 pm)'] },
    });
  });
  test('of all parks, in the resident’s language', () => {
    const { hours } = rules.openingHours('hours', undefined, { ...context, language: 'pl' }) as {
      readonly hours: { readonly list: readonly string[] };
    };
    expect(hours.list).toHaveLength(3);
    expect(hours.list[1]).toBe('Mill Green Recreation Ground (otwarte całą dobę)');
  });
  test('are not told once they have expired, nor to who wants something else', () => {
    expect(rules.openingHours('hours', named('Heron Park'), { ...at('2027-11-24T10:00:00Z') })).toMatchObject({
      hours: 'none',
    });
    expect(rules.openingHours('fault', named('Heron Park'), context)).toBe(false);
  });
});
