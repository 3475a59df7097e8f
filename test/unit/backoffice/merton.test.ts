import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceGazetteer } from '../../../src/backoffice/borough';
import { createGazetteer } from '../../../src/backoffice/gazetteer';
import { readGazetteer } from '../../../src/backoffice/gazetteerFiles';
import { createRecogniser } from '../../../src/nlu/recogniser';
import { randomId } from '../../../src/randomId';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';
import { newFolder } from '../../folder';
import { locator } from './mertonPlaces';

const WHERE = (street: string) => `Where on ${street}? For example “outside number 12” or “opposite the library”.`;

/** What a resident writes (`>>`: and then answers), and the place it is, or what is asked. */
const DESCRIBED: readonly (readonly [words: string, outcome: string])[] = [
  ['SW19 7LE', 'Which street do you mean?'],
  ['Haydons Road outside number 45', '45 Haydons Road'],
  ['outside 12 >> Worple Road', '12 Worple Road'],
  ['Ridgway o/s 23', '23 Ridgway'],
  ['Plough Lane near SW19 8QD', WHERE('Plough Lane')],
  ['Love Lane near CR4 3AA', 'Love Lane, CR4 3AA'],
  ['alexandra rd, near the station', 'Alexandra Road, near the station'],
  ['Hadons Road opposite the pub', 'Haydons Road, opposite the pub'],
  ['on Wimbeldon Hill Road outside the bank', 'Wimbledon Hill Road, outside the bank'],
  ['Lepold Road by the post office', 'Leopold Road, by the post office'],
  ['corner of Gap Road and Plough Lane', 'Gap Road / Plough Lane'],
  ['junction of Haydons Road and Merton High Street', 'Haydons Road / Merton High Street'],
  ['on the corner of Kingston Road & Hartfield Road', 'Kingston Road / Hartfield Road'],
  ['where Bushey Road meets Grand Drive', 'Bushey Road / Grand Drive'],
  ['by Wimbledon station', 'Wimbledon Station'],
  ['opposite Colliers Wood tube station', 'Colliers Wood Station, Valley Gardens'],
  ['behind Mitcham Eastfields stn', 'Mitcham Eastfields Station'],
  ['near Wimbeldon Chase station', 'Wimbledon Chase Station'],
  ['opposite the station', 'Which street is that on: “opposite the station”? Or give a postcode nearby.'],
  ['near Morden Hall Park', 'Morden Hall Park'],
  ['in front of Mitcham Library', 'Mitcham Library, Downe Road'],
  ['next to the Polka Theatre', 'The Polka Theatre'],
  ['the level crossing at West Barnes', 'West Barnes Level Crossing'],
  ['raynes park high school gates', 'Raynes Park High School'],
  ['Figges Marsh', "Figge's Marsh, London Road"],
  ['London Road in Mitcham, CR4', WHERE('London Road')],
  ['London Road outside the George', 'London Road, outside the George'],
  ['Kenley Road >> SM4', WHERE('Kenley Road')],
  [
    'Acacia Avenue',
    'I do not know a street called “Acacia Avenue” in Merton. Please check the name, or give a postcode nearby.',
  ],
  ['CR4 1LX', 'CR4 1LX is not in our area. Find your council: gov.uk/find-local-council. Or give another postcode.'],
  ['SW19', '“SW19” is not a full postcode. Please give all of it, like WB1 2AB, or the street.'],
  ['near Christ Church', 'Which one do you mean?'],
];

/** Real files of a real borough, for measuring: they stand beside the project, never in it. */
const FOLDER = join(__dirname, '..', '..', '..', '..', 'shared', 'data', 'merton');
const ROOT = join(__dirname, '..', '..', '..');
const here = existsSync(FOLDER);
if (!here) console.log('Skipped: the files of a real borough are not beside the project.');

(here ? describe : describe.skip)("a real borough's files", () => {
  const dataDir = newFolder();
  const read = (name: string) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') });
  let store: Store;
  beforeAll(async () => {
    store = await createStore({ dataDir, randomId });
    const rows = readGazetteer({
      postcodes: read('merton_postcodes.csv'),
      streets: read('merton_streets.csv'),
      landmarks: read('merton_bus_stops.csv'),
    });
    await store.write((tx) => replaceGazetteer(tx, rows, 'test', 1));
  });
  afterAll(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  it('locate a street near a postcode', async () => {
    const gazetteer = createGazetteer(store);
    const near = await gazetteer.postcode('SW19 7LE');
    if (near.in !== 'borough') throw new Error('the postcode is in the borough');
    const [found] = await gazetteer.findStreets({ name: 'alexandra rd', near: near.position });
    expect([found?.street.name, found?.score]).toEqual(['Alexandra Road', 1]);
    expect(found?.metres).toBeLessThan(500);
  });

  it('refuse every postcode of the neighbours, though they share its districts', async () => {
    const gazetteer = createGazetteer(store);
    const border = read('border_postcodes_not_merton.csv').text.trim().split('\n').slice(1);
    const answers = await Promise.all(border.map((line) => gazetteer.postcode(line.split(',')[0] ?? '')));
    expect(answers.length).toBeGreaterThan(400);
    expect(answers.filter((answer) => answer.in !== 'elsewhere')).toEqual([]);
  });

  it('locate thirty places as residents describe them, or ask about them', async () => {
    const gazetteer = createGazetteer(store);
    const streets = await gazetteer.streetNames();
    const locate = locator(gazetteer, createRecogniser({ modelDir: join(ROOT, 'dist', 'nlu'), streets }));
    const table = [];
    for (const [words] of DESCRIBED)
      table.push([words, (await locate(...words.split(' >> '))).outcome.replace(/ \[.*/, '')]);
    expect(DESCRIBED.length).toBeGreaterThanOrEqual(30);
    expect(table).toEqual(DESCRIBED);
  });

  it('refuse every postcode of the neighbours in a conversation too, whatever else was said', async () => {
    const gazetteer = createGazetteer(store);
    const streets = await gazetteer.streetNames();
    const locate = locator(gazetteer, createRecogniser({ modelDir: join(ROOT, 'dist', 'nlu'), streets }));
    const border = read('border_postcodes_not_merton.csv').text.trim().split('\n').slice(1);
    const taken = [];
    for (const line of border) {
      const postcode = line.split(',')[0] ?? '';
      for (const words of [`there is a pothole at ${postcode}`, `12 London Road ${postcode}`]) {
        const { isLocated, outcome } = await locate(words);
        if (isLocated || !outcome.startsWith(`${postcode} is not in our area`)) taken.push([words, outcome]);
      }
    }
    expect(taken).toEqual([]);
  });
});
