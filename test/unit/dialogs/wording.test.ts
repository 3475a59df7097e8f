import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SegmentedMessage } from 'sms-segments-calculator';
import { cheaper } from '../../../src/channels/sms/cheaper';
import { typicalParams } from '../../../src/cli/typicalParams';
import type { TextKey } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import type { Service } from '../../../src/conversation/service';
import { textKeys } from '../../../src/conversation/textKeys';
import { isSaid, LOCALES, type Text, textsOf } from './texts';

const render = createRender(LOCALES, { strict: true });
const folder = join(__dirname, '../../../dialogs');
const files = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name));
const ids = files.map((name) => basename(name, '.ts'));
/** A script variant says what it has; the rest comes from its language. */
const languages = render.languages.filter((language) => !language.includes('-'));
const cases = ids.flatMap((id) => languages.map((language) => [id, language] as const));

const load = async (id: string): Promise<Service> =>
  ((await import(join(folder, id))) as { readonly default: Service }).default;

const ownTexts = (id: string, language: string): readonly Text[] =>
  textsOf(language).filter((text) => text.key.startsWith(`${id}:`) && isSaid(text));

/** The word, not the branch of a choice. */
const saysNone = (message: string): boolean => /\bnone\b(?!\s*\{)/.test(message);

describe.each(cases)('%s in %s', (id, language) => {
  test('has every text it can say', async () => {
    expect(textKeys(await load(id)).filter((key) => !render.has(key, language))).toEqual([]);
  });

  test('every text can be put into words, with answers and without', () => {
    for (const { key, message } of ownTexts(id, language)) {
      for (const params of typicalParams(message)) {
        const { text } = render.say({ text: key, params }, language);
        expect(text).not.toMatch(/[{}]|undefined/);
        if (!saysNone(message)) expect(text).not.toMatch(/\bnone\b/);
        expect(text.trim()).not.toBe('');
      }
    }
  });

  test('as a text message no reply is longer than two segments (three in Unicode)', async () => {
    const texts = new Map(ownTexts(id, language).map((text) => [text.key, text]));
    const long: string[] = [];
    for (const key of textKeys(await load(id)).filter((each) => !/\.(also|name|why)$|:(title)$/.test(each))) {
      const short: TextKey = `${key}.sms`;
      const said = texts.get(short) ?? texts.get(key);
      for (const params of typicalParams(said?.message ?? '')) {
        const { text } = render.say({ text: said?.key ?? key, params }, language);
        const message = new SegmentedMessage(cheaper(text.replaceAll(/ +/g, ' ')), 'auto');
        if (message.segmentsCount > (message.encodingName === 'GSM-7' ? 2 : 3))
          long.push(`${key}: ${message.segmentsCount} ${message.encodingName} ${text}`);
      }
    }
    expect(long).toEqual([]);
  });
});

/** Called so in every language. */
const NAMES: readonly string[] = ['Blue Badge'];
/** What a letter or a notice in the resident's hand calls itself. */
const ON_LETTERS = /^(parking-fine:(letter|fineFrom)|council-tax:taxStage|planning:planningNeed)\./;

test.each(languages.filter((language) => language !== 'en'))(
  'no English text stands in %s unchanged, names and codes aside',
  (language) => {
    const own = new Map(textsOf(language).map((text) => [text.key, text.message]));
    const same = textsOf('en').filter(
      (text) => isSaid(text) && ids.some((id) => text.key.startsWith(`${id}:`)) && own.get(text.key) === text.message,
    );
    // A text may be the same where it is one word ("Student") or none of its own: "{line}, {metres} m".
    const words = ({ message }: Text): boolean =>
      /\p{L}{3,}.*\P{L}\p{L}{3,}/u.test(message.replaceAll(/\{\w+(, \w+,)?/g, ''));
    const names = same.filter(words).filter(({ key, message }) => !NAMES.includes(message) && !ON_LETTERS.test(key));
    expect(names.map(({ key }) => key)).toEqual([]);
  },
);
