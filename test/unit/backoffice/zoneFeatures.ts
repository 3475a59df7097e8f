/** Parts of zone files, as a council's GIS would write them. */

export const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
export const feature = (geometry: object | null, properties: object) => ({ type: 'Feature', geometry, properties });
export const file = (features: readonly unknown[], indent = 1) => ({
  name: 'zones.geojson',
  text: JSON.stringify({ type: 'FeatureCollection', features }, null, indent),
});
export const ring = (id: string, more: object = {}) =>
  feature(
    { type: 'Polygon', coordinates: [square(-0.2, 51.4, 0.01), square(-0.197, 51.403, 0.002)] },
    { id, name: 'Ring', hours: { 'mon-sat': '08:30-18:30' }, bankHolidays: false, ...more },
  );
export const islands = feature(
  { type: 'MultiPolygon', coordinates: [[square(-0.1, 51.4, 0.01)], [square(-0.05, 51.4, 0.01)]] },
  {
    id: 'W2',
    name: 'Islands',
    hours: { 'mon-fri': ['14:00-15:00', '10:00-11:00'], sat: '08:00-24:00' },
    bankHolidays: true,
    visitors: { pencePerHour: 260, maxStayMinutes: 120 },
    suspensions: [{ street: 'Sample Road', from: '2026-11-24', until: '2026-11-26', reason: 'removal' }],
  },
);
export const line = (kind: string, more: object = {}) =>
  feature(
    {
      type: 'LineString',
      coordinates: [
        [-0.2, 51.4],
        [-0.19, 51.4],
      ],
    },
    { kind, street: 'Church Lane', ...more },
  );
