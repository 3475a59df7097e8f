import fc from 'fast-check';
import type { Understanding } from '../../../src/conversation/ports';
import { classifier } from '../../../src/nlu/linearNlu';
import { understander } from '../../../src/nlu/nlp';
import { reader } from '../../../src/nlu/reader';
import { recogniserOf } from '../../../src/nlu/recogniser';
import { artefact } from './material';

const now = Date.parse('2026-11-23T12:00:00Z');
const lexicons = { en: [{ slot: 'stream', value: 'garden', phrases: ['green bin', 'garden waste'] }] };

describe('recogniser', () => {
  const recogniser = recogniserOf(artefact(), { lexicons, streets: ['Mill Lane', 'High Street', 'Sample Road'] });
  const read = (text: string, language?: string): Understanding =>
    recogniser.recognise(text, { now, ...(language ? { language } : {}) });
  const top = (text: string): string | undefined => read(text).intents[0]?.intent;

  test.each([
    ['my bin was not collected', 'missed-bin'],
    ['MY BIN WAS NOT COLLECTED!!', 'missed-bin'],
    ['my bin wasnt colected', 'missed-bin'],
    ['hello. lovely day. my bin was not collected', 'missed-bin'],
    ['there is a potholle on my raod', 'pothole'],
    ['mój kosz nie został odebrany', 'missed-bin'],
    ['moj kosz nie zostal odebrany', 'missed-bin'],
    ['latarnia nie świeci', 'street-light'],
    ['latarnia nie swieci', 'street-light'],
    ['hello', 'greeting'],
    ['tell me a joke', 'none'],
  ])('%s → %s', (text, intent) => expect(top(text)).toBe(intent));

  test('gives three labels whose probabilities fall and do not add up to more than 1', () => {
    const { intents } = read('pothole on my road');
    expect(intents).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = intents.map(({ confidence }) => confidence);
    expect(first).toBeGreaterThanOrEqual(second);
    expect(second).toBeGreaterThanOrEqual(third);
    expect(first + second + third).toBeLessThanOrEqual(1.000001);
  });

  test.each([
    ['my bin was not collected', 'act'],
    ['who won the football', 'none'],
    ['WB1 2AB', 'none'],
    ['', 'none'],
  ])('band of "%s" is %s', (text, band) => expect(read(text).band).toBe(band));

  test.each([
    ['I can smell gas', true],
    ['czuję gaz', true],
    ['There is a fire in the flat', true],
    ['my street light is dead', false],
    ['not an emergency but the street light is out', false],
    ['hello', false],
  ])('danger in "%s": %s', (text, emergency) => expect(read(text).emergency).toBe(emergency));

  test('finds danger in one sentence of a long story', () => {
    const story = 'Hello. My bin was not collected. The recycling was not emptied. I can smell gas in the street.';
    expect(read(story).emergency).toBe(true);
  });

  test.each([
    ['śmieciarka nie przyjechała', 'pl'],
    ['the bin men did not come', 'en'],
    ['dzień dobry', 'pl'],
  ])('language of "%s" is %s', (text, code) => expect(read(text).language.code).toBe(code));

  test('a text without words keeps the language of the conversation, with no confidence', () => {
    expect(read('12', 'pl').language).toEqual({ code: 'pl', confidence: 0 });
  });

  test('tells what else is wanted', () => {
    const understanding = read('my bin was not collected and the street light is out');
    expect([understanding.intents[0]?.intent, ...understanding.alsoWants].sort()).toEqual([
      'missed-bin',
      'street-light',
    ]);
    expect(read('my bin was not collected').alsoWants).toEqual([]);
  });

  test('of two services that are both clear, the first one said is the main one', () => {
    const bin = 'You missed my bin today.';
    const hole = 'There is a big hole in the road.';
    const wants = (text: string): readonly (string | undefined)[] => {
      const { intents, alsoWants } = read(text);
      return [intents[0]?.intent, ...alsoWants];
    };
    expect(wants(`${bin} Also ${hole}`)).toEqual(['missed-bin', 'pothole']);
    expect(wants(`${hole} Also ${bin}`)).toEqual(['pothole', 'missed-bin']);
  });

  test('a text of which nothing is known is never danger', () => {
    for (const text of ['xyzzy', 'blorg snorf', 'hmpf', 'qqq www']) expect(read(text).emergency).toBe(false);
  });

  test('keeps the words as they were written, without invisible characters', () => {
    expect(read('  My\u200b bin \n\n was  NOT collected ').text).toBe('My bin was NOT collected');
  });

  test('entities carry offsets into the text', () => {
    const { text, entities } = read('  my green  bin at 14 Mill Lane, WB1 2AB');
    expect(entities.map(({ kind, value, start, end }) => [kind, value, text.slice(start, end)])).toEqual([
      ['choice', 'garden', 'green bin'],
      ['house-number', '14', '14'],
      ['number', '14', '14'],
      ['street', 'Mill Lane', 'Mill Lane'],
      ['postcode', 'WB1 2AB', 'WB1 2AB'],
    ]);
  });

  test('new street names are known at once', () => {
    const own = recogniserOf(artefact(), {});
    const streets = (): readonly string[] =>
      own
        .recognise('hole on cannon lane', { now })
        .entities.filter(({ kind }) => kind === 'street')
        .map(({ value }) => value);
    expect(streets()).toEqual([]);
    own.setStreets(['Cannon Lane']);
    expect(streets()).toEqual(['Cannon Lane']);
  });

  test('NLP.js itself answers the same through its own process()', async () => {
    const { settings, intents } = artefact();
    const knowledge = {
      reader: reader(settings.languages, settings.vocabulary),
      classify: classifier(intents, settings.calibration.intents),
    };
    const { nlp } = understander(['en', 'pl'], knowledge);
    const answer = await nlp.process('en', 'there is a pothole on my road');
    expect(answer.intent).toBe('pothole');
    expect(answer.score).toBeCloseTo(read('there is a pothole on my road').intents[0]?.confidence ?? 0, 6);
  });

  test('any text is read without failing, and offsets hold', () => {
    const pieces = fc.constantFrom(
      'WB1',
      '2AB',
      '14',
      'mill',
      'lane',
      '31/2',
      'last',
      'Tuesday',
      'ß',
      '٣',
      '+44',
      '@',
      '\u0000',
      '😀',
      '.',
      '\ud800',
      'flat',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('en', 'pl', 'xx'), (text, language) => {
        const understanding = read(text, language);
        expect(understanding.intents.length).toBeGreaterThan(0);
        for (const { start, end, text: words } of understanding.entities) {
          expect(understanding.text.slice(start, end)).toBe(words);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test('a very long message is read', () => {
    expect(read('my bin was not collected. '.repeat(2000)).intents[0]?.intent).toBe('missed-bin');
  });
});
