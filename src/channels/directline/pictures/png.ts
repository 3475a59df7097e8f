import { crc32 } from 'node:zlib';
import { orientationOnly } from './orientation';
import { BrokenPicture, need } from './parts';

const SIGNATURE_BYTES = 8;
/** Length and type before the data, a check sum after it. */
const FRAME_BYTES = 12;
const LAST = 'IEND';
/** Chunks that change how the picture looks. What is not named here is text, time, Exif, provenance or a program's own. */
const NEEDED: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/**
 * A PNG with only the chunks that are its picture, and without what follows its end.
 * @throws BrokenPicture
 */
export function cleanPng(content: Buffer): Buffer {
  const kept: Buffer[] = [need(content, 0, SIGNATURE_BYTES)];
  for (let at = SIGNATURE_BYTES; ; ) {
    const length = need(content, at, FRAME_BYTES).readUInt32BE(0);
    const chunk = need(content, at, length + FRAME_BYTES);
    const type = chunk.toString('latin1', 4, 8);
    if (at === SIGNATURE_BYTES && type !== 'IHDR') throw new BrokenPicture('no header');
    if (NEEDED.has(type)) kept.push(chunk);
    else if (type === 'eXIf') kept.push(...exifOf(chunk.subarray(8, -4)));
    if (type === LAST) return Buffer.concat(kept);
    at += chunk.length;
  }
}

function exifOf(exif: Buffer): readonly Buffer[] {
  const tiff = orientationOnly(exif);
  if (!tiff) return [];
  const data = Buffer.concat([Buffer.from('eXIf', 'latin1'), tiff]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(tiff.length);
  check.writeUInt32BE(crc32(data));
  return [length, data, check];
}
