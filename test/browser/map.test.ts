import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import council from '../../dialogs/council.json';
import { newFolder } from '../folder';
import { type RunningServer, startServer, until } from '../server';
import { describeWith } from '../services';
import { openBrowser } from './browser';

const TILES = 'https://tiles.example.org';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const VALUE = { url: `${TILES}/{z}/{x}/{y}.png`, maxZoom: 19, credit: '© Map makers', creditLink: `${TILES}/terms` };
const DATES = { owner: 'GIS team', source: TILES, effectiveFrom: '2026-01-01', expiresOn: '2027-12-31' };

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    const file = join(newFolder('council'), 'council.json');
    writeFileSync(file, JSON.stringify({ ...council, map: { tiles: { value: VALUE, ...DATES } } }));
    [server, browser] = await Promise.all([startServer({ WANDLE_COUNCIL: file }), openBrowser(executablePath)]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open(path: string) {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route(`${TILES}/**`, (route) => {
      asked.push(`${route.request().url()} ${route.request().headers().referer ?? ''}`);
      return route.fulfill({ contentType: 'image/png', body: PNG });
    });
    await page.goto(server.url + path);
    return { page, asked, complaints };
  }

  test('the map shows the pictures of the council’s tile server and whose they are; nothing is against its policy', async () => {
    const { page, asked, complaints } = await open('/chat/map?lang=en');
    await until('pictures', async () => (await page.locator('.leaflet-tile-loaded').count()) > 0);
    await page.getByRole('link', { name: '© Map makers' }).waitFor();
    expect(await page.getByText('This map has no pictures').isVisible()).toBe(false);
    // Whose site asks, never which page.
    expect(new Set(asked.map((line) => line.split(' ')[1]))).toEqual(new Set([`${server.url}/`]));
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
