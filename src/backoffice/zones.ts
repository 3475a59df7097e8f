import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import type { ControlledHours, NamedStreet, Position, YellowLine, Zone, Zones } from '../conversation/ports';
import type { Db, Row } from '../storage/schema';
import type { Store } from '../storage/store';
import { inParts, noteImport } from './borough';
import { comparable } from './streetNames';
import type { ZoneRows } from './zoneFile';

/** Replaces zones, yellow lines and suspensions as a whole. */
export async function replaceZones(tx: Db, rows: ZoneRows, source: string, at: number): Promise<void> {
  for (const table of ['zones', 'yellow_lines', 'suspensions'] as const) await tx.deleteFrom(table).execute();
  for (const part of inParts(rows.zones)) await tx.insertInto('zones').values(part).execute();
  for (const part of inParts(rows.lines)) await tx.insertInto('yellow_lines').values(part).execute();
  for (const part of inParts(rows.suspensions)) await tx.insertInto('suspensions').values(part).execute();
  await noteImport(tx, 'zones', rows.zones.length + rows.lines.length + rows.suspensions.length, source, at);
}

/** The embedded parking zones. Where two overlap, the one with the smaller id is told. */
export function createZones(store: Store): Zones {
  return {
    async at(position) {
      const { lat, lon } = position;
      const near = await store.db
        .selectFrom('zones')
        .selectAll()
        .where('south', '<=', lat)
        .where('north', '>=', lat)
        .where('west', '<=', lon)
        .where('east', '>=', lon)
        .orderBy('id')
        .execute();
      const around = near.find((row) => holds(row, position));
      return around && zoneOf(around);
    },
    async zone(id) {
      const row = await store.db.selectFrom('zones').selectAll().where('id', '=', id).executeTakeFirst();
      return row && zoneOf(row);
    },
    async suspensions(street, day) {
      const rows = await store.db
        .selectFrom('suspensions')
        .selectAll()
        .where('street', '=', comparable(street.name))
        .where('first_day', '<=', day)
        .where('last_day', '>=', day)
        .orderBy('first_day')
        .execute();
      return rows.filter(isOf(street)).map(({ first_day, last_day, reason }) => ({
        street: street.name,
        from: first_day,
        until: last_day,
        ...(reason !== null && { reason }),
      }));
    },
    async yellowLines(street) {
      const rows = await store.db
        .selectFrom('yellow_lines')
        .selectAll()
        .where('street', '=', comparable(street.name))
        .orderBy('kind')
        .execute();
      return rows.filter(isOf(street)).map((row) => lineOf(row, street.name));
    },
    async isKnown() {
      return (await store.db.selectFrom('zones').select('id').limit(1).executeTakeFirst()) !== undefined;
    },
  };
}

function holds({ geometry }: Row<'zones'>, { lat, lon }: Position): boolean {
  return booleanPointInPolygon([lon, lat], JSON.parse(geometry) as Parameters<typeof booleanPointInPolygon>[1]);
}

/** A row without locality holds for every street of its name. */
const isOf =
  ({ locality }: NamedStreet) =>
  (row: { readonly locality: string | null }): boolean =>
    row.locality === null || locality === undefined || row.locality === locality;

function zoneOf(row: Row<'zones'>): Zone {
  const { id, name, hours, on_bank_holidays, visitors } = row;
  return {
    id,
    name,
    hours: JSON.parse(hours) as readonly ControlledHours[],
    onBankHolidays: on_bank_holidays === 1,
    ...(visitors !== null && { visitors: JSON.parse(visitors) as NonNullable<Zone['visitors']> }),
  };
}

function lineOf(row: Row<'yellow_lines'>, street: string): YellowLine {
  return {
    street,
    kind: row.kind,
    hours: JSON.parse(row.hours) as readonly ControlledHours[],
    onBankHolidays: row.on_bank_holidays === 1,
    noLoading: row.no_loading === 1,
  };
}
