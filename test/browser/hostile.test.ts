import type { BrowserContextOptions, Page } from 'playwright-core';
import { describeWith } from '../services';
import { PHONE } from './browser';
import { withProduct } from './product';
import { greeted } from './resident';

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const { open } = withProduct(executablePath);
  const launcher = (page: Page) => page.getByRole('button', { name: 'Ask us' });
  const lookOf = (page: Page) =>
    page.evaluate<unknown>(`{
      const host = [...document.querySelectorAll('body > div')].find(({ shadowRoot }) => shadowRoot);
      const button = host.shadowRoot.querySelector('button');
      const { font, color, opacity, transform, letterSpacing, textTransform } = getComputedStyle(button);
      [button.getBoundingClientRect().toJSON(), font, color, opacity, transform, letterSpacing, textTransform];
    }`);

  test('styles of the page, however they are meant, do not reach the button', async () => {
    const kind = await open('/', { viewport: PHONE });
    const hostile = await open('/#hostile', { viewport: PHONE });
    // They do hold for the page itself.
    expect(await hostile.evaluate('getComputedStyle(document.querySelector("h1")).textTransform')).toBe('uppercase');
    expect(await lookOf(hostile)).toEqual(await lookOf(kind));
  });

  test.each<[string, BrowserContextOptions]>([
    ['a desktop', { viewport: { width: 1280, height: 800 } }],
    ['a phone of 320 pixels', { viewport: { width: 320, height: 568 }, hasTouch: true }],
    ['200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ])('the panel works on it on %s', async (_name, options) => {
    const page = await open('/#hostile', options);
    await launcher(page).click();
    const frame = page.locator('iframe');
    const panel = page.frameLocator('iframe');
    await greeted(panel);
    const box = await frame.boundingBox();
    const { width = 0, height = 0 } = options.viewport ?? {};
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    await panel.locator('#text').fill('My rubbish bin was not emptied');
    await panel.locator('.send').click();
    await panel.locator('.message.bot').nth(1).waitFor();
    await panel.locator('#close').click();
    await launcher(page).waitFor();
    expect(await frame.isVisible()).toBe(false);
    if (process.env.SHOTS) {
      await launcher(page).click();
      await page.screenshot({ path: `${process.env.SHOTS}/hostile ${width}.png` });
    }
  });

  test('a page whose root letters are tiny does not make the button tiny', async () => {
    const page = await open('/');
    const height = () => launcher(page).evaluate((button) => button.getBoundingClientRect().height);
    const usual = await height();
    await page.evaluate(`{ const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 4px !important }');
      document.adoptedStyleSheets.push(sheet) }`);
    expect(await height()).toBe(usual);
  });
});
