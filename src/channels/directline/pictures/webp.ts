import { orientationOnly } from './orientation';
import { BrokenPicture, need } from './parts';

/** https://developers.google.com/speed/webp/docs/riff_container */
const HEADER_BYTES = 12;
const FRAME_BYTES = 8;
const NEEDED: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

interface Chunk {
  readonly type: string;
  readonly whole: Buffer;
}

/**
 * A WebP with only the chunks that are its picture, its Exif cut down to the orientation, and without what follows its end.
 * @throws BrokenPicture
 */
export function cleanWebp(content: Buffer): Buffer {
  const size = need(content, 0, HEADER_BYTES).readUInt32LE(4);
  const chunks = readChunks(need(content, 0, FRAME_BYTES + size));
  const kept = chunks.flatMap(keptOf);
  if (kept.length === 0) throw new BrokenPicture('no picture');
  const body = Buffer.concat(kept.map(({ type, whole }) => (type === 'VP8X' ? flagged(whole, kept) : whole)));
  const header = Buffer.from(content.subarray(0, HEADER_BYTES));
  header.writeUInt32LE(body.length + HEADER_BYTES - FRAME_BYTES, 4);
  return Buffer.concat([header, body]);
}

function readChunks(content: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = HEADER_BYTES; at < content.length; ) {
    const size = need(content, at, FRAME_BYTES).readUInt32LE(4);
    // Chunks of an odd size are filled up with a byte.
    const whole = need(content, at, FRAME_BYTES + size + (size % 2));
    chunks.push({ type: whole.toString('latin1', 0, 4), whole });
    at += whole.length;
  }
  return chunks;
}

function keptOf(chunk: Chunk): readonly Chunk[] {
  if (NEEDED.has(chunk.type)) return [chunk];
  if (chunk.type !== 'EXIF') return [];
  const data = chunk.whole.subarray(FRAME_BYTES);
  const tiff = orientationOnly(data.toString('latin1', 0, 4) === 'Exif' ? data.subarray(6) : data);
  if (!tiff) return [];
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
  head.writeUInt32LE(tiff.length, 4);
  return [{ type: 'EXIF', whole: Buffer.concat([head, tiff]) }];
}

/** The extended header says which chunks there are. */
function flagged(header: Buffer, kept: readonly Chunk[]): Buffer {
  const changed = Buffer.from(need(header, 0, FRAME_BYTES + 1));
  const exif = kept.some(({ type }) => type === 'EXIF') ? HAS_EXIF : 0;
  changed[FRAME_BYTES] = ((changed[FRAME_BYTES] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | exif;
  return Buffer.concat([changed, header.subarray(FRAME_BYTES + 1)]);
}
