import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageReport } from '../../../src/cli/languageReport';
import { loadServices } from '../../../src/conversation/catalogue';
import { newFolder } from '../../folder';

const ROOT = join(__dirname, '../../..');
const locales = join(ROOT, 'locales');
const folders = { english: locales, locales, intents: join(ROOT, 'intents'), data: join(ROOT, 'src/nlu/data') };
const services = loadServices(join(ROOT, 'dialogs'));
const languages = readdirSync(locales).filter((language) => language !== 'en');

test.each(languages)('nothing is missing in %s, and no text is long as a text message', async (language) => {
  const { missing, long, sizes } = languageReport(language, folders, await services);
  expect(missing).toEqual([]);
  expect(long).toEqual([]);
  expect(sizes.length).toBeGreaterThan(0);
});

/** A copy of Polish, changed. */
async function changed(file: string, change: (content: { [key: string]: unknown }) => void) {
  const folder = newFolder('language');
  mkdirSync(join(folder, 'pl'));
  cpSync(join(locales, 'pl'), join(folder, 'pl'), { recursive: true });
  const path = join(folder, 'pl', file);
  const content = JSON.parse(readFileSync(path, 'utf8')) as { [key: string]: unknown };
  change(content);
  writeFileSync(path, JSON.stringify(content));
  return languageReport('pl', { ...folders, locales: folder }, await services);
}

describe('a language is told what is wrong with', () => {
  test('a text that is missing', async () => {
    const { missing } = await changed('pothole.json', (content) => delete content.title);
    expect(missing).toEqual(['pothole.json: title is missing']);
  });

  test('a placeholder that is lost, and one that nobody fills', async () => {
    const { missing } = await changed('common.json', (content) => {
      content['again.text'] = 'Proszę napisać: {slott}.';
    });
    expect(missing).toEqual([
      'common.json: again.text: {slott} is unknown',
      'common.json: again.text: {slot} is missing',
    ]);
  });

  test('a plural without all its forms', async () => {
    const { missing } = await changed('common.json', (content) => {
      content['leave.kept'] = 'Zapisane na {hours, plural, one {# godzinę} other {# godzin}}.';
    });
    expect(missing).toEqual([
      'common.json: leave.kept: the plural form “many” is missing',
      'common.json: leave.kept: the plural form “few” is missing',
    ]);
  });

  test('a branch that is no choice', async () => {
    const { missing } = await changed('pothole.json', (content) => {
      content.summary = String(content.summary).replace('cyclists {', 'rowerzystow {');
    });
    expect(missing).toEqual(['pothole.json: summary: no such branch: dangerId=rowerzystow']);
  });

  test('a message that cannot be read', async () => {
    const { missing } = await changed('pothole.json', (content) => {
      content.title = 'zgłosić {';
    });
    expect(missing[0]).toMatch(/^pothole\.json: title: /);
  });

  test('words that steer which are not there', async () => {
    const { missing } = await changed('commands.json', (content) => delete content.correcting);
    expect(missing).toEqual([expect.stringContaining('locales/pl/commands.json')]);
  });

  test('a text of five segments', async () => {
    const { long } = await changed('pothole.json', (content) => {
      content['place.ask'] = 'Gdzie? '.repeat(100);
      delete content['place.ask.sms'];
    });
    expect(long).toEqual([expect.stringMatching(/^pothole:place\.ask: 5 × GSM-7, \d+\.\d\d of the English$/)]);
  });

  test('training texts and words of understanding that nobody has written', async () => {
    const empty = newFolder('nothing');
    const { missing } = languageReport('pl', { ...folders, intents: empty, data: empty }, await services);
    expect(missing).toEqual(['intents/pl is missing', 'src/nlu/data/pl.json is missing']);
  });
});
