import { clauses } from '../../../src/nlu/clauses';

describe('parts that may each ask for something', () => {
  test.each([
    ['My bin was missed. The light is out.', ['My bin was missed.', 'The light is out.']],
    ['my bin was missed and the light is out', ['my bin was missed', 'the light is out']],
    ['my bin was missed and there is also paint on the wall', ['my bin was missed', 'there is also paint on the wall']],
    ['food and garden waste were missed', ['food and garden waste were missed']],
    ['they missed the food and paper', ['they missed the food and paper']],
    ['and also', ['and also']],
  ])('%s', (text, parts) => {
    expect(clauses(text, ['and', 'also'])).toEqual(parts);
  });
});
