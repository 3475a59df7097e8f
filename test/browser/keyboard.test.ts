import type { Page } from 'playwright-core';
import { PNG } from '../files';
import { type RunningServer, startServer, until } from '../server';
import { describeWith } from '../services';
import { withBrowser } from './browser';
import { answered, greeted, REFERENCE } from './resident';

/** More than any report asks. */
const MOST = 14;

jest.setTimeout(90_000);

describeWith('chromium', ({ executablePath }) => {
  const { newPage } = withBrowser(executablePath);
  let server: RunningServer;
  // A borough of its own each: the second report of the same hole would be asked less.
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    await server?.stop();
  });

  /** Presses Tab, or Shift and Tab, until the focus is there; each stop on the way must be seen. */
  async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
    for (let n = 0; n < 40; n += 1) {
      const [isThere, isSeen] = await page.evaluate<[boolean, boolean]>(`{
        const at = document.activeElement;
        const shown = at.matches('#file') ? at.parentElement : at;
        [at.matches(${JSON.stringify(selector)}), at === document.body || getComputedStyle(shown).outlineStyle !== 'none'];
      }`);
      expect(isSeen).toBe(true);
      if (isThere) return;
      await page.keyboard.press(key);
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  }
  const has = async (page: Page, selector: string) => (await page.locator(selector).count()) > 0;
  async function sendPhoto(page: Page, button: string): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, button, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'hole.png', mimeType: 'image/png', buffer: PNG });
    await page.locator('.photos img').waitFor();
    await tabTo(page, '.send');
    await answered(page, () => page.keyboard.press('Enter'));
    await page.locator('.message.me img').waitFor();
  }
  async function write(page: Page, words: string): Promise<void> {
    await tabTo(page, '#text');
    await page.keyboard.type(words);
    await answered(page, () => page.keyboard.press('Enter'));
  }
  const choose = async (page: Page, which: 'first-child' | 'last-child') => {
    await tabTo(page, `.choices button:${which}`, 'Shift+Tab');
    await answered(page, () => page.keyboard.press('Enter'));
  };

  test.each([
    ['en', 'there is a deep pothole', 'Sample Road, outside number 10'],
    ['ur', 'سڑک پر گہرا گڑھا ہے', 'Sample Road, outside number 10'],
  ])('a pothole is reported with a photo by keyboard alone, to its reference (%s)', async (language, want, where) => {
    const page = await newPage();
    await page.goto(`${server.url}/chat?lang=${language}`);
    await greeted(page);
    await write(page, want);
    let photos = 0;
    const said = async () => (await page.locator('.message.bot').allTextContents()).join();
    const next = () =>
      until('the next question', async () => {
        if (REFERENCE.test(await said())) return 'over';
        for (const way of ['#addPhoto', '#mapButton', '.choices button']) if (await has(page, way)) return way;
        return undefined;
      });
    for (let n = 0; n < MOST; n += 1) {
      const way = await next();
      if (way === 'over') break;
      if (way === '#addPhoto') {
        photos += 1;
        await sendPhoto(page, way);
      } else if (way === '#mapButton') await write(page, where);
      else await choose(page, 'first-child');
    }
    expect(await said()).toMatch(REFERENCE);
    expect(photos).toBe(1);
  });
});
