import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import council from '../../dialogs/council.json';
import { newFolder } from '../folder';
import { type RunningServer, startServer } from '../server';
import { describeWith } from '../services';
import { AXE, openBrowser } from './browser';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = {
  wide: { width: 1280, height: 900 },
  /** A wide screen at 200 %. */
  zoomed: { width: 640, height: 450 },
  phone: { width: 360, height: 740 },
};

jest.setTimeout(90_000);

describeWith('chromium', ({ executablePath }) => {
  let server: RunningServer;
  let browser: Browser;
  let ada: Page;

  beforeAll(async () => {
    server = await startServer({ WANDLE_COUNCIL: fileWithOldPrice() });
    browser = await openBrowser(executablePath);
    ada = await newPage();
    await ada.goto(server.adminLink);
    await ada.getByLabel('Name').fill('Ada Admin');
    await ada.getByLabel('Email').fill('ada@council.test');
    await ada.getByLabel('Password').fill('correct horse battery');
    await ada.getByRole('button', { name: 'Save and sign in' }).click();
    await ada.getByRole('heading', { name: 'Queue' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function newPage(): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'en-GB', viewport: SIZES.wide })).newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }

  async function say(page: Page, words: string): Promise<void> {
    const said = page.locator('.message.bot');
    const before = await said.count();
    await page.fill('#text', words);
    await page.press('#text', 'Enter');
    await said.nth(before).waitFor();
    await page.locator('.typing').waitFor({ state: 'detached' });
  }

  /** Everything fits, at every size, and the checker finds nothing. */
  async function isSound(page: Page): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
      await page.setViewportSize(size);
      expect([name, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([name, 0]);
      const problems = await page.evaluate<string[]>(
        `${AXE}; axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.map(({ id }) => id))`,
      );
      expect([name, problems]).toEqual([name, []]);
    }
    await page.setViewportSize(SIZES.wide);
  }

  test('an agent reads what the resident said and what the rules decided on, in plain words', async () => {
    const page = await newPage();
    await page.goto(`${server.url}/chat`);
    await page.locator('.message.bot time').first().waitFor();
    for (const words of [
      'book a room in Wandlebridge Library',
      'friday',
      '2pm to 4pm',
      '12',
      'jane@example.org',
      'yes',
      'I want to talk to a person',
    ])
      await say(page, words);

    await ada.getByRole('button', { name: /^Claim: / }).click();
    const shown = ada.getByRole('region', { name: /^Case BK-/ });
    await shown.waitFor();
    expect(await shown.locator('p').first().textContent()).toMatch(
      /^BK-[A-Z2-9]{3}-[A-Z2-9]{3} Libraries, open, opened/,
    );
    const names = await shown.locator('dt').allTextContents();
    const values = await shown.locator('dd').allTextContents();
    expect(names.map((name, at) => `${name}: ${values[at]}`)).toEqual([
      'What you want from the library: Book a room or computer',
      'The library: Wandlebridge Library',
      'What you want to book: A room',
      'The day of the booking: Friday 27 November 2026',
      'The time: 2pm to 4pm',
      'How many people: 12',
      'How to reach you: jane@example.org',
      'Library: Wandlebridge Library',
      'Open: 09:00–19:00',
    ]);
    await isSound(ada);
  });

  test('an administrator sees which settings nobody is told any more, and who should renew them', async () => {
    await ada.getByRole('button', { name: /^Trouble/ }).click();
    const trouble = ada.getByRole('region', { name: 'Trouble' });
    await trouble.getByText('Council settings out of date').waitFor();
    expect(await trouble.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('prices.pcnHigher Parking services: held from 2025-04-07 to 2026-11-23.'),
    ]);
    await isSound(ada);
  });
});

/** The demo council's file with a price that ended the day before the test's. */
function fileWithOldPrice(): string {
  const file = structuredClone(council);
  file.prices.pcnHigher.expiresOn = '2026-11-23';
  const path = join(newFolder('council'), 'council.json');
  writeFileSync(path, JSON.stringify(file));
  return path;
}
