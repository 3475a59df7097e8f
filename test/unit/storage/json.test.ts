import fc from 'fast-check';
import { cleanText, safeActivity, safeJson, safeJsonText } from '../../../src/storage/json';

test('clean text is what both databases give back unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\0', '\ud83d', '\udc00'), (text, odd) => {
      const clean = cleanText(`${text}${odd}${text}`);
      expect(clean).not.toContain('\0');
      expect(clean).not.toMatch(/\p{Surrogate}/u);
    }),
  );
  expect(cleanText('😀 plain')).toBe('😀 plain');
});

test('masks and cleans at every depth and leaves everything but text', () => {
  expect(safeJson({ a: ['4111111111111111', 4111111111111111, true, null], b: { 'k\0': 'x\0' } })).toEqual({
    a: ['************1111', 4111111111111111, true, null],
    b: { k: 'x' },
  });
  expect(safeJsonText('{"card":"4111111111111111"}')).toBe('{"card":"************1111"}');
});

test("keeps the protocol's identifiers and masks the same digits elsewhere", () => {
  const digits = '4111111111111111';
  const accounts = { from: { id: digits, name: digits }, conversation: { id: digits } };
  const safe = safeActivity({ id: digits, replyToId: digits, text: digits, channelData: { id: digits }, ...accounts });
  expect(safe).toEqual({
    id: digits,
    replyToId: digits,
    text: '************1111',
    channelData: { id: '************1111' },
    from: { id: digits, name: '************1111' },
    conversation: { id: digits },
  });
});

test('takes accounts that are missing, null or text', () => {
  expect(safeActivity({ from: null, recipient: 'x', id: 3 })).toEqual({ from: null, recipient: 'x', id: 3 });
});
