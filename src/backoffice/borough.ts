import type { Db, NewRow } from '../storage/schema';

/** Everything the gazetteer knows, ready to be put in place of what was there. */
export interface GazetteerRows {
  readonly postcodes: readonly NewRow<'postcodes'>[];
  readonly streets: readonly NewRow<'streets'>[];
  readonly addresses: readonly NewRow<'addresses'>[];
  readonly landmarks: readonly NewRow<'landmarks'>[];
}

export interface CollectionRows {
  readonly addressRounds: readonly NewRow<'address_rounds'>[];
  readonly days: readonly NewRow<'collection_days'>[];
  readonly exceptions: readonly NewRow<'crew_exceptions'>[];
}

/** Replaces the gazetteer as a whole: with the old one go its rounds, since they are by address. */
export async function replaceGazetteer(tx: Db, rows: GazetteerRows, source: string, at: number): Promise<void> {
  for (const table of [
    'postcodes',
    'streets',
    'addresses',
    'landmarks',
    'address_rounds',
    'collection_days',
    'crew_exceptions',
  ] as const) {
    await tx.deleteFrom(table).execute();
  }
  for (const part of inParts(rows.postcodes)) await tx.insertInto('postcodes').values(part).execute();
  for (const part of inParts(rows.streets)) await tx.insertInto('streets').values(part).execute();
  for (const part of inParts(rows.addresses)) await tx.insertInto('addresses').values(part).execute();
  for (const part of inParts(rows.landmarks)) await tx.insertInto('landmarks').values(part).execute();
  const { postcodes, streets, addresses, landmarks } = rows;
  const count = postcodes.length + streets.length + addresses.length + landmarks.length;
  await noteImport(tx, 'gazetteer', count, source, at);
}

/** Replaces rounds, collection days and crew logs as a whole. */
export async function replaceCollections(tx: Db, rows: CollectionRows, source: string, at: number): Promise<void> {
  for (const table of ['address_rounds', 'collection_days', 'crew_exceptions'] as const)
    await tx.deleteFrom(table).execute();
  for (const part of inParts(rows.addressRounds)) await tx.insertInto('address_rounds').values(part).execute();
  for (const part of inParts(rows.days)) await tx.insertInto('collection_days').values(part).execute();
  for (const part of inParts(rows.exceptions)) await tx.insertInto('crew_exceptions').values(part).execute();
  await noteImport(tx, 'collections', rows.addressRounds.length + rows.days.length, source, at);
}

export async function noteImport(tx: Db, kind: string, rows: number, source: string, at: number): Promise<void> {
  await tx.insertInto('imports').values({ kind, at, rows, source }).execute();
}

/** SQLite takes at most 32,766 bound values in a statement. */
const PART = 500;

export function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += PART) yield rows.slice(start, start + PART);
}
