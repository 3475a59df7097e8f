import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type RunningServer, startServer, until } from '../server';
import { describeWith } from '../services';
import { AXE, openBrowser } from './browser';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const REFERENCE = /[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}/;
const PHONE = { width: 360, height: 740 };
/** More questions than any report has. */
const MOST_ANSWERS = 6;

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser(executablePath)]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Writes, and waits for what the assistant says to it. */
  async function say(page: Page, words: string): Promise<string> {
    const said = page.locator('.message.bot');
    const before = await said.count();
    await page.fill('#text', words);
    await page.press('#text', 'Enter');
    await said.nth(before).waitFor();
    await page.locator('.typing').waitFor({ state: 'detached' });
    return (await said.allTextContents()).slice(before).join('\n');
  }

  const exported = () => {
    const command = [join(__dirname, '../../dist/src/cli/export.js'), 'cases'];
    const env = { PATH: process.env.PATH, WANDLE_DATA: server.dataDir };
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly reference: string });
  };

  test('a missed bin is reported in one sentence and a yes, on a phone, and is what the council exports', async () => {
    const page = await (await browser.newContext({ locale: 'en-GB', viewport: PHONE })).newPage();
    await page.goto(`${server.url}/chat`);
    await page.locator('.message.bot time').first().waitFor();
    let answer = await say(page, 'u missed our food caddy this morning, 10 Sample Rd');
    for (let asked = 0; asked < MOST_ANSWERS && !REFERENCE.test(answer); asked += 1) answer = await say(page, 'yes');
    const reference = REFERENCE.exec(answer)?.[0];
    expect(reference).toBeDefined();

    const found = exported().filter((one) => one.reference === reference);
    const answers = { stream: 'food', address: { line: '10 Sample Road' } };
    expect(found).toMatchObject([{ service: 'missed-bin', status: 'open', answers }]);

    await until('the page to be still', async () => (await page.locator('.message.me .failed').count()) === 0);
    const problems = await page.evaluate<string[]>(
      `${AXE}; axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.map(({ id }) => id))`,
    );
    expect(problems).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});
