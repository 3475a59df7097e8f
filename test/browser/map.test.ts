import type { Page } from 'playwright-core';
import { councilFile } from '../council';
import { PNG } from '../files';
import { until } from '../server';
import { describeWith } from '../services';
import { withProduct } from './product';

const TILES = 'https://tiles.example.org';
const VALUE = { url: `${TILES}/{z}/{x}/{y}.png`, maxZoom: 19, credit: '© Map makers', creditLink: `${TILES}/terms` };
const DATES = { owner: 'GIS team', source: TILES, effectiveFrom: '2026-01-01', expiresOn: '2027-12-31' };

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const tiles = { value: VALUE, ...DATES };
  const product = withProduct(executablePath, { WANDLE_COUNCIL: councilFile({ map: { tiles } }) });

  async function open(path: string) {
    const asked: string[] = [];
    const complaints: string[] = [];
    const before = (page: Page) => {
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      return page.route(`${TILES}/**`, (route) => {
        asked.push(`${route.request().url()} ${route.request().headers().referer ?? ''}`);
        return route.fulfill({ contentType: 'image/png', body: PNG });
      });
    };
    return { page: await product.open(path, { before }), asked, complaints };
  }

  test('the map shows the pictures of the council’s tile server and whose they are; nothing is against its policy', async () => {
    const { page, asked, complaints } = await open('/chat/map?lang=en');
    await until('pictures', async () => (await page.locator('.leaflet-tile-loaded').count()) > 0);
    await page.getByRole('link', { name: '© Map makers' }).waitFor();
    expect(await page.getByText('This map has no pictures').isVisible()).toBe(false);
    // Whose site asks, never which page.
    expect(new Set(asked.map((line) => line.split(' ')[1]))).toEqual(new Set([`${product.server.url}/`]));
    await page.locator('#map').press('ArrowLeft');
    await page.click('#in');
    expect(complaints).toEqual([]);
  });

  test('markup cannot be written into it', async () => {
    const { page } = await open('/chat/map?lang=en');
    await page.evaluate('document.querySelector(".zoom").innerHTML = "<img src=x onerror=alert(1)>"');
    expect(await page.locator('.zoom').innerHTML()).toBe('');
  });

  test('the chat itself may not load them', async () => {
    const { page, asked, complaints } = await open('/chat?lang=en');
    await page.evaluate(
      `{ const image = new Image(); image.src = '${TILES}/1/1/1.png'; document.body.append(image); }`,
    );
    await until('the refusal', () => complaints.some((text) => text.includes('Content Security Policy')));
    expect(asked).toEqual([]);
  });
});
