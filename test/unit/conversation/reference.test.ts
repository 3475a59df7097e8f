import { isReference, makeReference, readReference } from '../../../src/conversation/reference';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** A small generator, so that the test repeats itself. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
const samples = Array.from({ length: 40 }, (_, index) => makeReference(index % 2 ? 'MB' : 'PH', seeded(index + 1)));

test('has two letters, three and three, without look-alikes', () => {
  for (const reference of samples) expect(reference).toMatch(/^(MB|PH)-[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{3}$/);
});

test('is read however it is typed', () => {
  for (const reference of samples) {
    const compact = reference.replaceAll('-', '');
    const [letters, first, second] = reference.split('-');
    for (const typed of [reference, compact.toLowerCase(), `${letters} ${first} ${second}`, ` ${reference}. `]) {
      expect(readReference(typed)).toBe(reference);
    }
    expect(isReference(reference)).toBe(true);
    expect(isReference(compact)).toBe(false);
  }
});

test('no single wrong character passes', () => {
  for (const reference of samples.slice(0, 10)) {
    const compact = reference.replaceAll('-', '');
    for (let at = 2; at < compact.length; at += 1) {
      for (const character of ALPHABET.replace(compact.charAt(at), '')) {
        expect(readReference(compact.slice(0, at) + character + compact.slice(at + 1))).toBeUndefined();
      }
    }
  }
});

test('no swap of neighbours passes', () => {
  for (const reference of samples) {
    const compact = reference.replaceAll('-', '');
    for (let at = 0; at < compact.length - 1; at += 1) {
      const [left, right] = [compact.charAt(at), compact.charAt(at + 1)];
      if (left === right) continue;
      expect(readReference(compact.slice(0, at) + right + left + compact.slice(at + 2))).toBeUndefined();
    }
  }
});

test.each(['', 'MB', 'MB-7K2-PQ', 'M0-7K2-PQ4', 'MB-7K2-PQ44', '12-345-678'])('%p is none', (text) => {
  expect(readReference(text)).toBeUndefined();
});

test('letters outside the alphabet are refused', () => expect(() => makeReference('LO', () => 0)).toThrow(RangeError));

test('the example of every text is a valid one', () => expect(isReference('MB-7K2-PQ4')).toBe(true));
