import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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

/** The accessibility checker, to be put into a page. */
export const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}
