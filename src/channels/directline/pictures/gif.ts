import { BrokenPicture, need } from './parts';

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
const HEADER_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** How often an animation repeats, and colours. Others carry XMP. */
const NEEDED: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/**
 * A GIF without comments, texts and programs' own blocks, and without what follows its end.
 * @throws BrokenPicture
 */
export function cleanGif(content: Buffer): Buffer {
  let at = HEADER_BYTES + coloursOf(need(content, 0, HEADER_BYTES)[10]);
  const kept: Buffer[] = [need(content, 0, at)];
  for (;;) {
    const kind = need(content, at, 1)[0];
    if (kind === TRAILER) return Buffer.concat([...kept, content.subarray(at, at + 1)]);
    const end = endOfBlock(content, at, kind);
    const block = content.subarray(at, end);
    if (kind === IMAGE || isNeeded(block)) kept.push(block);
    at = end;
  }
}

function endOfBlock(content: Buffer, at: number, kind: number | undefined): number {
  if (kind === EXTENSION) return endOfData(content, at + 2);
  if (kind !== IMAGE) throw new BrokenPicture('no block');
  // Ten bytes of description, colours, one byte of code size, data.
  return endOfData(content, at + 11 + coloursOf(need(content, at, 10)[9]));
}

/** Sub-blocks, each with its length before it, end with an empty one. */
function endOfData(content: Buffer, from: number): number {
  let at = from;
  for (let length = need(content, at, 1)[0] ?? 0; length > 0; length = need(content, at, 1)[0] ?? 0) at += 1 + length;
  return at + 1;
}

/** Bytes of the colour table that the flags announce. */
const coloursOf = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);

function isNeeded(extension: Buffer): boolean {
  if (extension[1] === GRAPHIC_CONTROL) return true;
  return extension[1] === APPLICATION && NEEDED.has(extension.toString('latin1', 3, 14));
}
