import fc from 'fast-check';
import { maskCards } from '../../../src/storage/cards';

/** The Luhn check digit for the digits before it. */
function checkDigit(digits: readonly number[]): number {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = digit * 2;
    return total + (index % 2 === 1 ? digit : doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

const firstDigit = fc.integer({ min: 1, max: 9 });
const digit = fc.integer({ min: 0, max: 9 });
const card = fc
  .tuple(firstDigit, fc.array(digit, { minLength: 11, maxLength: 17 }))
  .map(([first, rest]) => [first, ...rest, checkDigit([first, ...rest])].join(''));
const separator = fc.constantFrom('', '', ' ', '-', '\u00a0', '–');
const words = fc.constantFrom('', 'my card is ', 'carte: ', 'کارڈ ', '(', 'no.');

/** The digits with something between some of them. */
const spaced = fc.tuple(card, fc.array(separator, { minLength: 19, maxLength: 19 })).map(([digits, separators]) => ({
  digits,
  text: [...digits].map((each, index) => (index === 0 ? each : `${separators[index]}${each}`)).join(''),
}));

const digitsOf = (text: string) => text.replace(/\D/g, '');

test('every card number is masked but for its last four digits, however it is spaced', () => {
  fc.assert(
    fc.property(words, spaced, words, (before, { digits, text }, after) => {
      const masked = maskCards(`${before}${text}${after}`);
      expect(digitsOf(masked)).toBe(digits.slice(-4));
      expect(masked).toHaveLength(before.length + text.length + after.length);
      expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
    }),
  );
});

test('a wrong check digit is no card number', () => {
  fc.assert(
    fc.property(card, fc.integer({ min: 1, max: 9 }), (digits, off) => {
      const wrong = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + off) % 10}`;
      expect(maskCards(wrong)).toBe(wrong);
    }),
  );
});

test('text without 13 digits is left as it is; masking twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const masked = maskCards(text);
      expect(maskCards(masked)).toBe(masked);
      if ((text.match(/\p{Nd}/gu) ?? []).length < 13) expect(masked).toBe(text);
    }),
  );
});

test.each([
  ['4111 1111 1111 1111', '**** **** **** 1111'],
  ['card 4111-1111-1111-1111, thanks', 'card ****-****-****-1111, thanks'],
  ['with its expiry 4111 1111 1111 1111 12 28', 'with its expiry **** **** **** 1111 12 28'],
  ['after a number 14 4111 1111 1111 1111', 'after a number 14 **** **** **** 1111'],
  ['3782 822463 10005 04/29', '**** ****** *0005 04/29'],
  ['two: 4111111111111111 5500000000000004', 'two: ************1111 ************0004'],
  ['mycard4111111111111111', 'mycard************1111'],
  ['٤١١١ ١١١١ ١١١١ ١١١١', '**** **** **** ١١١١'],
  ['+4111111111111111', '+************1111'],
])('masks %s', (text, masked) => expect(maskCards(text)).toBe(masked));

test.each([
  'MB-7K2-PQ4',
  '07700 900123',
  '07700 900123 or 020 7946 0958',
  '+44 7700 900123',
  '+4915112345674',
  '4111 1111 1111 1112',
  '0000 0000 0000 0000',
  '2026-11-23 07:30',
  'WB1 2AB, flat 3, 14a',
])('leaves %s', (text) => expect(maskCards(text)).toBe(text));

test.each([
  ['single digits', '4 ', 125_000],
  ['card numbers', '4111 1111 1111 1111 ', 12_500],
  ['groups of four that are none', '4111 ', 50_000],
  ['one endless number', '4', 250_000],
])('the longest message of nothing but %s is read in one go', (_what, piece, count) => {
  const masked = maskCards(piece.repeat(count));
  expect(masked).toHaveLength(piece.length * count);
  if (piece.length > 10) expect(digitsOf(masked)).toBe('1111'.repeat(count));
});
