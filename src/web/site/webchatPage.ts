import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpRequest, HttpResponse } from '../../channels/channel';
import { type ChatPage, ENGLISH, fillText, htmlOf, readTexts } from './chatPage';
import { contentPolicy, HTML } from './headers';
import { fill } from './template';

const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

interface WebchatPageOptions {
  /** What `vite build` wrote: `dist/web`. */
  readonly distDir: string;
  /** Names of the files under `/assets`: the official bundles are among them. */
  readonly assets: Iterable<string>;
  readonly choose: ChatPage['choose'];
  /** The words on the page. */
  readonly values: { readonly council: string; readonly phone: string; readonly sms: string };
  readonly policy: { readonly [directive: string]: string };
  /** Unguessable, for one answer. */
  readonly nonce: () => string;
}

/**
 * `/chat/webchat`: the official client, unmodified. It makes its styles itself, so the policy names them by a nonce; it scales pictures
 * down in a worker and reads them back as blobs; it writes HTML, so Trusted Types cannot be asked for here. Still no inline or
 * evaluated script, and no other site. `?bundle=minimal` is its smaller build, without Adaptive Cards and Markdown.
 */
export function createWebchatPage({ distDir, assets, choose, values, policy, nonce }: WebchatPageOptions) {
  const template = readFileSync(join(distDir, 'webchat', 'index.html'), 'utf8');
  const texts = readTexts(join(distDir, 'chat', 'text'));
  const names = [...assets];
  const bundle = (start: string) => `/assets/${names.find((name) => name.startsWith(start)) ?? ''}`;
  const [full, minimal] = [bundle('official-webchat-4'), bundle('official-webchat-minimal')];
  return async ({ query, headers }: Pick<HttpRequest, 'query' | 'headers'>): Promise<HttpResponse> => {
    const language = choose(query.get('lang'), headers['accept-language']);
    const say = { ...texts.get('en'), ...texts.get(language) };
    const word = (key: string) => fillText(say[key] ?? '', values);
    const once = nonce();
    const body = fill(template.replace(ENGLISH, htmlOf(language)), {
      title: word('title'),
      noscript: word(values.sms ? 'noscript' : 'noscriptPhone'),
      offline: word('offline'),
      locale: language,
      nonce: once,
      bundle: query.get('bundle') === 'minimal' ? minimal : full,
    });
    // Besides the nonce an empty style element, which the client makes without one.
    const csp = contentPolicy({
      ...policy,
      'connect-src': `${policy['connect-src']} blob:`,
      'style-src': `'self' 'nonce-${once}' ${EMPTY}`,
      'worker-src': 'blob:',
    });
    const own = { vary: 'Accept-Language', 'cache-control': 'no-store', 'content-security-policy': csp };
    return { status: 200, headers: { ...HTML, ...own }, body };
  };
}
