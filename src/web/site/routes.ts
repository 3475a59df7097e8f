import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpResponse, Router, Routes } from '../../channels/channel';
import { type Asset, readAsset, readAssets, serve } from './assets';
import { type ChatPageOptions, createChatPage } from './chatPage';
import { contentPolicy, HTML } from './headers';
import { createMapPage, type MapPageOptions } from './mapPage';
import { fill } from './template';
import { createWebchatPage } from './webchatPage';

export interface SiteOptions {
  /** What `vite build` wrote: `dist/web`. */
  readonly distDir: string;
  readonly publicUrl: string;
  /** Sites that may show the chat in a frame (`*`: any), besides our own. */
  readonly origins: readonly string[];
  readonly council: { readonly name: string; readonly shortName: string; readonly phone: string };
  /** Number for text messages, where there is one. */
  readonly sms: string | undefined;
  readonly languages: readonly string[];
  /** What the assistant says first in a language, written into the page. Must be what the bot really says. */
  /** A language's name in itself; Intl's where this is left out. */
  readonly nameOf?: (language: string) => string;
  readonly greeting?: (language: string) => string;
  readonly map: Pick<MapPageOptions, 'tiles' | 'area'>;
  readonly safety?: ChatPageOptions['safety'];
  /** Unguessable, for one answer. */
  readonly nonce: () => string;
}

/** Assets carry a hash of their content in their names. */
const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' };
const FIVE_MINUTES = { 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin' };
const NOT_BUILT: HttpResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The front end has not been built: npm run build:web',
};

/** The pages that residents see: `/`, `/chat`, `/chat.js`, `/accessibility`, and the assets of all front ends. */
export function siteRoutes(options: SiteOptions): Routes {
  const { distDir } = options;
  const built = existsSync(join(distDir, 'chat', 'index.html'));
  return {
    routes(router) {
      if (!built) {
        for (const path of ['/', '/chat', '/chat/webchat', '/chat.js', '/accessibility'])
          router.route('GET', path, async () => NOT_BUILT);
        return;
      }
      const assets = readAssets(join(distDir, 'assets'));
      chatRoutes(router, options, assets.keys());
      demoRoutes(router, options);
      router.route('GET', '/assets/:name', async (request) =>
        serveAsset(assets.get(request.params.name ?? ''), request),
      );
    },
  };
}

function chatRoutes(router: Router, options: SiteOptions, assets: Iterable<string>): void {
  const { distDir, council, sms, languages, nameOf, greeting, safety, publicUrl, origins } = options;
  const page = createChatPage({ dir: join(distDir, 'chat'), council, sms, languages, nameOf, greeting, safety });
  const launcher = readAsset(join(distDir, 'chat.js'));
  const socket = new URL(publicUrl).origin.replace(/^http/, 'ws');
  const frameAncestors = origins.includes('*') ? '*' : ["'self'", ...origins].join(' ');
  const both = {
    'connect-src': `'self' ${socket}`,
    'img-src': "'self' blob: data:",
    'frame-ancestors': frameAncestors,
  };
  const policy = contentPolicy({
    ...both,
    'frame-src': "'self'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });
  const headers = { ...HTML, vary: 'Accept-Encoding, Accept-Language', 'content-security-policy': policy };
  router.route('GET', '/chat', async (request) => {
    const language = page.choose(request.query.get('lang'), request.headers['accept-language']);
    return serve(page.render(language), request, headers);
  });
  const map = createMapPage({ dir: join(distDir, 'chat'), frameAncestors, ...options.map });
  router.route('GET', '/chat/map', ({ query }) => map(query.get('lang')));
  const values = { council: council.shortName, phone: council.phone, sms: sms ?? '' };
  const webchat = { distDir, assets, values, choose: page.choose, policy: both, nonce: options.nonce };
  router.route('GET', '/chat/webchat', createWebchatPage(webchat));
  router.route('GET', '/chat.js', async (request) => serve(launcher, request, FIVE_MINUTES));
}

function demoRoutes(router: Router, { distDir, council }: SiteOptions): void {
  const headers = {
    ...HTML,
    'content-security-policy': contentPolicy({ 'frame-src': "'self'", 'frame-ancestors': "'none'" }),
  };
  const values = { council: council.name, phone: council.phone, tel: council.phone.replace(/[^+\d]/g, '') };
  for (const [path, file] of [
    ['/', 'index.html'],
    ['/accessibility', 'accessibility.html'],
  ] as const) {
    const body = fill(readFileSync(join(distDir, 'site', file), 'utf8'), values);
    router.route('GET', path, async () => ({ status: 200, headers, body }));
  }
}

function serveAsset(asset: Asset | undefined, request: Parameters<typeof serve>[1]): HttpResponse {
  if (asset) return serve(asset, request, FOR_EVER);
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'There is no such file.' };
}
