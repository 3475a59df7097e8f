/**
 * Exif is a TIFF file inside the picture. Of all it says only how to turn the picture is kept: telephones write pictures as
 * the sensor lies, and without it they would be seen sideways. Exif 2.32, section 4.6.4, tag 0x0112: 1 is upright, 2 to 8 are not.
 */
const ORIENTATION = 0x0112;
const UPRIGHT = 1;
const MOST = 8;
const ENTRY_BYTES = 12;

/** The minimal TIFF file that says how the picture of `exif` is to be turned; undefined where it is upright, or nothing is said. */
export function orientationOnly(exif: Buffer): Buffer | undefined {
  const orientation = orientationOf(exif);
  if (orientation === undefined || orientation <= UPRIGHT || orientation > MOST) return undefined;
  const tiff = Buffer.from('4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

function orientationOf(tiff: Buffer): number | undefined {
  const littleEndian = tiff.toString('latin1', 0, 2) === 'II';
  const at = (offset: number, bytes: 2 | 4): number => {
    if (offset + bytes > tiff.length) return 0;
    return littleEndian ? tiff.readUIntLE(offset, bytes) : tiff.readUIntBE(offset, bytes);
  };
  const directory = at(4, 4);
  const entries = at(directory, 2);
  for (let n = 0; n < entries; n += 1) {
    const entry = directory + 2 + n * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > tiff.length) return undefined;
    if (at(entry, 2) === ORIENTATION) return at(entry + 8, 2);
  }
  return undefined;
}
