import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoBorough } from '../../../src/backoffice/demo';
import { installDemo } from '../../../src/backoffice/demoInstall';
import { ImportError } from '../../../src/backoffice/imports/table';
import { zones as zonesImport } from '../../../src/backoffice/imports/zones';
import { readZones } from '../../../src/backoffice/zoneFile';
import { createZones, replaceZones } from '../../../src/backoffice/zones';
import { momentOf } from '../../../src/conversation/calendar';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const feature = (geometry: object | null, properties: object) => ({ type: 'Feature', geometry, properties });
const file = (features: readonly unknown[], indent = 1) => ({
  name: 'zones.geojson',
  text: JSON.stringify({ type: 'FeatureCollection', features }, null, indent),
});
const ring = (id: string, more: object = {}) =>
  feature(
    { type: 'Polygon', coordinates: [square(-0.2, 51.4, 0.01), square(-0.197, 51.403, 0.002)] },
    { id, name: 'Ring', hours: { 'mon-sat': '08:30-18:30' }, bankHolidays: false, ...more },
  );
const islands = feature(
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
const line = (kind: string, more: object = {}) =>
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

describe('parking zones', () => {
  let store: Store;
  beforeAll(async () => {
    let last = 0;
    store = await createStore({
      dataDir: mkdtempSync(join(tmpdir(), 'wandle-zones-')),
      randomId: () => String(++last),
    });
  });
  afterAll(() => store.close());
  const put = (features: readonly unknown[]) =>
    store.write((tx) => replaceZones(tx, readZones(file(features)), 'test', 0));

  it('are unknown before any import', async () => {
    const zones = createZones(store);
    expect(await zones.isKnown()).toBe(false);
    expect(await zones.at({ lat: 51.4005, lon: -0.1995 })).toBeUndefined();
  });

  it('are found by position: inside, in a hole, on each island, and outside', async () => {
    await put([ring('W1'), islands]);
    const zones = createZones(store);
    const idAt = async (lat: number, lon: number) => (await zones.at({ lat, lon }))?.id;
    expect(await zones.isKnown()).toBe(true);
    expect(await idAt(51.4005, -0.1995)).toBe('W1');
    expect(await idAt(51.404, -0.196)).toBeUndefined();
    expect(await idAt(51.405, -0.095)).toBe('W2');
    expect(await idAt(51.405, -0.045)).toBe('W2');
    expect(await idAt(51.405, -0.07)).toBeUndefined();
    expect(await idAt(51.5, -0.2)).toBeUndefined();
  });

  it('come with their hours in order, their price and whether bank holidays count', async () => {
    await put([islands]);
    const zone = await createZones(store).zone('W2');
    expect(zone).toMatchObject({
      name: 'Islands',
      onBankHolidays: true,
      visitors: { pencePerHour: 260, maxStayMinutes: 120 },
    });
    expect(zone?.hours).toHaveLength(11);
    expect(zone?.hours.slice(0, 2)).toEqual([
      { day: 1, from: '10:00', to: '11:00' },
      { day: 1, from: '14:00', to: '15:00' },
    ]);
    expect(zone?.hours.at(-1)).toEqual({ day: 6, from: '08:00', to: '24:00' });
    expect(await createZones(store).zone('W9')).toBeUndefined();
  });

  it.each([
    ['2026-11-23', 0],
    ['2026-11-24', 1],
    ['2026-11-26', 1],
    ['2026-11-27', 0],
  ])('on %s a street has %i suspensions', async (day, count) => {
    await put([islands]);
    const found = await createZones(store).suspensions({ name: 'Sample Rd' }, day);
    expect(found).toHaveLength(count);
    if (count > 0)
      expect(found[0]).toEqual({ street: 'Sample Rd', from: '2026-11-24', until: '2026-11-26', reason: 'removal' });
  });

  it('tell the lines of two streets of one name apart', async () => {
    await put([
      ring('W1'),
      line('double-yellow', { locality: 'WB4', noLoading: true, hours: 'nonsense' }),
      line('single-yellow', { locality: 'WB1' }),
    ]);
    const zones = createZones(store);
    const kinds = async (locality?: string) =>
      (await zones.yellowLines({ name: 'Church Lane', ...(locality && { locality }) })).map(({ kind, noLoading }) => [
        kind,
        noLoading,
      ]);
    expect(await kinds('WB4')).toEqual([['double', true]]);
    expect(await kinds('WB1')).toEqual([['single', false]]);
    expect(await kinds()).toEqual([
      ['double', true],
      ['single', false],
    ]);
    expect(await zones.yellowLines({ name: 'Mill Street' })).toEqual([]);
  });

  it('are replaced as a whole, and stay where the new file is refused', async () => {
    await put([ring('W1'), islands]);
    await put([ring('W5')]);
    const zones = createZones(store);
    expect(await zones.zone('W1')).toBeUndefined();
    expect(() => readZones(file([ring('')]))).toThrow(ImportError);
    expect(await zones.zone('W5')).toBeDefined();
    expect(await zones.suspensions({ name: 'Sample Road' }, '2026-11-24')).toEqual([]);
  });

  it('the import takes one file and says what it has put in place', async () => {
    expect(zonesImport.read({ files: [], named: {} })).toBeUndefined();
    expect(zonesImport.read({ files: [file([islands]), file([islands])], named: {} })).toBeUndefined();
    const told = await store.write(
      (tx) => zonesImport.read({ files: [file([islands])], named: {} })?.write(tx, 1) ?? Promise.resolve([]),
    );
    expect(told).toEqual(['Imported 1 zones, 0 yellow lines, 1 suspensions.']);
  });
});

describe('a zone file is refused', () => {
  const refusal = (text: string): readonly string[] => {
    try {
      readZones({ name: 'zones.geojson', text });
    } catch (error) {
      if (error instanceof ImportError) return error.lines;
      throw error;
    }
    return [];
  };
  const open = square(-0.2, 51.4, 0.01)
    .slice(0, 4)
    .concat([[-0.3, 51.4]]);
  const polygon = (coordinates: unknown) =>
    feature({ type: 'Polygon', coordinates }, { id: 'W1', name: 'x', hours: { mon: '08:00-09:00' } });

  it.each<[string, string, RegExp]>([
    ['with nothing in it', '', /^zones\.geojson:1: is no JSON|is empty/],
    ['that is broken off', '{ "type": "FeatureCollection",\n "features": [\n', /^zones\.geojson:3: is no JSON/],
    ['that is no collection', '{"type":"Topology"}', /type/],
    ['without zones', file([]).text, /holds no zone/],
    [
      'that names a zone twice',
      file([ring('W1'), ring('W1')]).text,
      /:\d+: feature 2: properties\.id: the same as in feature 1/,
    ],
    [
      'with an open ring',
      file([polygon([open])]).text,
      /feature 1: geometry\.coordinates\.0: a ring ends where it begins/,
    ],
    ['with latitude first', file([polygon([square(51.4, -0.2, 0.01)])]).text, /longitude first/],
    ['with grid coordinates', file([polygon([square(525000, 169000, 100)])]).text, /longitude first/],
    [
      'with a line as a zone',
      file([feature(line('').geometry, { kind: 'zone', id: 'W1', name: 'x', hours: { mon: '08:00-09:00' } })]).text,
      /must be a Polygon/,
    ],
    [
      'with a point',
      file([feature({ type: 'Point', coordinates: [-0.2, 51.4] }, {})]).text,
      /properties\.kind: must be "zone"/,
    ],
    ['with hours in words', file([ring('W1', { hours: { mon: 'morning' } })]).text, /hours\.mon: must be hours like/],
    ['with hours that end first', file([ring('W1', { hours: { mon: ['18:00-08:00'] } })]).text, /must end later/],
    ['with hours that overlap', file([ring('W1', { hours: { mon: ['08:00-12:00', '11:00-13:00'] } })]).text, /overlap/],
    ['with no hours', file([ring('W1', { hours: {} })]).text, /names no day/],
    ['with an unknown day', file([ring('W1', { hours: { lundi: '08:00-09:00' } })]).text, /hours/],
    [
      'with a suspension that ends first',
      file([ring('W1'), feature(null, { kind: 'suspension', street: 'A', from: '2026-12-02', until: '2026-12-01' })])
        .text,
      /feature 2: properties\.until: is before from/,
    ],
    ['with a price in words', file([ring('W1', { visitors: { pencePerHour: '£2' } })]).text, /visitors\.pencePerHour/],
    [
      'that leaves bank holidays open',
      file([ring('W1', { bankHolidays: undefined })]).text,
      /bankHolidays: must say true or false/,
    ],
    ['with null for a feature', file([null]).text, /feature 1/],
  ])('%s', (_what, text, line) => expect(refusal(text).join('\n')).toMatch(line));

  it('with the line of the feature that is wrong', () => {
    const text = file([ring('W1'), ring('W2', { hours: { mon: 'never' } })]).text;
    const at = text.split('\n').findIndex((each) => each.includes('never')) + 1;
    expect(refusal(text)).toEqual([
      `zones.geojson:${at}: feature 2: properties.hours.mon: must be hours like "08:30-18:30", or a list of them`,
    ]);
  });

  it('with at most twenty lines', () => {
    expect(refusal(file(Array.from({ length: 50 }, () => ring(''))).text).at(-1)).toMatch(/^… and \d+ more$/);
  });
});

describe('the demo zones', () => {
  it('hold exactly the addresses that say they are in one', async () => {
    let last = 0;
    const dataDir = mkdtempSync(join(tmpdir(), 'wandle-zones-'));
    const store = await createStore({ dataDir, randomId: () => String(++last) });
    await installDemo(store, momentOf('2026-11-24', '08:00'));
    const zones = createZones(store);
    for (const { lat, lon, zone, line } of demoBorough('2026-11-24').addresses)
      expect([line, (await zones.at({ lat, lon }))?.id ?? null]).toEqual([line, zone]);
    expect(await zones.suspensions({ name: 'Bridge Street' }, '2026-11-26')).toHaveLength(1);
    await store.close();
  });
});
