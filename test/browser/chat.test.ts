import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PNG } from '../files';
import { until } from '../server';
import { describeWith } from '../services';
import { PHONE, violations, withoutComplaints } from './browser';
import { withProduct } from './product';
import { bubbles, greeted, say, shown, write } from './resident';

const WEB = join(__dirname, '../../dist/web');

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);
  const { watch, forgive } = withoutComplaints();

  const open = (path: string, options: BrowserContextOptions = {}): Promise<Page> =>
    product.open(path, { before: (page) => watch(page, product.server.url), ...options });

  test('greets, answers, offers choices; a reload finds it all again and goes on', async () => {
    const page = await open('/chat?lang=en');
    await bubbles(page, 'bot').first().waitFor();
    await say(page, 'My rubbish bin was not emptied');
    await page.getByText('Seen').first().waitFor();
    const before = await shown(page);
    await page.reload();
    await until('the history', async () => (await shown(page)).length >= before.length);
    expect((await shown(page)).slice(0, before.length)).toEqual(before);
    expect(await page.context().cookies()).toEqual([]);
    await say(page, 'I want to talk to a person');
    await page.locator('.choices button').first().waitFor();
    const title = await page.locator('.choices button').first().textContent();
    const mine = await bubbles(page, 'me').count();
    await page.locator('.choices button').first().click();
    await bubbles(page, 'me').nth(mine).waitFor();
    expect(await bubbles(page, 'me').nth(mine).textContent()).toBe(title);
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
  });

  test.each(['en', 'pl'])(
    'says its first words (%s) before its script has come, and they stay as they are',
    async (lang) => {
      const page = await product.newPage({ viewport: PHONE });
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(/assets\/chat-.*\.js$/, (route) => held.then(() => route.continue()));
      await page.goto(`${product.server.url}/chat?lang=${lang}`, { waitUntil: 'commit' });
      const look = async () => [await shown(page), await bubbles(page, 'bot').first().boundingBox()];
      await bubbles(page, 'bot').first().waitFor();
      await until('the style', () => page.evaluate<boolean>('document.styleSheets.length > 0'));
      const [words, place] = await look();
      expect(words).toEqual([expect.stringContaining('Wandlebridge Council')]);
      const answered = page.waitForResponse(/\/chat\/token/);
      release();
      await answered;
      await greeted(page);
      expect(await look()).toEqual([words, place]);
    },
  );

  test('can be written on before its script has come', async () => {
    const page = await product.newPage();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/assets\/chat-.*\.js$/, (route) => held.then(() => route.continue()));
    await page.goto(`${product.server.url}/chat?lang=en`, { waitUntil: 'commit' });
    await page.locator('#text').pressSequentially('My bin');
    release();
    await page.locator('.send').waitFor();
    await page.keyboard.type(' was missed');
    await page.keyboard.press('Enter');
    await bubbles(page, 'me').first().waitFor();
    expect(await bubbles(page, 'me').first().textContent()).toBe('My bin was missed');
  });

  test('sends a picture, shows what is to be sent and what was sent', async () => {
    forgive(/415/);
    const page = await open('/chat?lang=en');
    await bubbles(page, 'bot').first().waitFor();
    await page.setInputFiles('#file', { name: 'bin.png', mimeType: 'image/png', buffer: PNG });
    await page.locator('.photos img').waitFor();
    await page.click('.send');
    const picture = page.locator('.message.me img');
    await picture.waitFor();
    await until('the picture', () =>
      page.evaluate<boolean>('document.querySelector(".message.me img").naturalWidth === 1'),
    );
    await page.setInputFiles('#file', { name: 'page.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
    await page.locator('.photos li').waitFor();
    await page.click('.send');
    await page.locator('.message.me .failed').waitFor();
  });

  test('keeps what is written without a connection and sends it once when there is one', async () => {
    forgive(/ERR_INTERNET_DISCONNECTED/);
    const page = await open('/chat?lang=en');
    await bubbles(page, 'bot').first().waitFor();
    await page.context().setOffline(true);
    await write(page, 'written in a tunnel');
    await page.locator('.message.me .failed').waitFor();
    await page.context().setOffline(false);
    await bubbles(page, 'bot').nth(1).waitFor();
    await page.reload();
    await bubbles(page, 'bot').nth(1).waitFor();
    expect((await shown(page)).filter((words) => words === 'written in a tunnel')).toHaveLength(1);
  });

  test('speaks the page’s language, and changes it from the menu', async () => {
    const page = await open('/chat', { locale: 'pl-PL' });
    await bubbles(page, 'bot').first().waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('pl');
    await page.selectOption('#language', 'en');
    await page.waitForURL(/lang=en/);
    await bubbles(page, 'bot').first().waitFor();
    expect(await page.title()).toMatch(/^Ask /);
  });

  test('can be ended: the tab forgets it, a new one begins', async () => {
    const page = await open('/chat?lang=en');
    await bubbles(page, 'bot').first().waitFor();
    await say(page, 'a private matter');
    await page.click('#end');
    await page.keyboard.press('Escape');
    expect(await page.locator('.ask').count()).toBe(0);
    await page.click('#end');
    await page.keyboard.press('Enter');
    await page.locator('#restart').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await page.click('#restart');
    await bubbles(page, 'bot').first().waitFor();
    expect((await shown(page)).join()).not.toContain('a private matter');
  });

  test('works by keyboard alone, with every stop visible and large enough', async () => {
    const page = await open('/chat?lang=en', { viewport: PHONE });
    await bubbles(page, 'bot').first().waitFor();
    const stops = new Set<string>();
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Tab');
      stops.add(await page.evaluate('document.activeElement.id || document.activeElement.className'));
    }
    for (const stop of ['language', 'end', 'log', 'file', 'text', 'send']) expect([...stops]).toContain(stop);
    const small = await page.$$eval(
      'button, select, textarea, .attach',
      (elements) =>
        elements
          .map((element) => element.getBoundingClientRect())
          .filter(({ width, height }) => width < 43.9 || height < 43.9).length,
    );
    expect(small).toBe(0);
  });

  test('opens as a panel on a page of the council, and closes by Escape', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Ask us' }).click();
    const panel = page.frameLocator('iframe');
    await greeted(panel);
    await panel.locator('#text').press('Escape');
    await page.getByRole('button', { name: 'Ask us' }).waitFor();
    expect(await page.locator('iframe').isVisible()).toBe(false);
  });

  test('shows words as words: markup of others stays text', async () => {
    const page = await open('/chat?lang=en');
    await bubbles(page, 'bot').first().waitFor();
    await say(page, '<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))');
    expect(await bubbles(page, 'me').first().textContent()).toBe(
      '<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))',
    );
    expect(await page.locator('.bubble img, a[href^="javascript"]').count()).toBe(0);
  });

  describe.each(['/chat?lang=en', '/', '/accessibility', '/sms'])('%s', (path) => {
    test.each<[string, BrowserContextOptions]>([
      ['light', {}],
      ['dark', { colorScheme: 'dark' }],
      ['on a phone', { viewport: PHONE }],
      ['at 400 % zoom', { viewport: { width: 320, height: 256 } }],
      ['in forced colours', { forcedColors: 'active' }],
    ])('is accessible %s and scrolls in one direction only', async (_name, options) => {
      const page = await open(path, options);
      if (path.startsWith('/chat')) {
        await bubbles(page, 'bot').first().waitFor();
        await say(page, 'I want to talk to a person');
      }
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    });
  });

  test('without JavaScript it says how else to reach the council', async () => {
    const page = await open('/chat?lang=en', { javaScriptEnabled: false });
    expect(await page.locator('noscript').textContent()).toMatch(/phone on 020 \d{4} \d{4}/);
  });
});

test('launcher and chat together are at most 15 KB of script, compressed', () => {
  const page = readFileSync(join(WEB, 'chat/index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const bytes = ['chat.js', ...scripts].map((name) => gzipSync(readFileSync(join(WEB, name))).length);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(15 * 1024);
  expect(readdirSync(join(WEB, 'chat/text'))).toContain('en.json');
});
