import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { type Product, startProduct } from './product';

/**
 * `npm run -s bench:web [-- --runs 5] [--chromium /usr/bin/chromium]`: our chat and Microsoft's two builds, on pages of one product on
 * this machine: `/chat`, `/chat/webchat?bundle=minimal`, `/chat/webchat`. A new browser profile for each visit, the processor slowed
 * four times. Medians, in one JSON object. What is counted, from the start of the visit:
 * - `usable`: the frame in which the box can be written in and its script is there to send (s);
 * - `firstMessage`: the frame in which the assistant's first words are seen (s);
 * - `blocked`: total blocking time, what is over 50 ms of each long task (ms);
 * - `kilobytes`: what Chromium counts as transferred (`encodedDataLength`), headers included.
 */
const CPU = 4;
/** The presets of Chromium's developer tools; bytes a second, milliseconds a request. */
const NETWORKS = {
  none: undefined,
  'fast 3G': { latency: 562.5, down: (1.6e6 / 8) * 0.9, up: (750e3 / 8) * 0.9 },
  'slow 3G': { latency: 2000, down: 400e3 / 8, up: 400e3 / 8 },
} as const;
const OFFICIAL = { box: '[data-id="webchat-sendbox-input"]:not([readonly])', words: '.webchat__bubble__content' };
const CLIENTS = {
  ours: { path: '/chat?lang=en', box: '.send', words: '.message.bot .bubble' },
  'official minimal': { path: '/chat/webchat?lang=en&bundle=minimal', ...OFFICIAL },
  'official full': { path: '/chat/webchat?lang=en', ...OFFICIAL },
} as const;
type Client = (typeof CLIENTS)[keyof typeof CLIENTS];
type Network = (typeof NETWORKS)[keyof typeof NETWORKS];

const PATIENCE_MS = 90_000;
/** Long tasks after both moments still count for so long. */
const AFTER_MS = 2000;

interface Figures {
  readonly usable: number;
  readonly firstMessage: number;
  readonly blocked: number;
  readonly kilobytes: number;
}

/** Runs in the page: looks before every frame, and adds up the long tasks. */
const probe = ({ box, words }: Client): string => `
  const seen = window.bench = { blocked: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.blocked += duration - 50;
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (!seen.usable && document.querySelector(${JSON.stringify(box)})) seen.usable = performance.now();
    if (!seen.firstMessage && document.querySelector(${JSON.stringify(words)})?.innerText.trim()) seen.firstMessage = performance.now();
    if (!seen.usable || !seen.firstMessage) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

async function slowDown(cdp: CDPSession, network: Network): Promise<void> {
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  if (!network) return;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latency,
    downloadThroughput: network.down,
    uploadThroughput: network.up,
  });
}

async function look(page: Page, url: string, client: Client, network: Network): Promise<Figures> {
  const cdp = await page.context().newCDPSession(page);
  let bytes = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await slowDown(cdp, network);
  await page.addInitScript(probe(client));
  await page.goto(url + client.path, { waitUntil: 'commit', timeout: PATIENCE_MS });
  // Not `waitForFunction`: the page's policy forbids what that needs.
  const patience = Date.now() + PATIENCE_MS;
  while (!(await page.evaluate<boolean>('!!(window.bench?.usable && bench.firstMessage)'))) {
    if (Date.now() > patience) throw new Error(`${client.path} was not ready after ${PATIENCE_MS} ms`);
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(AFTER_MS);
  const { usable, firstMessage, blocked } = await page.evaluate<Figures>('bench');
  return { usable: usable / 1000, firstMessage: firstMessage / 1000, blocked, kilobytes: bytes / 1000 };
}

async function visit(product: Product, executablePath: string, client: Client, network: Network): Promise<Figures> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    return await look(await browser.newPage(), product.url, client, network);
  } finally {
    await browser.close();
  }
}

function median(figures: readonly Figures[], name: keyof Figures): number {
  const sorted = figures.map((one) => one[name]).sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(name === 'blocked' ? 0 : 2));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      chromium: { type: 'string', default: '/usr/bin/chromium' },
    },
  });
  const product = await startProduct();
  const runs = Number(values.runs);
  const networks: Record<string, Record<string, Figures>> = {};
  try {
    for (const [network, conditions] of Object.entries(NETWORKS)) {
      const row: Record<string, Figures> = {};
      for (const [name, client] of Object.entries(CLIENTS)) {
        const all: Figures[] = [];
        for (let run = 0; run < runs; run += 1) all.push(await visit(product, values.chromium, client, conditions));
        const of = (figure: keyof Figures) => median(all, figure);
        row[name] = {
          usable: of('usable'),
          firstMessage: of('firstMessage'),
          blocked: of('blocked'),
          kilobytes: of('kilobytes'),
        };
      }
      networks[network] = row;
    }
  } finally {
    await product.stop();
  }
  process.stdout.write(`${JSON.stringify({ runs, cpu: CPU, networks })}\n`);
}

void main();
