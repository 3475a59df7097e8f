import type { Page } from 'playwright-core';

/**
 * What a screen reader says by itself, in its order: what comes into a live region (WAI-ARIA 1.2, `aria-live`, `aria-relevant`,
 * `aria-atomic`; roles `log`, `status`, `alert`). Read from `window.said`. Runs in the page.
 */
const LISTEN = `(() => {
  const LIVE = { log: 'polite', status: 'polite', alert: 'assertive' };
  const ATOMIC = new Set(['status', 'alert']);
  window.said = [];
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
  const isHidden = (node) => !element(node) || element(node).closest('[aria-hidden=true], [hidden]') !== null;
  const words = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node.matches('[aria-hidden=true], [hidden], svg')) return '';
    const label = node.getAttribute('aria-label') ?? node.alt ?? '';
    const inner = node.matches('button[aria-label], img') ? '' : [...node.childNodes].map(words).join(' ');
    return [label && !inner.trim().startsWith(label) ? label + ',' : '', inner].join(' ');
  };
  const regionOf = (node) => element(node)?.closest('[aria-live], [role=log], [role=status], [role=alert]');
  const say = (region, text) => {
    const live = region.getAttribute('aria-live') ?? LIVE[region.getAttribute('role')];
    const line = live + ': ' + text.replace(/\\s+/g, ' ').replace(/ ([.,])/g, '$1').trim();
    if (live !== 'off' && !line.endsWith(': ')) said.push(line);
  };
  new MutationObserver((changes) => {
    const whole = new Set();
    for (const { type, target, addedNodes } of changes) {
      const region = regionOf(target);
      const own = [...addedNodes].filter((node) => node.nodeType === 1 && node.querySelector?.('[role=alert]'));
      for (const node of own) for (const alert of node.querySelectorAll('[role=alert]')) whole.add(alert);
      if (!region || isHidden(target)) continue;
      if (ATOMIC.has(region.getAttribute('role'))) whole.add(region);
      else if (type === 'childList') for (const node of addedNodes) if (!isHidden(node)) say(region, words(node));
    }
    for (const region of whole) if (region.isConnected) say(region, words(region));
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

/** From the first moment on. */
export const listen = (page: Page): Promise<unknown> => page.addInitScript(LISTEN);

/** What was said since the last time this was asked. */
export const heard = (page: Page): Promise<string[]> => page.evaluate('said.splice(0)');

interface AxNode {
  readonly nodeId: string;
  readonly childIds?: readonly string[];
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[];
}

/** Chromium's own accessibility tree, as lines in reading order: `button "Send"`; live regions with their politeness. */
export async function tree(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: readonly AxNode[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = (id: string): readonly string[] => {
    const node = byId.get(id);
    if (!node) return [];
    const own = node.ignored || PLAIN.test(node.role?.value ?? '') ? [] : [line(node)];
    return [...own, ...(node.childIds ?? []).flatMap(lines)];
  };
  return lines(nodes[0]?.nodeId ?? '');
}

const PLAIN = /^(InlineTextBox|StaticText|none|generic)$/;

function line({ role, name, properties = [] }: AxNode): string {
  const isLive = /^(log|status|alert)$/.test(role?.value ?? '');
  const live = isLive && properties.find((one) => one.name === 'live')?.value.value;
  return [role?.value, name?.value && `"${name.value}"`, live].filter(Boolean).join(' ');
}
