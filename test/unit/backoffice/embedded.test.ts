import { rmSync } from 'node:fs';
import { replaceGazetteer } from '../../../src/backoffice/borough';
import { createCases } from '../../../src/backoffice/cases';
import { createCollections } from '../../../src/backoffice/collections';
import { installDemo } from '../../../src/backoffice/demoInstall';
import { createGazetteer } from '../../../src/backoffice/gazetteer';
import { momentOf } from '../../../src/conversation/calendar';
import { randomId } from '../../../src/randomId';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';
import { newFolder } from '../../folder';

const TUESDAY_EVENING = momentOf('2026-11-24', '19:10');
const WEEK_MS = 7 * 24 * 3_600_000;

describe('the embedded back office on the demo borough', () => {
  const dataDir = newFolder();
  let store: Store;
  beforeAll(async () => {
    store = await createStore({ dataDir, randomId });
    await installDemo(store, TUESDAY_EVENING);
  });
  afterAll(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  const ten = async () => (await createGazetteer(store).findAddresses({ postcode: 'WB1 2AB', number: '10' }))[0];

  it('knows its postcodes, its neighbours and nobody else', async () => {
    const gazetteer = createGazetteer(store);
    expect(await gazetteer.postcode('WB1 2AB')).toMatchObject({ in: 'borough', ward: 'Bridge' });
    expect(await gazetteer.postcode('WB5 1AA')).toEqual({
      in: 'elsewhere',
      postcode: 'WB5 1AA',
      authority: 'Ravensmere Council',
    });
    expect(await gazetteer.postcode('SW1A 1AA')).toEqual({ in: 'elsewhere', postcode: 'SW1A 1AA' });
  });

  it('finds an address by postcode and number, by misspelt street, by words, and nothing by nothing', async () => {
    const gazetteer = createGazetteer(store);
    expect((await ten())?.line).toBe('10 Sample Road');
    expect(
      (await gazetteer.findAddresses({ street: 'sampel rd', number: '3' })).map((address) => address.line),
    ).toEqual(['3 Sample Road']);
    expect(
      (await gazetteer.findAddresses({ street: 'The Limes', words: 'flat 3' })).map((address) => address.line),
    ).toEqual(['Flat 3, The Limes']);
    expect(
      (await gazetteer.findAddresses({ postcode: 'WB1 2AB' })).map((address) => address.number).slice(0, 3),
    ).toEqual(['1', '2', '3']);
    expect(await gazetteer.findAddresses({ number: '10' })).toEqual([]);
    expect(await gazetteer.findAddresses({ postcode: 'WB1 2AB', number: '999' })).toEqual([]);
  });

  it('knows flats of a house by their letter', async () => {
    const gazetteer = createGazetteer(store);
    const lines = async (number: string) =>
      (await gazetteer.findAddresses({ street: 'Canal Villas', number })).map(({ line }) => line);
    expect(await lines('3b')).toEqual(['Flat B, 3 Canal Villas']);
    expect(await lines('3')).toEqual(['Flat A, 3 Canal Villas', 'Flat B, 3 Canal Villas', 'Top Flat, 3 Canal Villas']);
    expect(await lines('3c')).toEqual([]);
  });

  it('finds landmarks by their words, nearer ones first, and the nearest postcode, whosever it is', async () => {
    const gazetteer = createGazetteer(store);
    const named = async (words: string, near?: { lat: number; lon: number }) =>
      (await gazetteer.findLandmarks({ words, ...(near && { near }) })).map(({ landmark }) => landmark.name);
    expect(await named('a pothole by watermead station')).toEqual(['Watermead Station']);
    expect(await named('opposite the station', { lat: 51.4075, lon: -0.1723 })).toEqual([
      'Watermead Station',
      'Wandlebridge Station',
    ]);
    expect(await named('on Sample Road')).toEqual([]);
    expect(await gazetteer.postcodeNear({ lat: 51.3911, lon: -0.1846 }, 500)).toEqual({
      postcode: 'WB4 9ZZ',
      metres: 33,
      authority: 'Ravensmere Council',
    });
    expect(await gazetteer.postcodeNear({ lat: 51.52, lon: -0.1 }, 500)).toBeUndefined();
  });

  it('tells two streets of one name apart by what is near', async () => {
    const gazetteer = createGazetteer(store);
    const both = await gazetteer.findStreets({ name: 'church lane' });
    expect(both.map((match) => [match.street.name, match.score])).toEqual([
      ['Church Lane', 1],
      ['Church Lane', 1],
    ]);
    const far = both.find((match) => match.street.locality === 'WB4');
    const near = await gazetteer.findStreets({ name: 'church ln', ...(far ? { near: far.street.position } : {}) });
    expect([near[0]?.street.locality, near[0]?.metres]).toEqual(['WB4', 0]);
  });

  it('knows whose road it is, by its name or by where it lies', async () => {
    const gazetteer = createGazetteer(store);
    const [red] = await gazetteer.findStreets({ name: 'Wandle High Road' });
    const [park] = await gazetteer.findStreets({ name: 'Beverley Meadow' });
    if (!red || !park) throw new Error('the demo borough has both');
    expect(await gazetteer.ownerAt({ lat: 0, lon: 0 }, red.street.id)).toEqual({ kind: 'tfl' });
    expect(await gazetteer.ownerAt(park.street.position)).toEqual({ kind: 'park', body: 'Wandle Valley Trust' });
    expect(await gazetteer.ownerAt({ lat: 51.6, lon: 0 })).toEqual({ kind: 'council' });
  });

  it('tells a round as of the moment asked for: what the crew logs later is not known yet', async () => {
    const collections = createCollections(store, () => TUESDAY_EVENING);
    const uprn = (await ten())?.uprn ?? '';
    const early = await collections.lastRound(uprn, 'food', momentOf('2026-11-24', '06:30'));
    const late = await collections.lastRound(uprn, 'food', TUESDAY_EVENING);
    expect(early).toEqual({ stream: 'food', date: '2026-11-24' });
    expect(late).toEqual({ stream: 'food', date: '2026-11-24', finishedAt: momentOf('2026-11-24', '07:10') });
    expect((await collections.nextRound(uprn, 'food', TUESDAY_EVENING))?.date).toBe('2026-12-01');
    expect(await collections.streamsAt(uprn)).toEqual(['refuse', 'mixed-recycling', 'paper-card', 'food', 'garden']);
  });

  it('lists the next four weeks in order, with holiday shifts', async () => {
    const collections = createCollections(store, () => TUESDAY_EVENING);
    const days = await collections.calendar((await ten())?.uprn ?? '', '2026-12-21', 28);
    expect(days.map((day) => day.date)).toEqual(days.map((day) => day.date).toSorted());
    expect(days.length).toBeGreaterThan(8);
  });

  it('shows a case to who knows a detail of it, and to nobody for its reference alone', async () => {
    const cases = createCases(store);
    const address = await ten();
    await store.write((tx) =>
      store.cases.open(tx, {
        reference: 'MB-7K2-PQ4',
        service: 'missed-bin',
        status: 'open',
        dedupe_key: 'k1',
        conversation_id: null,
        answers: JSON.stringify({ address: { postcode: 'WB1 2AB' } }),
        facts: '{}',
        place: address?.uprn ?? null,
        lat: address?.position.lat ?? null,
        lon: address?.position.lon ?? null,
        contact: '+447700900123',
        due_at: null,
        opened_at: TUESDAY_EVENING,
        closed_at: null,
        note: null,
      }),
    );
    expect((await cases.status('MB-7K2-PQ4', 'wb1 2ab'))?.service).toBe('missed-bin');
    expect((await cases.status('MB-7K2-PQ4', '07700 900123'))?.reference).toBe('MB-7K2-PQ4');
    expect(await cases.status('MB-7K2-PQ4', 'WB1 2AD')).toBeUndefined();
    expect(await cases.status('MB-7K2-PQ4', '')).toBeUndefined();
    expect((await cases.openWithKey('k1'))?.followers).toBe(0);
    const near = await cases.openNear('missed-bin', address?.position ?? { lat: 0, lon: 0 }, 250);
    expect(near.map((found) => found.metres)).toEqual([0]);
    expect(await cases.openNear('pothole', address?.position ?? { lat: 0, lon: 0 }, 250)).toEqual([]);
  });

  it("is laid anew before its rounds end, and never over a council's own import", async () => {
    const collections = createCollections(store, () => TUESDAY_EVENING);
    await installDemo(store, TUESDAY_EVENING + 21 * WEEK_MS);
    expect(
      (await collections.nextRound((await ten())?.uprn ?? '', 'food', TUESDAY_EVENING + 45 * WEEK_MS))?.stream,
    ).toBe('food');
    await store.write((tx) =>
      replaceGazetteer(
        tx,
        { postcodes: [], streets: [], addresses: [], landmarks: [] },
        'own.csv',
        TUESDAY_EVENING + 22 * WEEK_MS,
      ),
    );
    await installDemo(store, TUESDAY_EVENING + 60 * WEEK_MS);
    expect(await createGazetteer(store).streetNames()).toEqual([]);
  });
});
