import { orientationOnly } from './orientation';
import { BrokenPicture, need } from './parts';

/** ITU-T T.81, table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** What a decoder needs of the application segments: size and density, the colours' meaning, the colour profile. */
const NEEDED = ['JFIF\0', 'Adobe', 'ICC_PROFILE\0'];
const EXIF = 'Exif\0\0';

/**
 * A JPEG without Exif (but for its orientation), XMP, IPTC, previews and comments, and without what follows its end: telephones
 * put a film there, and others worse. The picture's own bytes are not touched.
 * @throws BrokenPicture
 */
export function cleanJpeg(content: Buffer): Buffer {
  const kept: Buffer[] = [need(content, 0, 2)];
  let scanned = false;
  for (let at = 2; at < content.length; ) {
    const { marker, start } = markerAt(content, at);
    if (marker === EOI) return Buffer.concat([...kept, content.subarray(at, start)]);
    const end = start + lengthOf(content, start, marker);
    const body = need(content, start, end - start).subarray(2);
    kept.push(...keptOf(marker, body, content.subarray(at, end)));
    at = end;
    if (marker !== SOS) continue;
    scanned = true;
    at = endOfScan(content, end);
    kept.push(content.subarray(end, at));
  }
  // Some cameras forget the last two bytes; everybody shows those pictures.
  if (!scanned) throw new BrokenPicture('no picture');
  return Buffer.concat(kept);
}

/** The marker at `at`, which may be filled up with any number of 0xff before it, and where its segment starts. */
function markerAt(content: Buffer, at: number): { readonly marker: number; readonly start: number } {
  let start = at;
  while (content[start] === 0xff) start += 1;
  const marker = content[start];
  if (start === at || marker === undefined || marker === 0) throw new BrokenPicture('no marker');
  return { marker, start: start + 1 };
}

/** Bytes of the segment with its own length; some markers stand alone. */
function lengthOf(content: Buffer, start: number, marker: number): number {
  if (marker === SOI) throw new BrokenPicture('a picture in the picture');
  const length = need(content, start, 2).readUInt16BE(0);
  if (length < 2) throw new BrokenPicture('a segment without a length');
  return length;
}

function keptOf(marker: number, body: Buffer, segment: Buffer): readonly Buffer[] {
  if (marker === COMMENT) return [];
  if (marker < APP0 || marker > APP15) return [segment];
  if (marker === APP1 && begins(body, EXIF)) return exifOf(body.subarray(EXIF.length));
  return NEEDED.some((name) => begins(body, name)) ? [segment] : [];
}

function exifOf(exif: Buffer): readonly Buffer[] {
  const tiff = orientationOnly(exif);
  if (!tiff) return [];
  const head = Buffer.from([0xff, APP1, 0, 2 + EXIF.length + tiff.length]);
  return [head, Buffer.from(EXIF, 'latin1'), tiff];
}

const begins = (body: Buffer, name: string): boolean => body.toString('latin1', 0, name.length) === name;

/** Compressed data goes on until a marker that is no restart marker; 0xff of the data itself is written 0xff 0x00. */
function endOfScan(content: Buffer, from: number): number {
  for (let at = content.indexOf(0xff, from); at >= 0; at = content.indexOf(0xff, at + 1)) {
    const next = content[at + 1];
    const isData = next === 0 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (next !== undefined && !isData) return at;
  }
  return content.length;
}
