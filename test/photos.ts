import { PICTURES } from './unit/directline/pictures';

export interface Taken {
  readonly lat: number;
  readonly lon: number;
}

const ENTRY_BYTES = 12;

/** A JPEG that can be shown, as a telephone writes it that knows where it is. */
export function photoTakenAt(taken: Taken, littleEndian = false): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiffOf(taken, littleEndian)]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([PICTURES.jpeg.subarray(0, 2), head, exif, PICTURES.jpeg.subarray(2)]);
}

/** Byte order; a directory that leads to that of the place: N or S, latitude, E or W, longitude. */
function tiffOf({ lat, lon }: Taken, littleEndian: boolean): Buffer {
  const tiff = Buffer.alloc(128);
  const write = (value: number, at: number, bytes: 2 | 4) =>
    littleEndian ? tiff.writeUIntLE(value, at, bytes) : tiff.writeUIntBE(value, at, bytes);
  const entry = (at: number, tag: number, type: number, count: number) => {
    write(tag, at, 2);
    write(type, at + 2, 2);
    write(count, at + 4, 4);
    return at + 8;
  };
  const directory = (at: number, entries: number) => {
    write(entries, at, 2);
    return (n: number) => at + 2 + n * ENTRY_BYTES;
  };
  const axis = (degrees: number, letter: string, at: (n: 0 | 1) => number, tag: number, valueAt: number) => {
    tiff.write(letter, entry(at(0), tag, 2, 2), 'latin1');
    write(valueAt, entry(at(1), tag + 1, 5, 3), 4);
    const minutes = (Math.abs(degrees) % 1) * 60;
    const parts = [Math.trunc(Math.abs(degrees)), 1, Math.trunc(minutes), 1, Math.round((minutes % 1) * 6e6), 1e5];
    parts.forEach((part, n) => {
      write(part, valueAt + 4 * n, 4);
    });
  };
  tiff.write(littleEndian ? 'II' : 'MM', 'latin1');
  write(42, 2, 2);
  write(8, 4, 4);
  write(26, entry(directory(8, 1)(0), 0x8825, 4, 1), 4);
  const gps = directory(26, 4);
  axis(lat, lat < 0 ? 'S' : 'N', gps, 1, 80);
  axis(lon, lon < 0 ? 'W' : 'E', (n) => gps(n + 2), 3, 104);
  return tiff;
}
