import { namedIn } from '../../../src/conversation/wordLists';

describe('words that a text names', () => {
  test.each([
    ['My SOFAS, please', ['sofa*'], ['sofa*']],
    ['the sofabed', ['sofa'], []],
    ['dwie lodówki', ['lodówk*'], ['lodówk*']],
    ['a broken washing machine', ['washing machine', 'machine washing'], ['washing machine']],
    ["I don't know", ["don't know"], ["don't know"]],
    ['the dog washing the machine', ['washing machine'], []],
    ['', ['sofa*'], []],
  ])('%s', (text, phrases, named) => {
    expect(namedIn(text, phrases)).toEqual(named);
  });
});
