import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type RunningServer, startServer } from '../server';
import { type TestBrowser, withBrowser } from './browser';

const START_MS = 120_000;

interface OpenOptions extends BrowserContextOptions {
  /** What is done before the page goes there. */
  readonly before?: (page: Page) => unknown;
}

export interface Product extends TestBrowser {
  readonly server: RunningServer;
  /** A page of a new person that shows this path. */
  open(path: string, options?: OpenOptions): Promise<Page>;
}

/** The whole product with this environment, and a browser before it, while the tests run: from the first `beforeAll` on. */
export function withProduct(executablePath: string, env: Readonly<Record<string, string>> = {}): Product {
  const { newPage } = withBrowser(executablePath);
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(env);
  }, START_MS);
  afterAll(() => server?.stop());
  return {
    get server() {
      return server;
    },
    newPage,
    async open(path, { before, ...options } = {}) {
      const page = await newPage(options);
      await before?.(page);
      await page.goto(server.url + path);
      return page;
    },
  };
}

/** What the council gets with `npm run export` of this part: a line of JSON for each. */
export function exported({ server }: Product, part: 'cases' | 'ratings'): string {
  const command = [join(__dirname, '../../dist/src/cli/export.js'), part];
  const env = { PATH: process.env.PATH, WANDLE_DATA: server.dataDir };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}
