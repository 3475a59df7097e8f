import type { Page } from 'playwright-core';
import { councilFile } from '../council';
import { until } from '../server';
import { describeWith } from '../services';
import { PHONE } from './browser';
import { withProduct } from './product';
import { greeted, say, shown } from './resident';
import { untilWatched } from './states';

/** The council's own choice, in its settings. */
const HARMLESS = 'https://weather.example.org/today';
const COUNCIL = 'http://www.council.example';
const ABUSE = { en: 'my husband hits me and I am scared of him', ur: 'میرا شوہر مجھے مارتا ہے' };
const MINUTE = 60_000;

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath, {
    WANDLE_ORIGINS: COUNCIL,
    WANDLE_COUNCIL: councilFile({ chat: { leaveTo: HARMLESS } }),
  });

  let referers: (string | undefined)[] = [];
  /** A page in a tab that has been at the council's site before. */
  async function newPage(clock = false): Promise<Page> {
    referers = [];
    const page = await product.newPage({ viewport: PHONE });
    await page.route(`${HARMLESS}**`, (route) => {
      referers.push(route.request().headers().referer);
      return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>Rain' });
    });
    const body = `<html lang="en"><body>Council<script src="${product.server.url}/chat.js"></script>`;
    await page.route(`${COUNCIL}/**`, (route) => route.fulfill({ contentType: 'text/html', body }));
    if (clock) await page.clock.install();
    await page.goto(`${product.server.url}/`);
    return page;
  }
  async function open(language = 'en', clock = false): Promise<Page> {
    const page = await newPage(clock);
    await page.goto(`${product.server.url}/chat?lang=${language}`);
    await greeted(page);
    return page;
  }
  const harmless = (page: Page) => until('the harmless page', () => page.url().startsWith(HARMLESS));
  /** What the next person at this tab can find. */
  async function nothingIsLeft(page: Page): Promise<void> {
    await page.goBack();
    expect(page.url()).toBe(`${product.server.url}/`);
    expect(await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])')).toBe(
      '[{},{},""]',
    );
    await page.goForward();
    expect(page.url()).toMatch(/weather/);
  }

  describe('leaving quickly', () => {
    test('is not offered where nothing is the matter', async () => {
      const page = await open();
      await say(page, 'My rubbish bin was not emptied');
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('Escape');
      expect(await page.locator('#leave').count()).toBe(0);
      expect(page.url()).toMatch(/chat/);
    });

    test.each(['en', 'ur'] as const)(
      'takes the place of the page; nothing of the chat is left (%s)',
      async (language) => {
        const page = await open(language);
        await say(page, ABUSE[language]);
        const button = page.locator('#leave');
        await button.waitFor();
        expect(await page.title()).toBe('Wandlebridge');
        await until('the announcement', async () =>
          /Escape/.test((await page.locator('.leave p').textContent()) ?? ''),
        );
        expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
        const ended = page.waitForRequest((request) => (request.postData() ?? '').includes('endOfConversation'));
        await button.click();
        await Promise.all([ended, harmless(page)]);
        expect(referers).toEqual([undefined]);
        await nothingIsLeft(page);
      },
    );

    test('by Escape three times, from wherever the focus is; the first does not close the panel', async () => {
      const page = await open();
      await say(page, ABUSE.en);
      await page.locator('#leave').waitFor();
      await page.locator('#log').focus();
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('Escape');
      await harmless(page);
      await nothingIsLeft(page);
    });

    test.each(['button', 'keys'])('from the panel on a page of another site (%s)', async (way) => {
      const page = await newPage();
      await page.goto(`${COUNCIL}/bins`);
      await page.getByRole('button', { name: 'Ask us' }).click();
      const panel = page.frameLocator('iframe');
      await greeted(panel);
      await say(panel, ABUSE.en);
      await panel.locator('#leave').waitFor();
      if (way === 'button') await panel.locator('#leave').click();
      else for (let n = 0; n < 3; n += 1) await page.keyboard.press('Escape');
      await harmless(page);
      await nothingIsLeft(page);
    });

    test('a quiet conversation is still quiet after a reload, and asks for no rating', async () => {
      const page = await open();
      await say(page, ABUSE.en);
      await page.locator('#leave').waitFor();
      await page.reload();
      await page.locator('#leave').waitFor();
      expect(await page.locator('.rating').count()).toBe(0);
    });
  });

  describe('a chat nobody uses', () => {
    test('is asked about, kept by the button, and cleared when nobody answers', async () => {
      const page = await open('en', true);
      await say(page, 'a private matter');
      await untilWatched(page);
      await page.locator('#log').focus();
      await page.clock.runFor(12.8 * MINUTE);
      expect(await page.locator('.idle').count()).toBe(0);
      await page.clock.runFor(0.2 * MINUTE);
      expect(await page.getByRole('alert').textContent()).toMatch(/In 2 minutes this chat will be cleared/);
      expect(await page.evaluate('document.activeElement.id')).toBe('log');
      const first = await page.locator('.idle time').textContent();
      await page.clock.runFor(5000);
      expect(await page.locator('.idle time').textContent()).not.toBe(first);
      await page.locator('#stay').press('Enter');
      await page.locator('.idle').waitFor({ state: 'detached' });
      expect(await page.evaluate('document.activeElement.id')).toBe('text');
      const ended = page.waitForRequest((request) => (request.postData() ?? '').includes('endOfConversation'));
      await page.clock.runFor(15.1 * MINUTE);
      await ended;
      await page.getByText('Nobody used this chat for a while').waitFor();
      expect(await shown(page)).toEqual([]);
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
      await page.goBack();
      await page.goForward();
      await page.locator('.message.bot, #restart').first().waitFor();
      expect((await shown(page)).join()).not.toContain('a private matter');
    });

    test('is not asked about before somebody has written', async () => {
      const page = await open('en', true);
      await page.clock.runFor(20 * MINUTE);
      expect(await page.locator('.idle, #restart').count()).toBe(0);
    });

    test('is not found by whoever comes back to it later: by the back button, by a reload', async () => {
      const page = await open('en', true);
      await say(page, 'a private matter');
      await untilWatched(page);
      await page.goto(`${product.server.url}/accessibility`);
      await page.clock.fastForward(20 * MINUTE);
      await page.goBack();
      await page.locator('.message.bot, #restart').first().waitFor();
      expect((await shown(page)).join()).not.toContain('a private matter');
      await page.reload();
      await page.locator('.message.bot').first().waitFor();
      expect((await shown(page)).join()).not.toContain('a private matter');
    });

    test('is hidden before the browser puts the page aside, and cleared before it shows it again', async () => {
      const page = await open('en', true);
      await say(page, 'a private matter');
      await untilWatched(page);
      const told = (name: string) =>
        page.evaluate(`dispatchEvent(new PageTransitionEvent('${name}', { persisted: true }))`);
      await told('pagehide');
      expect(await page.locator('#chat').isVisible()).toBe(false);
      await page.clock.setSystemTime(Date.now() + 20 * MINUTE);
      await told('pageshow');
      await page.locator('#restart').waitFor();
      expect(await shown(page)).toEqual([]);
    });

    test('is never cleared without the warning while a person is waited for', async () => {
      const page = await open('en', true);
      await say(page, 'a private matter');
      const actions = [{ type: 'messageBack', title: 'Stop waiting', value: { choice: 'do:cancel-handoff' } }];
      const line = { id: 'line', type: 'message', text: 'You are in the line.', suggestedActions: { actions } };
      // Nothing may come after that line: a second answer would be the last word.
      await page.routeWebSocket(/\/stream\?/, () => {});
      await page.route('**/chat/token', async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        await route.fulfill({ response, json: { ...body, activities: [...body.activities, line] } });
      });
      await page.reload();
      await page.locator('.choices button', { hasText: 'Stop waiting' }).waitFor();
      await untilWatched(page, 'attended');
      await page.clock.setSystemTime(Date.now() + 60 * MINUTE);
      await page.clock.runFor(1000);
      await page.locator('#stay').waitFor();
      await page.clock.runFor(1.5 * MINUTE);
      await page.locator('#stay').click();
      await page.locator('.idle').waitFor({ state: 'detached' });
      expect((await shown(page)).length).toBeGreaterThan(2);
    });
  });
});
