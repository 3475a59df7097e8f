import type { Page } from 'playwright-core';
import { PNG } from '../files';
import { photoTakenAt } from '../photos';
import { DEMO_PLACES } from '../places';
import { until } from '../server';
import { describeWith } from '../services';
import { PICTURES } from '../unit/directline/pictures';
import { PHONE, violations, withoutComplaints } from './browser';
import { withProduct } from './product';
import { answered, bubbles, greeted, say } from './resident';

const SAMPLE_ROAD = DEMO_PLACES.sampleRoad;
const PARIS = { lat: 48.85, lon: 2.35 };
const HERE = photoTakenAt(SAMPLE_ROAD);

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);
  const { watch } = withoutComplaints();

  async function open(language = 'en'): Promise<Page> {
    const before = (page: Page) => watch(page, product.server.url);
    const page = await product.open(`/chat?lang=${language}`, { viewport: PHONE, before });
    await greeted(page);
    return page;
  }

  const attach = async (page: Page, ...buffers: readonly Buffer[]) => {
    const shown = page.locator('.photos li');
    const before = await shown.count();
    const files = buffers.map((buffer) => ({ name: 'hole.jpg', mimeType: 'image/jpeg', buffer }));
    await page.setInputFiles('#file', files);
    await shown.nth(before + buffers.length - 1).waitFor();
  };

  test.each([
    ['en', 'there is a pothole', 'Position on the map: near Sample Road, WB1 2AB'],
    ['ur', 'سڑک پر گڑھا ہے', 'نقشے پر مقام: Sample Road, WB1 2AB کے قریب'],
  ])(
    'the place of a photo that was sent answers where it is, once it is pressed (%s)',
    async (language, want, shown) => {
      const page = await open(language);
      const latitude = String(SAMPLE_ROAD.lat).slice(0, 6);
      const told: string[] = [];
      page.on('request', (request) => {
        const line = `${request.url()} ${request.postData()}`;
        if (line.includes(latitude)) told.push(line);
      });
      await attach(page, HERE);
      await say(page, want);
      await page.locator('#photoPlace').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(told).toEqual([]);
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(latitude);
      await answered(page, () => page.click('#photoPlace'));
      expect(await bubbles(page, 'me').last().textContent()).toBe(shown);
      expect(told.at(-1)).toContain('GeoCoordinates');
      await until('the next question', async () => (await page.locator('.choices button').count()) > 1);
    },
  );

  test('the place of a photo is offered while it is there: not when it is taken back, replaced or says none', async () => {
    const page = await open();
    const button = page.locator('#photoPlace');
    await say(page, 'there is a pothole');
    await attach(page, PICTURES.jpeg, PNG);
    expect(await button.count()).toBe(0);
    await attach(page, HERE);
    await button.waitFor();
    await page.getByText('Your photo says where it was taken.').waitFor();
    await page.locator('.photos button').last().click();
    await button.waitFor({ state: 'detached' });
    await attach(page, HERE);
    await say(page, 'look');
    await button.waitFor();
    await attach(page, PICTURES.jpeg);
    await button.waitFor({ state: 'detached' });
  });

  test('the place of a photo elsewhere is refused in plain words; it is forgotten with the chat', async () => {
    const page = await open();
    await attach(page, photoTakenAt(PARIS));
    await say(page, 'there is a pothole');
    expect(await answered(page, () => page.click('#photoPlace'))).toContain('That place is not in our area.');
    await page.locator('#photoPlace').waitFor();
    await page.click('#end');
    await page.click('#endYes');
    await page.click('#restart');
    await greeted(page);
    await say(page, 'there is a pothole');
    await page.locator('#mapButton').waitFor();
    expect(await page.locator('#photoPlace').count()).toBe(0);
  });
});
