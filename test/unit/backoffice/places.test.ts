import { replaceGazetteer } from '../../../src/backoffice/borough';
import { demoBorough } from '../../../src/backoffice/demo';
import { createGazetteer } from '../../../src/backoffice/gazetteer';
import { createPlaceSearch } from '../../../src/backoffice/places';
import type { PlaceSearch } from '../../../src/channels/channel';
import { randomId } from '../../../src/randomId';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';
import { newFolder } from '../../folder';

let store: Store;
let search: PlaceSearch;
const rows = demoBorough('2026-11-24');
beforeAll(async () => {
  store = await createStore({ dataDir: newFolder(), databaseUrl: undefined, randomId });
  search = createPlaceSearch(store, createGazetteer(store));
  expect(await search.area()).toBeUndefined();
  await store.write((tx) => replaceGazetteer(tx, rows, 'demo', Date.now()));
});
afterAll(() => store.close());

const addresses = async (words: string) => (await search.addresses(words)).map(({ label }) => label);
const places = async (words: string) => (await search.places(words)).map(({ kind, label }) => `${kind} ${label}`);

describe('addresses while they are typed', () => {
  test.each([
    ['10 Sample Road', ['10 Sample Road, WB1 2AB']],
    ['10 sample rd', ['10 Sample Road, WB1 2AB']],
    ['Sample Road 10', ['10 Sample Road, WB1 2AB']],
    ['10 sam', ['10 Sample Road, WB1 2AB']],
    ['wb12ab 10', ['10 Sample Road, WB1 2AB']],
    ['10 Sample Road, WB1 2AB', ['10 Sample Road, WB1 2AB']],
    ['10 sampel road', ['10 Sample Road, WB1 2AB']],
    ['WB5 1AA', []],
    ['10', []],
    ['%', []],
    ['Nowhere Boulevard', []],
  ])('%s', async (words, found) => {
    expect(await addresses(words)).toEqual(found);
  });

  test('a street first, then its houses in order, never more than eight', async () => {
    const streets = await search.addresses('roa');
    expect(streets.length).toBeGreaterThan(1);
    expect(new Set(streets.map(({ kind }) => kind))).toEqual(new Set(['street']));
    const houses = await addresses('Sample Road');
    expect(houses).toHaveLength(8);
    expect(houses[0]).toMatch(/^1 Sample Road, WB1 2AB$/);
    expect((await addresses('1 Sample Road')).every((line) => /^1/.test(line))).toBe(true);
  });

  test('a begun postcode, and nothing but what stands on doors and signs', async () => {
    expect((await addresses('WB1 2')).every((line) => line.startsWith('WB1 2'))).toBe(true);
    const found = [...(await search.addresses('WB1 2')), ...(await search.addresses('Sample Road'))];
    for (const suggestion of found) expect(Object.keys(suggestion)).toEqual(['kind', 'label']);
  });
});

describe('places while they are typed', () => {
  test('streets, postcodes and landmarks, each with its position', async () => {
    expect(await places('sample')).toContain('street Sample Road, WB1');
    expect(await places('WB1 2AB')).toEqual(['postcode WB1 2AB']);
    expect(await places('library')).toContainEqual(expect.stringMatching(/^landmark .*Library/));
    expect(await places('near the 12')).not.toContain('12');
    for (const { position } of await search.places('sample')) expect(position).toBeDefined();
  });

  test('what is near a point; nothing where it is not ours', async () => {
    const street = rows.streets.find(({ name }) => name === 'Sample Road');
    expect(await search.near({ lat: street?.lat ?? 0, lon: street?.lon ?? 0 })).toBe('Sample Road, WB1 2AB');
    expect(await search.near({ lat: 51.45, lon: -0.12 })).toBeUndefined();
    expect(await search.near({ lat: 0, lon: 0 })).toBeUndefined();
  });

  test('the area of the council holds all its streets', async () => {
    const area = await search.area();
    for (const { lat, lon } of rows.streets) {
      expect(lat).toBeGreaterThan((area?.south ?? 90) - 0.002);
      expect(lat).toBeLessThan((area?.north ?? -90) + 0.002);
      expect(lon).toBeGreaterThan((area?.west ?? 180) - 0.002);
      expect(lon).toBeLessThan((area?.east ?? -180) + 0.002);
    }
  });
});
