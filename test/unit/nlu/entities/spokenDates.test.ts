import { join } from 'node:path';
import { readLanguageData } from '../../../../src/nlu/corpus';
import { dateFinder } from '../../../../src/nlu/entities/spokenDates';
import { tokens } from '../../../../src/nlu/entities/tokens';

/** A Tuesday. */
const NOW = Date.parse('2026-11-24T10:00:00Z');
const languages = readLanguageData(join(__dirname, '../../../../src/nlu/data'));

/** What residents say, and the day they mean. */
const SAID: { readonly [lang: string]: { readonly [text: string]: string } } = {
  es: {
    ayer: '2026-11-23',
    anteayer: '2026-11-22',
    'antes de ayer': '2026-11-22',
    'el 10 de noviembre': '2026-11-10',
    'el lunes pasado': '2026-11-23',
    'hace dos días': '2026-11-22',
    'el viernes que viene': '2026-11-27',
  },
  fr: {
    hier: '2026-11-23',
    'avant-hier': '2026-11-22',
    'le 10 novembre': '2026-11-10',
    'le 1er novembre 2026': '2026-11-01',
    'lundi dernier': '2026-11-23',
    'vendredi prochain': '2026-11-27',
    'il y a trois jours': '2026-11-21',
  },
  pt: {
    ontem: '2026-11-23',
    anteontem: '2026-11-22',
    '10 de novembro': '2026-11-10',
    '3 de novembro de 2026': '2026-11-03',
    'terça passada': '2026-11-17',
    'segunda-feira': '2026-11-23',
    'há dois dias': '2026-11-22',
  },
  ro: {
    ieri: '2026-11-23',
    alaltăieri: '2026-11-22',
    alaltaieri: '2026-11-22',
    '10 noiembrie': '2026-11-10',
    'vinerea trecută': '2026-11-20',
    'joia viitoare': '2026-11-26',
    'acum două zile': '2026-11-22',
  },
  ar: {
    أمس: '2026-11-23',
    امبارح: '2026-11-23',
    '10 نوفمبر': '2026-11-10',
    '١٠ نوفمبر': '2026-11-10',
    'الاثنين الماضي': '2026-11-23',
    'الجمعة القادمة': '2026-11-27',
    'قبل يومين': '2026-11-22',
  },
  ur: {
    کل: '2026-11-23',
    kal: '2026-11-23',
    parson: '2026-11-22',
    '10 نومبر': '2026-11-10',
    '10 november': '2026-11-10',
    'پچھلے پیر': '2026-11-23',
    'agle jumma': '2026-11-27',
    'دو دن پہلے': '2026-11-22',
  },
  bn: {
    গতকাল: '2026-11-23',
    gotokal: '2026-11-23',
    পরশু: '2026-11-22',
    '10 নভেম্বর': '2026-11-10',
    '১০ নভেম্বর': '2026-11-10',
    'গত সোমবার': '2026-11-23',
    'আগামী শুক্রবার': '2026-11-27',
    'দুই দিন আগে': '2026-11-22',
  },
  ta: {
    நேற்று: '2026-11-23',
    nethu: '2026-11-23',
    முந்தாநாள்: '2026-11-22',
    '10 நவம்பர்': '2026-11-10',
    'நவம்பர் 10': '2026-11-10',
    'போன திங்கட்கிழமை': '2026-11-23',
    'அடுத்த வெள்ளிக்கிழமை': '2026-11-27',
    'இரண்டு நாட்களுக்கு முன்': '2026-11-22',
  },
  pl: {
    wczoraj: '2026-11-23',
    '10 listopada': '2026-11-10',
    'w zeszły piątek': '2026-11-20',
    'dwa dni temu': '2026-11-22',
  },
};

const cases = Object.entries(SAID).flatMap(([lang, texts]) =>
  Object.entries(texts).map(([text, day]) => ({ lang, text, day })),
);

test.each(cases)('$lang: “$text” is $day', ({ lang, text, day }) => {
  const data = languages[lang];
  if (!data) throw new Error(`no data of ${lang}`);
  const find = dateFinder(lang, data);
  expect(find(text, tokens(text), NOW).map(({ value }) => value)).toEqual([day]);
});

test('numbers beside other words are no days', () => {
  const find = dateFinder('pt', languages.pt as NonNullable<(typeof languages)['pt']>);
  expect(find('10 de Sample Road, 3 sacos', tokens('10 de Sample Road, 3 sacos'), NOW)).toEqual([]);
});
