import { dangerDataSchema, signReader } from '../../../src/nlu/dangerSigns';
import { words } from '../../../src/nlu/normalise';

const data = dangerDataSchema.parse({
  words: {
    gas: ['gas'],
    smell: ['smell*', 'stink*'],
    bill: ['bill', 'gas bill*'],
    knife: ['nóż', 'kitchen knife'],
    study: ['how many'],
  },
  signs: [{ danger: 'gas', all: ['gas', 'smell'], unless: ['bill'] }, { all: ['knife'] }],
  unless: ['study'],
});

describe('signs of danger', () => {
  const signs = signReader(data);
  test.each([
    ['I smell gas', true],
    ['stinking of GAS', true],
    ['gas', false],
    ['it smells', false],
    ['my gas bill smells of smoke', false],
    ['my gas bills stink', false],
    ['noz', true],
    ['kitchen knife', true],
    ['kitchen', false],
    ['how many smelled gas', false],
    ['', false],
  ])('%s: %s', (text, expected) => expect(signs(words(text)).length > 0).toBe(expected));

  test('a sign says which danger it is of, where that makes a difference', () => {
    expect(signs(words('a smell of gas'))).toEqual(['gas']);
    expect(signs(words('kitchen knife'))).toEqual(['']);
  });

  test('a sign that names an idea without words is refused', () => {
    const result = dangerDataSchema.safeParse({ words: {}, signs: [{ all: ['fire'] }] });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain('fire');
  });
});
