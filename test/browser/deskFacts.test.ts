import type { Page } from 'playwright-core';
import { prices } from '../../dialogs/council.json';
import { councilFile } from '../council';
import { describeWith } from '../services';
import { PHONE, violations } from './browser';
import { withProduct } from './product';
import { greeted, say } from './resident';

/** It ended the day before the test's. */
const OLD_PRICE = { ...prices.pcnHigher, expiresOn: '2026-11-23' };
const SIZES = {
  wide: { width: 1280, height: 900 },
  /** A wide screen at 200 %. */
  zoomed: { width: 640, height: 450 },
  phone: PHONE,
};

jest.setTimeout(90_000);

describeWith('chromium', ({ executablePath }) => {
  const council = councilFile({ prices: { ...prices, pcnHigher: OLD_PRICE } });
  const product = withProduct(executablePath, { WANDLE_COUNCIL: council });
  let ada: Page;

  beforeAll(async () => {
    ada = await product.newPage({ viewport: SIZES.wide });
    ada.setDefaultTimeout(20_000);
    await ada.goto(product.server.adminLink);
    await ada.getByLabel('Name').fill('Ada Admin');
    await ada.getByLabel('Email').fill('ada@council.test');
    await ada.getByLabel('Password').fill('correct horse battery');
    await ada.getByRole('button', { name: 'Save and sign in' }).click();
    await ada.getByRole('heading', { name: 'Queue' }).waitFor();
  });

  /** Everything fits, at every size, and the checker finds nothing. */
  async function isSound(page: Page): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
      await page.setViewportSize(size);
      expect([name, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([name, 0]);
      expect([name, await violations(page)]).toEqual([name, []]);
    }
    await page.setViewportSize(SIZES.wide);
  }

  test('an agent reads what the resident said and what the rules decided on, in plain words', async () => {
    const page = await product.open('/chat', { viewport: SIZES.wide });
    await greeted(page);
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
