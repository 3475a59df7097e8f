/** The picture's structure is broken, or cut off: it cannot be told what is picture and what is not. */
export class BrokenPicture extends Error {
  override readonly name = 'BrokenPicture';
}

/**
 * `length` bytes of `content` from `from`.
 * @throws BrokenPicture
 */
export function need(content: Buffer, from: number, length: number): Buffer {
  if (from + length > content.length) throw new BrokenPicture('cut off');
  return content.subarray(from, from + length);
}
