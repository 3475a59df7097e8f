import { readPattern } from '../../../../src/conversation/reading/values';
import { understood } from '../forms';

const is = {
  kind: 'pattern',
  pattern: /^[A-Z]{2}\d{4}$/,
  normalise: (words: string) => words.replaceAll(' ', ''),
} as const;
const read = (text: string) => readPattern(is, 'x:invalid', { understanding: understood(text), whole: true } as never);

describe('a number of a known form', () => {
  test.each(['WB1234', 'it is WB1234 I think', 'W B 1 2 3 4', 'number W B 12 34 please'])(
    'is read from "%s"',
    (text) => {
      expect(read(text)).toEqual({ value: 'WB1234', source: 'said' });
    },
  );

  test('is found at the end of a story of single letters', () => {
    expect(read(`${'a '.repeat(1990)}WB1234`)).toEqual({ value: 'WB1234', source: 'said' });
  });

  test('nearly one gets the reason; words without a digit are something else', () => {
    expect(read('WB123')).toEqual({ invalid: { text: 'x:invalid' } });
    expect(read('no idea')).toEqual(read(''));
  });
});
