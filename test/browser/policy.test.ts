import type { Page, Response } from 'playwright-core';
import { until } from '../server';
import { describeWith } from '../services';
import { withProduct } from './product';
import { greeted, write } from './resident';

jest.setTimeout(60_000);

/** Ways in which others' words could become code, each tried in a page; true for what got through. */
const ATTACKS = `(async () => {
  window.ran = [];
  const attempt = (name, act) => { try { act(); } catch {} };
  attempt('eval', () => eval('ran.push("eval")'));
  attempt('Function', () => new Function('ran.push("Function")')());
  attempt('timer', () => setTimeout('ran.push("timer")'));
  attempt('html', () => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran.push(\\'html\\')">'); });
  attempt('inline script', () => {
    const script = document.createElement('script');
    script.append('ran.push("inline script")');
    document.head.append(script);
  });
  attempt('handler', () => { const b = document.createElement('button'); b.setAttribute('onclick', 'ran.push("handler")'); b.click(); });
  attempt('inline style', () => {
    document.body.setAttribute('style', 'outline: 7px solid');
    if (getComputedStyle(document.body).outlineWidth === '7px') ran.push('inline style');
  });
  const image = new Image();
  const refused = new Promise((resolve) => { image.onerror = resolve; });
  image.src = 'https://elsewhere.example/x.png';
  await fetch('https://elsewhere.example/').catch(() => {});
  await refused;
  return ran;
})()`;

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);

  async function open(path: string, before = '') {
    const page = await product.newPage();
    if (before) await page.addInitScript(before);
    const answers: Response[] = [];
    const complaints: string[] = [];
    page.on('response', (response) => answers.push(response));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const response = await page.goto(product.server.url + path);
    return { page, answers, complaints, policy: response?.headers()['content-security-policy'] ?? '' };
  }
  const elsewhere = (answers: readonly Response[]) =>
    answers.map((answer) => answer.url()).filter((url) => /^http/.test(url) && !url.startsWith(product.server.url));
  async function isUsed(page: Page, path: string): Promise<void> {
    if (path === '/chat') {
      await write(page, 'there is a pothole');
      await page.click('#mapButton');
      await page.frameLocator('.map iframe').locator('#map').waitFor();
      await page.keyboard.press('Escape');
    } else if (path === '/') {
      await page.getByRole('button', { name: 'Ask us' }).click();
      await greeted(page.frameLocator('iframe'));
    }
  }

  test.each(['/', '/chat', '/chat/map', '/accessibility'])(
    '%s, while it is used: no complaint, no other site, no cookie',
    async (path) => {
      const { page, answers, complaints, policy } = await open(path);
      await isUsed(page, path);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(policy).toMatch(/^default-src 'none'/);
      expect(complaints).toEqual([]);
      expect(elsewhere(answers)).toEqual([]);
      expect(await page.context().cookies()).toEqual([]);
      for (const answer of answers) expect(await answer.headerValue('set-cookie')).toBeNull();
      expect(await page.evaluate('localStorage.length')).toBe(0);
    },
  );

  test.each(['/chat', '/chat/map'])('%s enforces Trusted Types', async (path) => {
    const { policy } = await open(path);
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  test.each(['/', '/chat', '/chat/map', '/accessibility'])(
    '%s: words do not become code or style, and reach no other site',
    async (path) => {
      const { page, answers, complaints } = await open(path, `window.attack = () => { window.tried = ${ATTACKS} }`);
      // Not called at once: what Playwright evaluates is not under the page's policy, what a timer calls is.
      await page.evaluate('setTimeout(window.attack)');
      await until('the attempts', () => page.evaluate<boolean>('window.tried !== undefined'));
      expect(await page.evaluate('tried')).toEqual([]);
      expect(elsewhere(answers)).toEqual([]);
      expect(complaints.length).toBeGreaterThan(0);
    },
  );
});
