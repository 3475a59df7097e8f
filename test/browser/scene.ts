import type { BrowserContextOptions, Page, Route, WebSocketRoute } from 'playwright-core';
import type { Product } from './product';

/** An activity as the page gets it. */
export type Shown = Readonly<Record<string, unknown>>;

export interface Scene {
  readonly page: Page;
  /** What the server says next. */
  push(...activities: Shown[]): Promise<void>;
}

export interface SceneOptions extends BrowserContextOptions {
  readonly language?: string;
  /** What the server says at the start; left out: there is no connection. */
  readonly said?: readonly Shown[] | undefined;
  /** How it takes what is written: no `echo`, or not at all. */
  readonly post?: 'lost' | 'refused';
  /** The chat is there already when the page comes. */
  readonly resumes?: boolean;
  readonly clock?: boolean;
  /** What is done before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
}

const AT = '2026-11-24T15:00:00.000Z';
let ids = 0;

const message = (from: object, rest: Shown): Shown => ({
  id: `a${++ids}`,
  type: 'message',
  timestamp: AT,
  from,
  ...rest,
});
export const bot = (text: string, rest: Shown = {}): Shown => message({ role: 'bot' }, { text, ...rest });
export const me = (text: string, rest: Shown = {}): Shown => message({ role: 'user' }, { text, ...rest });
export const agent = (text: string, name: string): Shown =>
  message({ role: 'bot', name }, { text, channelData: { author: 'agent' } });
export const system = (text: string): Shown => message({ role: 'bot' }, { text, channelData: { author: 'system' } });
export const offers = (...titles: string[]): Shown => ({
  suggestedActions: { actions: titles.map((title) => ({ type: 'messageBack', title, value: { choice: title } })) },
});

/** The chat as it is, before a server that says what a test wants: any moment of a conversation at once, and nothing else. */
export async function openScene(product: Product, options: SceneOptions): Promise<Scene> {
  const { language = 'en', said, post, resumes = false, clock = false, before, ...context } = options;
  const page = await product.newPage(context);
  let socket: WebSocketRoute | undefined;
  if (clock) await page.clock.install();
  await before?.(page);
  await page.routeWebSocket(/scene-stream/, (ws) => {
    socket = ws;
  });
  const session = { conversationId: 'scene', token: 't', streamUrl: 'ws://scene/scene-stream', watermark: '1' };
  await page.route('**/chat/token', (route) =>
    said ? route.fulfill({ json: { ...session, activities: said } }) : route.abort(),
  );
  const echo = (activity: Shown) =>
    socket?.send(JSON.stringify({ activities: [{ ...me('', activity), from: { role: 'user' } }], watermark: '2' }));
  await page.route('**/conversations/scene/**', (route) => answer(route, post, echo));
  await page.goto(`${product.server.url}/chat?lang=${language}`);
  if (resumes) {
    await page.evaluate(`sessionStorage.setItem('wandle.chat', JSON.stringify({ token: 't', outbox: [], draft: '' }))`);
    await page.reload();
  }
  await page.locator('.send').waitFor();
  return {
    page,
    async push(...activities) {
      const before = await page.locator('.message, .typing').count();
      socket?.send(JSON.stringify({ activities, watermark: '2' }));
      await page.locator('.message, .typing').nth(before).waitFor();
    },
  };
}

async function answer(route: Route, post: SceneOptions['post'], echo: (activity: Shown) => void): Promise<void> {
  if (post === 'lost') return route.abort();
  if (post === 'refused') return route.fulfill({ status: 415, json: {} });
  await route.fulfill({ json: { id: `p${++ids}` } });
  if (route.request().headers()['content-type'] === 'application/json') echo(route.request().postDataJSON());
}
