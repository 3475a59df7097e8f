import { readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Frame,
  type Page,
} from 'playwright-core';

/** Nothing but the pages asked for: Chromium's own connections are switched off, new headless. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=LocalNetworkAccessChecks',
];
const START_MS = 120_000;
/** The accessibility checker, to be put into a page. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

export const PHONE = { width: 360, height: 740 };

export interface TestBrowser {
  /** A page of a person who shares nothing with the others. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
}

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A browser while the tests run, from the first `beforeAll` on. What a test opened is closed after it; what was open before it stays. */
export function withBrowser(executablePath: string): TestBrowser {
  let browser: Browser;
  let lasting: readonly BrowserContext[] = [];
  beforeAll(async () => {
    browser = await openBrowser(executablePath);
  }, START_MS);
  afterAll(() => browser?.close());
  beforeEach(() => {
    lasting = browser.contexts();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) if (!lasting.includes(context)) await context.close();
  });
  return {
    newPage: async (options) => (await browser.newContext({ locale: 'en-GB', ...options })).newPage(),
  };
}

/** What axe-core has against the page, a line for each rule: by our rules, or by its own where the options are `{}`. */
export async function violations(page: Page | Frame, options: object = RULES): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${AXE}; 0`);
  return page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
}

export interface Complaints {
  /** From now on; only this site may be asked. */
  watch(page: Page, site: string): void;
  /** In this test such complaints are as they should be. */
  forgive(expected: RegExp): void;
}

/** Fails a test of which a watched page fails, writes an error that `counts` on its console, or asks another site. */
export function withoutComplaints(counts = /^/): Complaints {
  let complaints: string[] = [];
  let forgiven: RegExp[] = [];
  beforeEach(() => {
    complaints = [];
    forgiven = [];
  });
  afterEach(() => expect(complaints.filter((text) => !forgiven.some((one) => one.test(text)))).toEqual([]));
  return {
    watch(page, site) {
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && counts.test(message.text())) complaints.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (!/^(blob|data):/.test(protocol) && host !== new URL(site).host)
          complaints.push(`asked another site: ${request.url()}`);
      });
    },
    forgive: (expected) => forgiven.push(expected),
  };
}
