import { until } from '../server';
import { describeWith } from '../services';
import { PHONE, violations } from './browser';
import { exported, withProduct } from './product';
import { greeted, REFERENCE, say } from './resident';

/** More questions than any report has. */
const MOST_ANSWERS = 6;

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);

  test('a missed bin is reported in one sentence and a yes, on a phone, and is what the council exports', async () => {
    const page = await product.open('/chat', { viewport: PHONE });
    await greeted(page);
    let answer = await say(page, 'u missed our food caddy this morning, 10 Sample Rd');
    for (let asked = 0; asked < MOST_ANSWERS && !REFERENCE.test(answer); asked += 1) answer = await say(page, 'yes');
    const reference = REFERENCE.exec(answer)?.[0];
    expect(reference).toBeDefined();

    const cases = exported(product, 'cases').split('\n').filter(Boolean);
    const found = cases.map((line) => JSON.parse(line)).filter((one) => one.reference === reference);
    const answers = { stream: 'food', address: { line: '10 Sample Road' } };
    expect(found).toMatchObject([{ service: 'missed-bin', status: 'open', answers }]);

    await until('the page to be still', async () => (await page.locator('.message.me .failed').count()) === 0);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});
