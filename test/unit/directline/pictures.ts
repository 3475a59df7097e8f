import { crc32 } from 'node:zlib';

/** Small pictures as a browser writes them, without metadata, and what a telephone or a stranger puts into them. */
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

export const PICTURES: Readonly<Record<'jpeg' | 'png' | 'webp' | 'gif', Buffer>> = {
  jpeg: base64(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAA' +
      'AAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAA' +
      'ACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0' +
      'AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA' +
      'AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM' +
      'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ' +
      'c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk' +
      'pKT/wAARCAAEAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAYEAADAQEAAAAAAAAAAAAAAAAAAQIRMf/EABUBAQEAAAAAAAAAAAAAAAAA' +
      'AAQG/8QAFhEBAQEAAAAAAAAAAAAAAAAAAQAR/9oADAMBAAIRAxEAPwCfMqVi4AAaq61IAGF//9k=',
  ),
  png: base64(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAYAAACzzX7wAAAAKUlEQVR4AYSMQQoAQAgCZ/v/n93sGFTCiIfBAMlUeTRSYE2Ih5ms8+EDAAD//7Syvg4AAAAG' +
      'SURBVAMArkkR+fMl2r8AAAAASUVORK5CYII=',
  ),
  webp: base64(
    'UklGRi4CAABXRUJQVlA4WAoAAAAgAAAABwAAAwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAA' +
      'AAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAA' +
      'ACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0' +
      'AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA' +
      'AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM' +
      'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggQAAAADACAJ0BKggABAAEAGglsAJ0ugB+CILSLA0AAP7c3lqc6qIk+1qB' +
      'RY1sbhS7/H/893J5+OVXv/4mz/ibPgAAAAA=',
  ),
  gif: base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
};
export const KINDS = Object.keys(PICTURES) as readonly (keyof typeof PICTURES)[];

/** Stands in everything that must not be kept. */
export const SECRET = 'GPS 51.4N 0.19W of a resident';

/** A TIFF file as cameras write it: orientation (1 is upright), and a text. */
export function exif(orientation: number): Buffer {
  const tiff = Buffer.concat([
    Buffer.from(
      `49492a0008000000${'0200'}${'0e010200'}${'00000000'}26000000${'12010300'}01000000${'00000000'}00000000`,
      'hex',
    ),
    Buffer.from(SECRET),
  ]);
  tiff.writeUInt32LE(SECRET.length, 14);
  tiff.writeUInt16LE(orientation, 30);
  return tiff;
}

/** The picture with everything a camera, a program or a stranger may add to it. */
export function laden(kind: keyof typeof PICTURES, orientation = 1): Buffer {
  const whole = { jpeg: ladenJpeg, png: ladenPng, webp: ladenWebp, gif: ladenGif }[kind](orientation);
  return Buffer.concat([whole, Buffer.from(`<script>${SECRET}</script>`)]);
}

function ladenJpeg(orientation: number): Buffer {
  const segment = (marker: number, ...parts: (string | Buffer)[]) => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([
    PICTURES.jpeg.subarray(0, 2),
    segment(0xe1, 'Exif\0\0', exif(orientation)),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', SECRET),
    segment(0xe2, 'MPF\0', SECRET),
    segment(0xed, 'Photoshop 3.0\0', SECRET),
    segment(0xfe, SECRET),
    PICTURES.jpeg.subarray(2),
  ]);
}

function ladenPng(orientation: number): Buffer {
  const chunk = (type: string, data: Buffer | string) => {
    const body = Buffer.concat([Buffer.from(type), Buffer.from(data)]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length - 4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const texts = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'prVt'].map((type) => chunk(type, SECRET));
  const after = 33;
  return Buffer.concat([
    PICTURES.png.subarray(0, after),
    chunk('eXIf', exif(orientation)),
    ...texts,
    PICTURES.png.subarray(after),
  ]);
}

function ladenWebp(orientation: number): Buffer {
  const chunk = (type: string, data: Buffer | string) => {
    const body = Buffer.from(data);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const whole = Buffer.concat([
    PICTURES.webp,
    chunk('EXIF', exif(orientation)),
    chunk('XMP ', SECRET),
    chunk('mine', SECRET),
  ]);
  whole.writeUInt32LE(whole.length - 8, 4);
  whole[20] = (whole[20] ?? 0) | 0x0c;
  return whole;
}

function ladenGif(): Buffer {
  const data = Buffer.concat([Buffer.from([SECRET.length]), Buffer.from(SECRET), Buffer.from([0])]);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), data]);
  const xmp = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP'), data]);
  const loop = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('NETSCAPE2.0'), Buffer.from([3, 1, 0, 0, 0])]);
  const end = PICTURES.gif.length - 1;
  return Buffer.concat([
    PICTURES.gif.subarray(0, 19),
    loop,
    comment,
    xmp,
    PICTURES.gif.subarray(19, end),
    Buffer.from([0x3b]),
  ]);
}
