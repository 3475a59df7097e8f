/** Microsoft's web chat, unmodified, in Chromium on `/chat/webchat`. The list of what is shown stands in `directlinejs.test.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Json } from '../../src/conversation/ports';
import { randomId } from '../../src/randomId';
import { createStore } from '../../src/storage/index';
import { openBrowser, withoutComplaints } from '../browser/browser';
import { PNG } from '../files';
import { freePort, type RunningServer, startServer, until } from '../server';
import { describeWith } from '../services';

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
/** More than half an hour after the servers of this file begin. */
const LATER = '2026-11-24T16:00:00.000Z';
const KEY = 'wandle.webchat';

jest.setTimeout(90_000);

describeWith('chromium', ({ executablePath }) => {
  let server: RunningServer;
  let browser: Browser;
  let dataDir: string;
  let port: string;

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    server = await startServer({ PORT: port, WANDLE_DATA: dataDir, WANDLE_BOT: 'echo', ...more });
  };
  const restart = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    await server.kill();
    await start(more);
  };

  beforeAll(async () => {
    port = String(await freePort());
    dataDir = mkdtempSync(join(tmpdir(), 'wandle-webchat-'));
    browser = await openBrowser(executablePath);
    await start();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) {
      expect(await context.cookies()).toEqual([]);
      await context.close();
    }
  });
  const { watch } = withoutComplaints(/Content Security Policy|Refused to/);

  async function open(path = '/chat/webchat?lang=en', context?: BrowserContext, url = server.url): Promise<Page> {
    const page = await (context ?? (await browser.newContext())).newPage();
    // The client waits for 3 s, and up to 12 s more by this number, before it reconnects.
    await page.addInitScript('Math.random = ((random) => () => random() / 100)(Math.random)');
    watch(page, url);
    await page.goto(url + path);
    await bubbles(page).first().waitFor();
    return page;
  }
  const bubbles = (page: Page) => page.locator('.webchat__bubble__content');
  const shown = async (page: Page) => (await bubbles(page).allInnerTexts()).map((text) => text.split('\n').at(-1));
  const say = async (page: Page, words: string) => {
    await page.locator('[data-id="webchat-sendbox-input"]').fill(words);
    await page.keyboard.press('Enter');
  };
  const shows = (page: Page, words: readonly string[], patience?: number) =>
    until(
      `“${words.join('”, “')}”`,
      async () => JSON.stringify(await shown(page)) === JSON.stringify(words),
      patience,
    ).catch(async (error) => {
      throw new Error(`${error.message}; it shows ${JSON.stringify(await shown(page))}`);
    });

  test('shows each message once, as sent, with its answer; a reload finds them and goes on', async () => {
    const page = await open();
    await say(page, 'one');
    await shows(page, ['Welcome', 'one', 'one']);
    await until('no message to be waiting', async () => {
      const status = await page.locator('.webchat__activity-status').allInnerTexts();
      return !status.some((text) => /Sending|Send failed/.test(text));
    });
    await page.reload();
    await shows(page, ['Welcome', 'one', 'one']);
    await say(page, 'two');
    await shows(page, ['Welcome', 'one', 'one', 'two', 'two']);
  });

  test('a second tab shows the same, and each sees what the other sends', async () => {
    const page = await open();
    const context = page.context();
    const token = await page.evaluate<string>(`sessionStorage.getItem('${KEY}')`);
    await context.addInitScript(`sessionStorage.setItem('${KEY}', '${token}')`);
    const second = await open(undefined, context);
    await say(second, 'from the second');
    for (const tab of [page, second]) await shows(tab, ['Welcome', 'from the second', 'from the second']);
    await say(page, 'from the first');
    const all = ['Welcome', 'from the second', 'from the second', 'from the first', 'from the first'];
    for (const tab of [page, second]) await shows(tab, all);
  });

  test('after a kill of the server it goes on where it was', async () => {
    const page = await open();
    await say(page, 'one');
    await shows(page, ['Welcome', 'one', 'one']);
    await restart();
    await page.locator('.webchat__connectivity-status, [class*="toast"]').first().waitFor({ state: 'attached' });
    await say(page, 'two');
    await shows(page, ['Welcome', 'one', 'one', 'two', 'two'], 45_000);
  });

  test('after a sleep longer than its token the page renews it, and it goes on', async () => {
    const page = await open();
    const before = await page.evaluate(`sessionStorage.getItem('${KEY}')`);
    await restart({ WANDLE_NOW: LATER });
    await page.waitForResponse(/\/chat\/token/, { timeout: 45_000 });
    await until('the new token', async () => (await page.evaluate(`sessionStorage.getItem('${KEY}')`)) !== before);
    await page.locator('[data-id="webchat-sendbox-input"]').fill('good morning');
    // The client takes nothing until it is connected again.
    await until('it to be taken', async () => {
      await page.keyboard.press('Enter');
      return (await bubbles(page).count()) > 1;
    });
    await shows(page, ['Welcome', 'good morning', 'good morning'], 45_000);
    await restart();
  });

  test('sends two files, and shows them from the server', async () => {
    const page = await open();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'bin.png', mimeType: 'image/png', buffer: PNG },
      { name: 'letter.pdf', mimeType: 'application/pdf', buffer: PDF },
    ]);
    await page.locator('.webchat__attachment-icon--checked').waitFor();
    const uploaded = page.waitForResponse(/\/upload/);
    await say(page, 'two files');
    expect((await uploaded).status()).toBe(200);
    await page.getByText('letter.pdf').first().waitFor();
    await page.locator('.webchat__bubble__content img').first().waitFor();
    await until('the text and its answer', async () => (await page.getByText('two files').count()) >= 2);
  });

  test('shows a hero card', async () => {
    const page = await open();
    await say(page, 'one');
    await shows(page, ['Welcome', 'one', 'one']);
    const content = { title: 'Bin day', buttons: [{ type: 'imBack', title: 'Thanks', value: 'thank you' }] };
    await append(page, { type: 'message', attachments: [{ contentType: HERO, content }] });
    await page.reload();
    await page.getByText('Bin day').first().waitFor();
    await page.getByRole('button', { name: 'Thanks' }).click();
    await until('the button’s words', async () => (await shown(page)).includes('thank you'));
  });

  test('polls where a page asks it to', async () => {
    const page = await open();
    const sockets: unknown[] = [];
    page.on('websocket', (socket) => sockets.push(socket));
    const polled = page.waitForResponse(
      (answer) => /\/activities\?watermark=/.test(answer.url()) && answer.request().method() === 'GET',
    );
    await page.evaluate(`{
      const token = sessionStorage.getItem('${KEY}');
      const domain = location.origin + '/v3/directline';
      const element = document.createElement('div');
      element.className = 'polling';
      document.getElementById('webchat').replaceWith(element);
      const directLine = WebChat.createDirectLine({ token, domain, webSocket: false, pollingInterval: 200 });
      WebChat.renderWebChat({ directLine }, element);
    }`);
    expect((await polled).status()).toBe(200);
    await say(page, 'by polling');
    await shows(page, ['Welcome', 'by polling', 'by polling']);
    expect(sockets).toEqual([]);
  });

  test('with the real bot: greets, shows its choices as buttons, sends the one chosen; in Urdu from right to left', async () => {
    await restart({ WANDLE_BOT: 'wandle' });
    const page = await open();
    expect((await shown(page))[0]).toContain('Wandlebridge');
    await say(page, 'I want to talk to a person');
    const action = page.locator('.webchat__suggested-action').first();
    await action.waitFor();
    const title = (await action.textContent())?.trim() ?? '';
    await action.click();
    await until('the choice', async () => (await shown(page)).includes(title));
    const urdu = await open('/chat/webchat?lang=ur&bundle=minimal');
    expect((await shown(urdu)).join()).toMatch(/[\u0600-\u06ff]{4}/);
    await urdu.locator('.webchat__bubble--rtl').first().waitFor();
    await restart();
  });

  test('shows that an adviser is typing, and what was typed', async () => {
    const council = await startServer();
    const desk = await (await browser.newContext()).newPage();
    await desk.goto(council.adminLink);
    await desk.getByLabel('Name').fill('Ada');
    await desk.getByLabel('Email').fill('ada@council.example');
    await desk.getByLabel('Password').fill('correct horse battery');
    await desk.getByRole('button', { name: 'Save and sign in' }).click();
    const page = await open('/chat/webchat?lang=en', undefined, council.url);
    await say(page, 'I want to talk to a person');
    await desk.getByRole('button', { name: /^Claim: / }).click();
    await desk.getByLabel('Reply to the resident').pressSequentially('Good afternoon');
    await page.locator('.webchat__typing-indicator, .webchat__typingIndicator').first().waitFor();
    await desk.keyboard.press('Enter');
    await page.getByText('Good afternoon').first().waitFor();
    // The desk keeps a cookie, by which its people are known.
    await desk.context().close();
    await council.stop();
  });

  /** What an echo bot never says. */
  async function append(page: Page, activity: { readonly [key: string]: Json }): Promise<void> {
    const [, claims = ''] = (await page.evaluate<string>(`sessionStorage.getItem('${KEY}')`)).split('.');
    const { conv } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { conv: string };
    await server.stop();
    const store = await createStore({ dataDir, randomId });
    const id = randomId();
    const row = { id, audience: 'resident', type: 'message', role: 'bot', body: { ...activity, id } } as const;
    await store.write((tx) => store.log.append(tx, conv, [row], Date.now()));
    await store.close();
    await start();
  }
});

const HERO = 'application/vnd.microsoft.card.hero';
