import { landmarkIn, namesJunction, namesSame, PlaceWords } from '../../../../src/conversation/placeWords';
import { narrowed, rangeOf } from '../../../../src/conversation/reading/addressLists';
import { halfPostcode, isName } from '../../../../src/conversation/reading/oddAnswers';
import { bareNumberIn, chosenOf, NONE } from '../../../../src/conversation/reading/reading';
import { understood } from '../forms';

describe('half a postcode', () => {
  test.each([
    ['SW19', 'SW19'],
    ['wb1', 'WB1'],
    ['10 WB1', '10 WB1'.slice(3)],
    ['m1', 'M1'],
  ])('%s is one', (words, half) => expect(halfPostcode(words)).toBe(half));
  test.each(['12b', 'SW19 7LE', 'Mill Street', 'it is somewhere in SW19', ''])('%s is none', (words) =>
    expect(halfPostcode(words)).toBeUndefined(),
  );
});

describe('a name', () => {
  test.each(['The Limes', 'Rose Cottage', "St Anne's", 'dom przy młynie', '12a'])('%s may be one', (words) =>
    expect(isName(words)).toBe(true),
  );
  test.each(['😀', '我住在样本路', "'; DROP TABLE a; --", '<b>x</b>', '', 'x'.repeat(61)])('%s is none', (words) =>
    expect(isName(words)).toBe(false),
  );
});

describe('the numbers of a street', () => {
  test('are told as a range, in the order of houses', () =>
    expect(rangeOf(['10', '2', '2a', '1'])).toEqual(['1', '10']));
  test.each([[['The Limes']], [['7']], [['7', '7']], [[]]])('%j are none', (numbers) =>
    expect(rangeOf(numbers)).toBeUndefined(),
  );
});

describe('typing which of those offered', () => {
  const offered = [
    { line: '3 Church Lane', postcode: 'WB1 6GP' },
    { line: '3 Church Lane', postcode: 'WB4 2BX' },
    { line: 'Top Flat, 2 Canal Villas', postcode: 'WB3 7TA' },
  ];
  test.each([
    ['the one in WB4', [1]],
    ['church lane', [0, 1]],
    ['top', [2]],
    ['WB9', []],
    ['the one', []],
    ['top flat in church lane', []],
  ])('%s', (words, expected) => expect(narrowed(offered, words)).toEqual(expected.map((at) => offered[at])));
});

describe('yes and no to a list', () => {
  const only = { text: 'a:b', choices: [{ value: 'x', label: { words: 'X' } }, NONE] } as const;
  const two = { text: 'a:b', choices: [{ value: 'y', label: { words: 'Y' } }, ...only.choices] } as const;
  const given = (more: object) => ({ understanding: understood(''), whole: true, ...more });
  test('yes takes the only one, and none of two', () => {
    expect(chosenOf(given({ yes: true }), only)).toBe('x');
    expect(chosenOf(given({ yes: true }), two)).toBeUndefined();
  });
  test('no takes none, a choice stands, and without a list nothing is chosen', () => {
    expect(chosenOf(given({ yes: false }), two)).toBe('none');
    expect(chosenOf(given({ chosen: 'y' }), two)).toBe('y');
    expect(chosenOf(given({ yes: true }), { text: 'a:b' })).toBeUndefined();
    expect(chosenOf(given({ yes: false }), undefined)).toBeUndefined();
  });
});

describe('a bare number', () => {
  const number = (words: string, text: string) => {
    const understanding = understood(words);
    const entity = { kind: 'number', value: '1', text, start: 0, end: text.length } as const;
    return bareNumberIn({ understanding: { ...understanding, entities: [entity] }, whole: true });
  };
  test.each([
    ['one', 'one', '1'],
    ['1 I think it is', '1', '1'],
    ['the one next to it, with a dog', 'one', undefined],
    [`1 ${'and so on '.repeat(6)}`, '1', undefined],
  ])('%s', (words, text, expected) => expect(number(words, text)).toBe(expected));
});

describe('words about places', () => {
  const words = PlaceWords.parse({
    before: ['outside', 'opposite'],
    until: ['on', 'and'],
    junction: ['corner'],
    same: ['same', 'same as before'],
  });
  test.each([
    ['there is a hole outside the pub on Mill Street', 'outside the pub'],
    ['opposite the church, by the gate', 'opposite the church'],
    ['the outsider', undefined],
    [`opposite ${'a very '.repeat(12)}long wall`, undefined],
  ])('%s', (text, landmark) => expect(landmarkIn(text, words)).toBe(landmark));
  test('a junction is named by a word, not by a part of one', () => {
    expect(namesJunction('at the corner of mill street', words)).toBe(true);
    expect(namesJunction('cornerstone', words)).toBe(false);
  });
  test('a word for the same place stands alone, a phrase may stand anywhere', () => {
    expect(namesSame('same', words)).toBe(true);
    expect(namesSame('the same street', words)).toBe(false);
    expect(namesSame('my bin same as before please', words)).toBe(true);
  });
  test('a language without such words knows none', () => {
    const none = PlaceWords.parse(undefined);
    expect([landmarkIn('outside the pub', none), namesJunction('corner', none), namesSame('same', none)]).toEqual([
      undefined,
      false,
      false,
    ]);
  });
});
