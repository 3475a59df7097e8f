import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { HttpRequest, HttpResponse } from '../../channels/channel';

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file of the build in memory, with its compressed forms. */
export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** Reads the files of a folder of the build, by name. Without a build there are none. */
export function readAssets(dir: string): ReadonlyMap<string, Asset> {
  if (!existsSync(dir)) return new Map();
  const names = readdirSync(dir, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && TYPES[extname(entry.name)],
  );
  return new Map(names.map(({ name }) => [name, readAsset(join(dir, name))]));
}

export function readAsset(file: string): Asset {
  const plain = readFileSync(file);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const built = (end: string) => (existsSync(file + end) ? readFileSync(file + end) : undefined);
  const [br, gzip] = [built('.br'), built('.gz')];
  return br && gzip ? { type, plain, br, gzip } : compressed(type, plain);
}

export const compressed = (type: string, plain: Buffer): Asset => ({
  type,
  plain,
  br: brotliCompressSync(plain),
  gzip: gzipSync(plain, { level: 9 }),
});

/** The smallest form that the browser takes. */
export function serve(asset: Asset, request: HttpRequest, headers: { readonly [name: string]: string }): HttpResponse {
  const accepted = request.headers['accept-encoding'] ?? '';
  const coding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  return {
    status: 200,
    headers: {
      'content-type': asset.type,
      vary: 'Accept-Encoding',
      ...(coding && { 'content-encoding': coding }),
      ...headers,
    },
    body: coding ? asset[coding] : asset.plain,
  };
}
