import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Area, HttpResponse } from '../../channels/channel';
import { ENGLISH, htmlOf, readTexts, type Texts } from './chatPage';
import { contentPolicy, HTML } from './headers';
import { fill } from './template';

/** Where the pictures of the map come from, from the council's settings. */
interface Tiles {
  /** With `{z}`, `{x}` and `{y}`. */
  readonly url: string;
  readonly maxZoom: number;
  readonly credit: string;
  readonly creditLink: string;
}

export interface MapPageOptions {
  /** Folder of the build with `map.html` and `text/<language>.json`. */
  readonly dir: string;
  readonly frameAncestors: string;
  /** Those of today; none: the map is used by search and keyboard. */
  readonly tiles: () => Tiles | undefined;
  readonly area: () => Promise<Area | undefined>;
}

/**
 * `/chat/map`: the map in a frame of the chat. It alone may load pictures from the tile server, and it has a Trusted Types policy of
 * its own (`mapTrust.ts`): the chat itself stays without either.
 */
export function createMapPage({ dir, frameAncestors, tiles, area }: MapPageOptions) {
  const template = readFileSync(join(dir, 'map.html'), 'utf8');
  const texts = readTexts(join(dir, 'text'));
  const english: Texts = texts.get('en') ?? {};
  return async (language: string | null): Promise<HttpResponse> => {
    const lang = language && texts.has(language) ? language : 'en';
    const say: Texts = { ...english, ...texts.get(lang) };
    const pictures = tiles();
    const body = fill(template.replace(ENGLISH, htmlOf(lang)), {
      title: say.mapTitle ?? '',
      how: say.mapHow ?? '',
      plain: say.mapPlain ?? '',
      zoomIn: say.zoomIn ?? '',
      zoomOut: say.zoomOut ?? '',
      credit: pictures?.credit ?? '',
      creditLink: pictures?.creditLink ?? '',
      settings: JSON.stringify({
        area: await area(),
        tiles: pictures && { url: pictures.url, maxZoom: pictures.maxZoom },
      }),
    });
    const policy = contentPolicy({
      'img-src': ["'self' data:", ...(pictures ? [new URL(pictures.url).origin] : [])].join(' '),
      'frame-ancestors': frameAncestors,
      'require-trusted-types-for': "'script'",
      'trusted-types': 'default',
    });
    // Tile servers want to know which site asks; never which page.
    const referrer = { 'referrer-policy': pictures ? 'origin' : 'no-referrer' };
    return { status: 200, headers: { ...HTML, ...referrer, 'content-security-policy': policy }, body };
  };
}
