import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceGazetteer } from '../../../src/backoffice/borough';
import { createGazetteer } from '../../../src/backoffice/gazetteer';
import { readGazetteer } from '../../../src/backoffice/gazetteerFiles';
import { randomId } from '../../../src/randomId';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';

/** Real files of a real borough, for measuring: they stand beside the project, never in it. */
const FOLDER = join(__dirname, '..', '..', '..', '..', 'shared', 'data', 'merton');
const here = existsSync(FOLDER);
if (!here) console.log('Skipped: the files of a real borough are not beside the project.');

(here ? describe : describe.skip)("a real borough's files", () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wandle-'));
  const read = (name: string) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') });
  let store: Store;
  beforeAll(async () => {
    store = await createStore({ dataDir, randomId });
    const rows = readGazetteer({ postcodes: read('merton_postcodes.csv'), streets: read('merton_streets.csv') });
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
});
