import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describeWith } from '../services';
import { PHONE, violations } from './browser';
import { withProduct } from './product';
import { greeted } from './resident';
import { openScene } from './scene';
import { type Moment, moments } from './states';

const SIZES = { phone: PHONE, desktop: { width: 1280, height: 800 } };
const COLOURS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;
/** A folder for pictures of every state, to be looked at. */
const { SHOTS } = process.env;
/** WCAG 1.4.12. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;
const NARROW = [
  { what: '400 % zoom', width: 320, height: 256, css: '' },
  { what: '180 pixels', width: 180, height: 500, css: '' },
  { what: 'wider spacing', width: 320, height: 640, css: SPACED },
];
const SIDEWAYS = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
/** What stands out of the button or the line it belongs to. */
const CUT = `[...document.querySelectorAll('button, label, p, h1, li, a')]
  .filter((one) => one.offsetParent && getComputedStyle(one).overflow !== 'visible' && !one.matches('.vh') &&
    (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)).map((one) => one.outerHTML)`;

jest.setTimeout(180_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);

  type Size = (typeof SIZES)['phone'];
  type Look = (page: Page, name: string) => Promise<void>;
  async function visit({ name, options, act }: Moment, language: string, viewport: Size, look: Look) {
    const scene = await openScene(product, { language, ...options, viewport } as never);
    await act?.(scene);
    await look(scene.page, name);
    await scene.page.context().close();
  }
  async function visitDemo(viewport: Size, look: Look) {
    const page = await product.open('/', { viewport });
    const button = page.getByRole('button', { name: 'Ask us' });
    await button.waitFor();
    await look(page, 'launcher');
    await button.click();
    await greeted(page.frameLocator('iframe'));
    await look(page, 'panel');
    await page.context().close();
  }

  let looks = 0;
  let narrow = 0;
  afterAll(() => console.info(`${looks} looks with axe-core, ${narrow} in narrow windows and wide spacing`));

  async function check(page: Page, name: string, shot: (rest: string) => string): Promise<readonly string[]> {
    const problems: string[] = [];
    for (const [colours, media] of Object.entries(COLOURS)) {
      await page.emulateMedia(media);
      const found = await violations(page);
      looks += 1;
      problems.push(...found.map((line) => `${name}, ${colours}: ${line}`));
      if (SHOTS) await page.screenshot({ path: shot(colours) });
    }
    await page.emulateMedia(COLOURS.light);
    return problems;
  }
  async function squeeze(page: Page, name: string, shot: (rest: string) => string): Promise<readonly string[]> {
    const problems: string[] = [];
    for (const { what, css, ...size } of NARROW) {
      await page.setViewportSize(size);
      await page.evaluate(`{ const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(css)});
        document.adoptedStyleSheets.push(sheet) }`);
      narrow += 1;
      const sideways = await page.evaluate<number>(SIDEWAYS);
      if (sideways > 0) problems.push(`${name}, ${what}: ${sideways} px sideways`);
      problems.push(...(await page.evaluate<string[]>(CUT)).map((html) => `${name}, ${what}: cut off ${html}`));
      if (SHOTS) await page.screenshot({ path: shot(what) });
    }
    return problems;
  }

  describe.each(['en', 'ur'] as const)('%s', (language) => {
    test.each(Object.entries(SIZES))(
      'no state has a violation, scrolls sideways or is cut off (%s)',
      async (size, viewport) => {
        const problems: string[] = [];
        const look: Look = async (page, name) => {
          const shot = (rest: string) => join(SHOTS ?? '', `${name} ${language} ${size} ${rest}.png`);
          problems.push(...(await check(page, name, shot)));
          if (size === 'phone') problems.push(...(await squeeze(page, name, shot)));
        };
        for (const moment of moments(language)) await visit(moment, language, viewport, look);
        if (language === 'en') await visitDemo(viewport, look);
        expect(problems).toEqual([]);
      },
    );
  });
});
