import fc from 'fast-check';
import { fuzzyIndex, isOneSlip } from '../../../src/nlu/fuzzyIndex';
import { speller, vocabularyOf } from '../../../src/nlu/speller';

describe('one slip', () => {
  test.each([
    ['mill', 'mil', true],
    ['mill', 'milll', true],
    ['mill', 'mlil', true],
    ['mill', 'mull', true],
    ['mill', 'mill', false],
    ['mill', 'mall road', false],
    ['abcd', 'badc', false],
    ['abc', 'cba', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isOneSlip(a, b)).toBe(expected);
    expect(isOneSlip(b, a)).toBe(expected);
  });

  test('the index finds exactly the words that are one slip away', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 30 }), word, (list, said) => {
        const expected = list.flatMap((entry, at) => (isOneSlip(said, entry) ? [at] : []));
        expect(fuzzyIndex(list).near(said)).toEqual(expected);
      }),
      { seed: 3 },
    );
  });
});

describe('speller', () => {
  const vocabulary = vocabularyOf([['collected', 'bin'], ['collected'], ['collector'], ['collector'], ['collected']]);
  test('puts unknown words right by the most frequent known word', () =>
    expect(speller(vocabulary)(['colected', 'collectod', 'xyzzy', 'bin', 'collector'])).toEqual([
      'collected',
      'collected',
      'xyzzy',
      'bin',
      'collector',
    ]));
  test('learns no word from a single text', () => expect(vocabulary).not.toContain('bin'));
});
