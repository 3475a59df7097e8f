import { demoBorough } from '../../../src/backoffice/demo';
import { installDemo } from '../../../src/backoffice/demoInstall';
import { ImportError } from '../../../src/backoffice/imports/table';
import { readZones } from '../../../src/backoffice/zoneFile';
import { createZones } from '../../../src/backoffice/zones';
import { momentOf } from '../../../src/conversation/calendar';
import { createStore } from '../../../src/storage/index';
import { newFolder } from '../../folder';
import { feature, file, line, ring, square } from './zoneFeatures';

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

  it('once for a shape in metres, however many points it has', () => {
    const metres = Array.from({ length: 150_000 }, (_, at) => [530_000 + at, 170_000]);
    const [first, ...more] = refusal(file([polygon([[...metres, metres[0]]])], 0).text);
    expect(first).toMatch(/feature 1: geometry\.coordinates\.0\.0: is not in the United Kingdom/);
    expect(more.join('\n')).not.toMatch(/coordinates/);
  });

  it('with at most twenty lines', () => {
    expect(refusal(file(Array.from({ length: 50 }, () => ring(''))).text).at(-1)).toMatch(/^… and \d+ more$/);
  });
});

describe('the demo zones', () => {
  it('hold exactly the addresses that say they are in one', async () => {
    let last = 0;
    const dataDir = newFolder('zones');
    const store = await createStore({ dataDir, randomId: () => String(++last) });
    await installDemo(store, momentOf('2026-11-24', '08:00'));
    const zones = createZones(store);
    for (const { lat, lon, zone, line } of demoBorough('2026-11-24').addresses)
      expect([line, (await zones.at({ lat, lon }))?.id ?? null]).toEqual([line, zone]);
    expect(await zones.suspensions({ name: 'Bridge Street' }, '2026-11-26')).toHaveLength(1);
    await store.close();
  });
});
