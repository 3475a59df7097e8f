import type { Point } from './answer/position';

/** ITU-T T.81, table B.1; each segment says its length, which counts itself. */
const SOI = 0xffd8;
const SOS = 0xffda;
const APP1 = 0xffe1;
const FILL = 0xffff;
/** Exif is a TIFF file in the segment that begins with these letters and two zeros. */
const EXIF = 0x45786966;
const EXIF_BYTES = 6;
const LITTLE_ENDIAN = 0x4949;
const BIG_ENDIAN = 0x4d4d;
const ENTRY_BYTES = 12;
/** Types of TIFF 6.0, section 2. */
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;
/** Exif 2.32, sections 4.6.3 and 4.6.6: where the directory of the place is, and what stands in it. */
const GPS = 0x8825;
const LATITUDE = { reference: 1, value: 2, positive: 'N', negative: 'S', most: 90 };
const LONGITUDE = { reference: 3, value: 4, positive: 'E', negative: 'W', most: 180 };

/** A number of so many bytes; beyond the end NaN, which equals nothing, counts nothing and stays NaN. */
type Read = (offset: number, bytes: 1 | 2 | 4) => number;

/**
 * Where a picture was taken, as its camera wrote it into the beginning `head` of the JPEG file. Undefined where it says nothing, or
 * nothing that can be: outside of the globe, cut off, or 0,0, which telephones write that know or tell no place. Never throws.
 */
export function photoPlace(head: ArrayBuffer): Point | undefined {
  const tiff = exifOf(new DataView(head));
  const order = reader(tiff)(0, 2);
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return undefined;
  const read = reader(tiff, order === LITTLE_ENDIAN);
  const gps = read(entryOf(read, read(4, 4), GPS, LONG, 1), 4);
  const lat = degrees(read, gps, LATITUDE);
  const lon = degrees(read, gps, LONGITUDE);
  return lat === undefined || lon === undefined || (lat === 0 && lon === 0) ? undefined : { lat, lon };
}

const reader =
  (view: DataView, littleEndian = false): Read =>
  (offset, bytes) => {
    if (!(offset + bytes <= view.byteLength)) return Number.NaN;
    if (bytes === 1) return view.getUint8(offset);
    return bytes === 2 ? view.getUint16(offset, littleEndian) : view.getUint32(offset, littleEndian);
  };

/** The TIFF file in the picture; empty where there is none. */
function exifOf(jpeg: DataView): DataView {
  const read = reader(jpeg);
  let at = read(0, 2) === SOI ? 2 : Number.NaN;
  for (let marker = read(at, 2); marker > SOI && marker !== SOS; marker = read(at, 2)) {
    const length = read(at + 2, 2);
    const body = at + 4;
    const tiff = body + EXIF_BYTES;
    at += marker === FILL ? 1 : 2 + length;
    if (marker === FILL) continue;
    if (length < 2) break;
    if (marker !== APP1 || read(body, 4) !== EXIF || read(body + 4, 2) !== 0) continue;
    return new DataView(jpeg.buffer, tiff, Math.max(0, Math.min(at, jpeg.byteLength) - tiff));
  }
  return new DataView(new ArrayBuffer(0));
}

/** Where the value of `tag` stands, or the place of its value; NaN where the directory has none of this type and count. */
function entryOf(read: Read, directory: number, tag: number, type: number, count: number): number {
  const entries = read(directory, 2);
  for (let n = 0; n < entries; n += 1) {
    const entry = directory + 2 + n * ENTRY_BYTES;
    const found = read(entry, 2);
    if (Number.isNaN(found)) break;
    if (found === tag) return read(entry + 2, 2) === type && read(entry + 4, 4) === count ? entry + 8 : Number.NaN;
  }
  return Number.NaN;
}

/** Degrees, minutes and seconds are fractions, of which cameras use what they like: 51° 24.6′ 0″. */
function degrees(read: Read, gps: number, axis: typeof LATITUDE): number | undefined {
  const letter = String.fromCharCode(read(entryOf(read, gps, axis.reference, ASCII, 2), 1));
  const from = read(entryOf(read, gps, axis.value, RATIONAL, 3), 4);
  const part = (n: number) => read(from + 8 * n, 4) / read(from + 8 * n + 4, 4);
  const size = part(0) + part(1) / 60 + part(2) / 3600;
  if (!(size <= axis.most)) return undefined;
  if (letter === axis.positive) return size;
  return letter === axis.negative ? -size : undefined;
}
