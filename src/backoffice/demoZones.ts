import { addDays } from '../conversation/calendar';
import type { IsoDate } from '../conversation/ports';
import { DEMO_STREETS, type DemoStreet } from './demoStreets';
import { readZones, type ZoneRows } from './zoneFile';

/** The zones of the demo borough, with hours of every kind: a usual one, two short periods without visitors, and every day. */
const ZONES = {
  B1: {
    name: 'Bridge town centre',
    hours: { 'mon-sat': '08:30-18:30' },
    bankHolidays: false,
    visitors: { pencePerHour: 260, maxStayMinutes: 120 },
  },
  B2: { name: 'Mill Street area', hours: { 'mon-fri': ['10:00-11:00', '14:00-15:00'] }, bankHolidays: false },
  M1: {
    name: 'Millfields ground',
    hours: { 'mon-sun': '08:30-22:00' },
    bankHolidays: true,
    visitors: { pencePerHour: 320 },
  },
} as const satisfies Readonly<Record<NonNullable<DemoStreet['zone']>, object>>;

const LINES = [
  { kind: 'single-yellow', street: 'Sample Road' },
  { kind: 'single-yellow', street: 'Station Parade', hours: { 'mon-sat': '07:00-19:00' } },
  { kind: 'double-yellow', street: 'Bridge Street', noLoading: true },
  { kind: 'double-yellow', street: 'Mill Street' },
  { kind: 'double-yellow', street: 'Church Lane', locality: 'WB4' },
] as const;

interface Spot {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** Degrees to the north and east of a street's point that belong to its zone, where its houses are; and a little behind it. */
const REACH = { lat: 0.0005, lon: 0.0007, behind: 0.0001 } as const;

/** Laid around the demo's streets and around `today`, through the same door as a council's own file. */
export function demoZones(streets: readonly Spot[], today: IsoDate): ZoneRows {
  const spots = DEMO_STREETS.flatMap(({ zone }, at) => (zone && streets[at] ? [{ zone, spot: streets[at] }] : []));
  const zones = Object.entries(ZONES).map(([id, properties]) => ({
    type: 'Feature',
    geometry: {
      type: 'MultiPolygon',
      coordinates: spots.filter(({ zone }) => zone === id).map(({ spot }) => [box(spot)]),
    },
    properties: { kind: 'zone', id, ...properties },
  }));
  const lines = LINES.map((properties) => ({
    type: 'Feature',
    geometry: along(streets, properties.street),
    properties,
  }));
  const suspension = {
    kind: 'suspension',
    street: 'Bridge Street',
    from: addDays(today, 2),
    until: addDays(today, 4),
    reason: 'water main works',
  };
  const features = [...zones, ...lines, { type: 'Feature', geometry: null, properties: suspension }];
  return readZones({ name: 'demo', text: JSON.stringify({ type: 'FeatureCollection', features }) });
}

function box({ lat, lon }: Spot): readonly (readonly [lon: number, lat: number])[] {
  const [west, south, east, north] = [lon - REACH.behind, lat - REACH.behind, lon + REACH.lon, lat + REACH.lat];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function along(streets: readonly Spot[], street: string): object {
  const { lat = 51.41, lon = -0.19 } = streets.find(({ name }) => name === street) ?? {};
  return {
    type: 'LineString',
    coordinates: [
      [lon, lat],
      [lon + REACH.lon, lat],
    ],
  };
}
