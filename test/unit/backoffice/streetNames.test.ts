import { comparable, nameScore } from '../../../src/backoffice/streetNames';

const score = (written: string, name: string) => nameScore(comparable(written), comparable(name));

describe('street names', () => {
  it.each([
    ['Sample Rd', 'Sample Road'],
    ['SAMPLE ROAD', 'Sample Road'],
    ["St. Mary's Ave", 'Saint Marys Avenue'],
    ['Mill St', 'Mill Street'],
  ])('%s is %s', (written, name) => expect(score(written, name)).toBe(1));

  it.each([
    ['alexandra', 'Alexandra Road', 0.9],
    ['Snufmill Lane', 'Snuffmill Lane', 0.85],
    ['Cannon Lan', 'Cannon Lane', 0.85],
  ])('%s is near %s', (written, name, least) => expect(score(written, name)).toBeGreaterThanOrEqual(least));

  it.each([
    ['High Street', 'Mill Street'],
    ['', 'Mill Street'],
    ['Otter Lane', 'Cannon Lane'],
  ])('%s is not %s', (written, name) => expect(score(written, name)).toBe(0));

  it('is never more for a misspelt name than for the right one', () => {
    expect(score('Sampel Road', 'Sample Road')).toBeLessThan(score('Sample Road', 'Sample Road'));
  });
});
