import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SegmentedMessage } from 'sms-segments-calculator';
import complaint from '../../../dialogs/complaint';
import foiRequest from '../../../dialogs/foi-request';
import missedBin from '../../../dialogs/missed-bin';
import parkingFine from '../../../dialogs/parking-fine';
import pothole from '../../../dialogs/pothole';
import type { Params, TextKey } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import { type Service, textKeys } from '../../../src/conversation/service';
import { typicalParams } from './typicalParams';

const render = createRender(join(__dirname, '../../../locales'), { strict: true });
const services: readonly Service[] = [missedBin, pothole, parkingFine, complaint, foiRequest];
const languages = ['en', 'pl'] as const;
const cases = services.flatMap((service) => languages.map((language) => [service.id, language, service] as const));

describe.each(cases)('%s in %s', (id, language, service) => {
  test('has every text it can say', () => {
    expect(textKeys(service).filter((key) => !render.has(key, language))).toEqual([]);
  });

  test('every text can be put into words, with answers and without', () => {
    for (const key of [...render.keys(language)].filter(
      (each) => each.startsWith(`${id}:`) && !/\.(also|asked)$/.test(each),
    )) {
      for (const params of typicalParams(key)) {
        const { text } = render.say({ text: key as TextKey, params }, language);
        expect(text).not.toMatch(/[{}]|undefined|\bnone\b/);
        expect(text.trim()).not.toBe('');
      }
    }
  });

  test('as a text message no reply is longer than two segments (three in Unicode)', () => {
    const long: string[] = [];
    for (const key of textKeys(service).filter((each) => !/\.(also|name|why)$|:(title)$/.test(each))) {
      const short: TextKey = `${key}.sms`;
      for (const params of typicalParams(key)) {
        const { text } = render.say({ text: render.has(short, language) ? short : key, params }, language);
        const message = new SegmentedMessage(text.replaceAll(/ +/g, ' '), 'auto', true);
        if (message.segmentsCount > (message.encodingName === 'GSM-7' ? 2 : 3))
          long.push(`${key}: ${message.segmentsCount} ${message.encodingName} ${text}`);
      }
    }
    expect(long).toEqual([]);
  });
});

test('no word of one language stands in the other unchanged, names and codes aside', () => {
  const same = services.flatMap((service) =>
    textKeys(service).filter((key) => {
      const params: Params = typicalParams(key)[0] ?? {};
      return render.say({ text: key, params }, 'en').text === render.say({ text: key, params }, 'pl').text;
    }),
  );
  expect(same).toEqual([]);
});

test('every service file stays within 80 lines', () => {
  const folder = join(__dirname, '../../../dialogs');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.rules.ts'));
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const file of files)
    expect([file, readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length <= 80]).toEqual([file, true]);
});
