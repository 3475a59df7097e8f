import fc from 'fast-check';
import { photoPlace } from '../../../src/web/chat/photoPlace';
import { photoTakenAt } from '../../photos';
import { exif, laden, PICTURES } from '../directline/pictures';

const HERE = { lat: 51.4102, lon: -0.1871 };
const read = (bytes: Uint8Array) => photoPlace(Uint8Array.from(bytes).buffer);
/** The photo with `parts` written over the bytes at these places; the TIFF file begins at the twelfth. */
const changed = (parts: readonly (readonly [at: number, hex: string])[]): Buffer => {
  const photo = photoTakenAt(HERE);
  for (const [at, hex] of parts) photo.write(hex, 12 + at, 'hex');
  return photo;
};
const inserted = (...segments: readonly string[]): Buffer => {
  const photo = photoTakenAt(HERE);
  return Buffer.concat([photo.subarray(0, 2), Buffer.from(segments.join(''), 'hex'), photo.subarray(2)]);
};

describe.each([
  ['big-endian', false],
  ['little-endian', true],
])('%s', (_name, littleEndian) => {
  test('the place of a photo is read to a centimetre, wherever on the globe', () => {
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(lat, lon, (lat, lon) => {
        fc.pre(Math.abs(lat) > 1e-6 || Math.abs(lon) > 1e-6);
        const place = read(photoTakenAt({ lat, lon }, littleEndian));
        expect(Math.abs((place?.lat ?? 0) - lat)).toBeLessThan(1e-7);
        expect(Math.abs((place?.lon ?? 0) - lon)).toBeLessThan(1e-7);
      }),
      { seed: 5 },
    );
  });

  test.each([
    [0, 0],
    [90.1, 0],
    [-91, 5],
    [51, 180.5],
    [51, -200],
  ])('%d, %d is no place', (lat, lon) => {
    expect(read(photoTakenAt({ lat, lon }, littleEndian))).toBeUndefined();
  });
});

test('a photo that says no place has none: without Exif, with other Exif, and when it is no JPEG', () => {
  expect(read(PICTURES.jpeg)).toBeUndefined();
  expect(read(laden('jpeg'))).toBeUndefined();
  expect(read(PICTURES.png)).toBeUndefined();
  expect(read(exif(6))).toBeUndefined();
  expect(read(new Uint8Array())).toBeUndefined();
});

test('other segments, other APP1 and fill bytes may come first', () => {
  const place = read(inserted('ffe000044a46', 'ffe1000a687474703a2f2f78', 'ffffff', 'fffe0002'));
  expect(place?.lat).toBeCloseTo(HERE.lat, 6);
});

test.each<[string, Parameters<typeof changed>[0]]>([
  ['an unknown byte order', [[0, '4d49']]],
  ['a directory behind the end', [[4, '00010000']]],
  ['a place of another type', [[12, '0003']]],
  ['two places', [[14, '00000002']]],
  ['no latitude', [[28 + 12, '0099']]],
  ['a direction that is none', [[28 + 8, '58']]],
  ['a latitude of two parts', [[28 + 12 + 4, '00000002']]],
  ['a latitude behind the end', [[28 + 12 + 8, 'fffffff0']]],
  ['a fraction of nothing', [[84, '00000000']]],
])('%s is no place', (_name, parts) => {
  expect(read(changed(parts))).toBeUndefined();
});

test('Exif behind the picture’s own data, and a segment without a length, are not read', () => {
  expect(read(inserted('ffda0002'))).toBeUndefined();
  expect(read(inserted('ffe00000'))).toBeUndefined();
});

const onTheGlobe = (bytes: Uint8Array): void => {
  const place = read(bytes);
  if (!place) return;
  expect(Math.abs(place.lat)).toBeLessThanOrEqual(90);
  expect(Math.abs(place.lon)).toBeLessThanOrEqual(180);
};

test('cut off anywhere, or changed anywhere, a photo has a place on the globe or none; never a crash or a loop', () => {
  const whole = photoTakenAt(HERE);
  const end = fc.nat({ max: whole.length });
  const changes = fc.array(fc.tuple(fc.nat({ max: 160 }), fc.nat({ max: 255 })), { maxLength: 8 });
  fc.assert(
    fc.property(end, changes, (length, bytes) => {
      const damaged = Buffer.from(whole.subarray(0, length));
      for (const [at, byte] of bytes) if (at < length) damaged[at] = byte;
      onTheGlobe(damaged);
    }),
    { numRuns: 5000, seed: 5 },
  );
});

test('any bytes, as a file, as segments, as Exif', () => {
  const heads = ['', 'ffd8', 'ffd8ffe1ffff457869660000', 'ffd8ffe1ffff4578696600004d4d002a00000008'];
  const bytes = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(fc.constantFrom(...heads), bytes, (head, rest) =>
      onTheGlobe(Buffer.concat([Buffer.from(head, 'hex'), rest])),
    ),
    { numRuns: 5000, seed: 5 },
  );
});
