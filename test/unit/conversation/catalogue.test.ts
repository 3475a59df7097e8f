import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCatalogue, loadServices } from '../../../src/conversation/catalogue';
import { createRender } from '../../../src/conversation/render';
import { newFolder } from '../../folder';
import { bins } from './forms';

const ROOT = join(__dirname, '../../..');
const LOCALES = join(ROOT, 'locales');

test('the catalogue is whole: every key, every language, every intent file', async () => {
  const services = await loadServices(join(ROOT, 'dialogs'));
  expect(services.length).toBeGreaterThan(0);
  expect(checkCatalogue(services, createRender(LOCALES), join(ROOT, 'intents'))).toEqual([]);
});

test('what is missing is named, one line each', () => {
  const intents = newFolder('intents');
  for (const language of ['en', 'pl']) mkdirSync(join(intents, language));
  writeFileSync(join(intents, 'en/bins.json'), '{}');
  const missing = checkCatalogue([bins], createRender(LOCALES), intents);
  expect(missing).toContain('locales/en/bins.json: no text address.ask');
  expect(missing).toContain('locales/pl/bins.json: no text stop.exception');
  expect(missing).toContain('locales/en/common.json: no text label.bins');
  expect(missing).toContain('intents/pl/bins.json is missing');
});

test('a service calls itself what its file is called', async () => {
  const folder = newFolder('dialogs');
  writeFileSync(join(folder, 'bins.js'), 'module.exports = { default: { id: "other", slots: {} } }');
  await expect(loadServices(folder)).rejects.toThrow('the service calls itself other');
});

/** Keys with a part that is worked out: `common:again.${kind}`. */
const families = {
  'common:again.': ['address', 'place', 'choice', 'pick', 'yes-no', 'text', 'date', 'contact', 'pattern', 'photo'],
  'common:offer.': ['person', 'follow', 'reminder', 'anyway'],
  'common:emergency.': ['general', 'self-harm', 'abuse', 'gas', 'power', 'flood', 'homeless', 'rough-sleeping'],
  'common:contact.': ['phone', 'email'],
};

test('every text of the assistant itself is written', () => {
  const folder = join(ROOT, 'src/conversation');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const said = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/'(common:[\w.-]+)'/g)].map((match) => match[1] ?? ''),
  );
  const keys = [
    ...new Set([...said, ...Object.entries(families).flatMap(([stem, ends]) => ends.map((end) => stem + end))]),
  ];
  const english = createRender(LOCALES).keys('en');
  expect(keys.length).toBeGreaterThan(80);
  expect(keys.filter((key) => !english.has(key))).toEqual([]);
});
