import { z } from 'zod';
import type { GazetteerRows } from './borough';
import { ImportError, type ImportFile, readRows, shortened } from './imports/table';
import { readLandmarks } from './landmarkFile';

const lat = z.coerce.number().min(49).max(61.5);
const lon = z.coerce.number().min(-9).max(2.5);
const postcode = z
  .string()
  .transform((text) => text.toUpperCase().replace(/\s+/g, ''))
  .pipe(z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/, 'is not a full postcode'))
  .transform((text) => `${text.slice(0, -3)} ${text.slice(-3)}`);
const name = z.string().trim().min(1, 'is empty').max(100);
const optional = z
  .string()
  .trim()
  .max(100)
  .optional()
  .transform((text) => text || null);

const postcodeRow = z.object({ postcode, lat, lon, ward: optional, authority: optional });
const streetRow = z.object({
  name,
  lat,
  lon,
  locality: optional,
  owner: z.enum(['council', 'tfl', 'private', 'park']).default('council'),
  body: optional,
});
const addressRow = z.object({
  uprn: z.string().regex(/^\d{1,12}$/, 'is not a UPRN (up to 12 digits)'),
  number: name,
  flat: optional,
  street: name,
  postcode,
  lat,
  lon,
  kind: z.enum(['house', 'flat', 'above-shop', 'commercial']).default('house'),
  shared_store: optional,
  zone: optional,
});

/** Column names that councils' exports use, besides ours. */
const ALSO: Readonly<Record<string, string>> = {
  street: 'name',
  outward: 'locality',
  district: 'locality',
  ward_code: 'ward',
  ward_code_2014: 'ward',
  ward_name: 'ward',
  latitude: 'lat',
  longitude: 'lon',
  lng: 'lon',
  pcd: 'postcode',
  pcds: 'postcode',
  lad_name: 'authority',
  council: 'authority',
};

/**
 * Reads gazetteer files into rows.
 * Postcodes: `postcode, lat, lon[, ward, authority]` (a row with an authority is another council's).
 * Landmarks: `name, lat, lon`, see `readLandmarks`.
 * Streets: `street` (or `name`)`, lat, lon[, locality, owner, body]`. Addresses: `uprn, number, street, postcode, lat, lon[, flat, kind, shared_store, zone]`.
 * @throws ImportError with at most 20 lines and how many more there are
 */
export function readGazetteer(files: {
  readonly postcodes: ImportFile;
  readonly streets: ImportFile;
  readonly addresses?: ImportFile;
  readonly landmarks?: ImportFile;
}): GazetteerRows {
  const errors: string[] = [];
  const postcodes = readRows(files.postcodes, postcodeRow, ALSO, (row) => row.postcode, errors);
  const streets = readRows(files.streets, streetRow, ALSO, (row) => `${row.name}|${row.locality ?? ''}`, errors);
  const { street: _street, ...alsoInAddresses } = ALSO;
  const addresses = files.addresses
    ? readRows(files.addresses, addressRow, alsoInAddresses, (row) => row.uprn, errors)
    : [];
  const names = streets.map((street) => street.name);
  const landmarks = files.landmarks ? readLandmarks(files.landmarks, names, errors) : [];
  if (postcodes.length === 0) errors.push(`${files.postcodes.name}: holds no postcode`);
  if (errors.length > 0) throw new ImportError(shortened(errors));
  const streetRows = streets.map((row, index) => ({
    id: `S${String(index + 1).padStart(5, '0')}`,
    ...row,
    locality: row.locality ?? '',
  }));
  const place = placer(postcodes, streetRows);
  return {
    postcodes: postcodes.map((row) => ({ ...row, ward: row.ward ?? '' })),
    streets: streetRows,
    addresses: addresses.map((row) => ({ ...row, ...place(row) })),
    landmarks,
  };
}

/** What an address takes from its postcode and street: the line as it is told, its ward, its street's id. */
function placer(
  postcodes: readonly z.infer<typeof postcodeRow>[],
  streets: readonly { readonly id: string; readonly name: string }[],
) {
  const wards = new Map(postcodes.map((row) => [row.postcode, row.ward ?? '']));
  const ids = new Map(streets.map((street) => [street.name, street.id]));
  return (row: z.infer<typeof addressRow>) => {
    const building = /^\d/.test(row.number) ? `${row.number} ${row.street}` : `${row.number}, ${row.street}`;
    return {
      line: row.flat ? `${row.flat}, ${building}` : building,
      ward: wards.get(row.postcode) ?? '',
      street_id: ids.get(row.street) ?? '',
    };
  };
}
