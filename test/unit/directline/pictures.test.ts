import fc from 'fast-check';
import { clean } from '../../../src/channels/directline/pictures/clean';
import { BrokenPicture } from '../../../src/channels/directline/pictures/parts';
import { exif, KINDS, laden, PICTURES, SECRET } from './pictures';

const cleaned = (kind: string, content: Buffer): Buffer | undefined => {
  try {
    return clean(`image/${kind}`, content);
  } catch (error) {
    if (error instanceof BrokenPicture) return undefined;
    throw error;
  }
};

describe.each(KINDS)('%s', (kind) => {
  test('without metadata stays byte for byte what it was', () => {
    expect(cleaned(kind, PICTURES[kind])).toEqual(PICTURES[kind]);
  });

  test('loses place, texts, comments, times, programs’ own blocks and what follows its end', () => {
    const whole = laden(kind);
    expect(whole.includes(SECRET)).toBe(true);
    const kept = cleaned(kind, whole);
    expect(kept?.includes(SECRET)).toBe(false);
    // An animation goes on repeating.
    expect(kept?.length).toBe(PICTURES[kind].length + (kind === 'gif' ? 19 : 0));
    if (kind !== 'gif') expect(kept).toEqual(PICTURES[kind]);
  });

  test('cut off anywhere, or changed anywhere, it is cleaned or refused, never a crash', () => {
    const whole = laden(kind, 6);
    const end = fc.nat({ max: whole.length });
    const changes = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 8 });
    fc.assert(
      fc.property(end, changes, (length, bytes) => {
        const damaged = Buffer.from(whole.subarray(0, length));
        for (const [at, byte] of bytes) if (at < length) damaged[at] = byte;
        const once = cleaned(kind, damaged);
        if (once) expect(cleaned(kind, once)).toEqual(once);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  test('cut off before its picture it is refused', () => {
    expect(cleaned(kind, PICTURES[kind].subarray(0, 30))).toBeUndefined();
    expect(cleaned(kind, Buffer.alloc(0))).toBeUndefined();
  });
});

describe.each(['jpeg', 'png', 'webp'] as const)('the orientation of a %s', (kind) => {
  test('is all that is kept of its Exif, where the picture is not upright', () => {
    const kept = cleaned(kind, laden(kind, 6));
    const tiff = Buffer.from('4d4d002a000000080001011200030000000100060000', 'hex');
    expect(kept?.includes(tiff)).toBe(true);
    expect(kept?.includes(SECRET)).toBe(false);
    expect(cleaned(kind, kept ?? Buffer.alloc(0))).toEqual(kept);
  });

  test.each([0, 1, 9, 65_535])('of %d says nothing', (orientation) => {
    expect(cleaned(kind, laden(kind, orientation))).toEqual(PICTURES[kind]);
  });
});

test('a JPEG of several scans is kept to its end, and not to an end inside another segment', () => {
  const { jpeg } = PICTURES;
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const several = Buffer.concat([jpeg.subarray(0, -2), jpeg.subarray(scan)]);
  expect(cleaned('jpeg', several)).toEqual(several);
  expect(cleaned('jpeg', Buffer.concat([several, jpeg, Buffer.from([0xff, 0xd9])]))).toEqual(several);
});

test('a JPEG without its last two bytes is kept: some cameras write them so', () => {
  expect(cleaned('jpeg', PICTURES.jpeg.subarray(0, -2))).toEqual(PICTURES.jpeg.subarray(0, -2));
});

test('a PDF is left as it is', () => {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), exif(6)]);
  expect(clean('application/pdf', pdf)).toBe(pdf);
});

test('four megabytes of nothing but tiny parts are read in a moment', () => {
  const tiny = Buffer.from('0000000061414141000000ff', 'hex');
  const png = Buffer.concat([PICTURES.png.subarray(0, 33), ...Array.from({ length: 340_000 }, () => tiny)]);
  const started = performance.now();
  expect(cleaned('png', png)).toBeUndefined();
  expect(cleaned('jpeg', Buffer.alloc(4_000_000, 0xff).fill(0xd8, 1, 2))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
