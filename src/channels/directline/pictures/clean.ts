import { cleanGif } from './gif';
import { cleanJpeg } from './jpeg';
import { cleanPng } from './png';
import { cleanWebp } from './webp';

/** By content type: what takes out of a picture everything but the picture. */
const CLEANERS: ReadonlyMap<string, (content: Buffer) => Buffer> = new Map([
  ['image/jpeg', cleanJpeg],
  ['image/png', cleanPng],
  ['image/webp', cleanWebp],
  ['image/gif', cleanGif],
]);

/**
 * The file as it may be kept: of a picture place, time, device, names, comments and everything behind its end are gone, so that
 * nobody learns where a resident was, and nothing else can hide behind a picture. The rest is byte for byte what was sent;
 * other files are left as they are.
 * @throws BrokenPicture
 */
export function clean(type: string, content: Buffer): Buffer {
  return CLEANERS.get(type)?.(content) ?? content;
}
