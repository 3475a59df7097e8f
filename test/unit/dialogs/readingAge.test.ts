import { typicalParams } from '../../../src/cli/typicalParams';
import { createRender } from '../../../src/conversation/render';
import { type Counts, countsOf, gradeOf, together } from './reading';
import { isSaid, LOCALES, textsOf } from './texts';

/**
 * How hard the English texts are to read (Flesch-Kincaid grade), put into words with ordinary parameters. `npm run reading-age`
 * prints the figures. Labels and names of fewer than five words are no sentences, and are left out.
 */
const MOST_OVERALL = 7;
/** A text of twenty words or more; short ones swing too far to mean anything. */
const MOST_OF_ONE = 9;
const LONG = 20;

/** Names that a law or another body has given make these hard; they must be said as they are. */
const EXCEPTIONS: { readonly [key: string]: string } = {};

const render = createRender(LOCALES, { strict: true });

interface Read {
  readonly file: string;
  readonly key: string;
  readonly text: string;
  readonly counts: Counts;
}

const read = textsOf('en')
  .filter(isSaid)
  .flatMap(({ file, key, message }): Read[] => {
    const [params = {}] = typicalParams(message);
    const { text } = render.say({ text: key, params }, 'en');
    const counts = countsOf(text);
    return counts.word < 5 ? [] : [{ file, key, text, counts }];
  });

const gradeAll = (all: readonly Read[]): number => gradeOf(together(all.map(({ counts }) => counts)));
const tooHard = read.filter(({ counts }) => counts.word >= LONG && gradeOf(counts) > MOST_OF_ONE);

function report(): string {
  const files = [...new Set(read.map(({ file }) => file))].sort();
  const perFile = files.map(
    (file) =>
      `${gradeAll(read.filter((each) => each.file === file))
        .toFixed(1)
        .padStart(5)}  ${file}`,
  );
  const hard = read
    .filter(({ counts }) => gradeOf(counts) > MOST_OVERALL)
    .sort((a, b) => gradeOf(b.counts) - gradeOf(a.counts));
  const perText = hard.map(
    ({ key, text, counts }) => `${gradeOf(counts).toFixed(1).padStart(5)}  ${key} (${counts.word} words): ${text}`,
  );
  return [
    `${gradeAll(read).toFixed(2)} overall, ${read.length} texts`,
    '',
    ...perFile,
    '',
    `Above ${MOST_OVERALL}:`,
    ...perText,
    '',
  ].join('\n');
}

describe('the English texts', () => {
  test(`need no more than ${MOST_OVERALL} years of school, all in all`, () => {
    if (process.env.REPORT === '1') process.stdout.write(report());
    expect(gradeAll(read)).toBeLessThanOrEqual(MOST_OVERALL);
  });

  test(`need no more than ${MOST_OF_ONE} each, where they are long`, () => {
    expect(
      tooHard
        .filter(({ key }) => !(key in EXCEPTIONS))
        .map(({ key, text, counts }) => `${key} ${gradeOf(counts).toFixed(1)}: ${text}`),
    ).toEqual([]);
  });

  test('have no exception that is none', () => {
    const hard = tooHard.map(({ key }): string => key);
    expect(Object.keys(EXCEPTIONS).filter((key) => !hard.includes(key))).toEqual([]);
  });

  test.each([
    ['The cat sat on the mat.', { word: 6, sentence: 1, syllable: 6 }],
    ['We aim to come. See https://a.example/b.c for MB-7K2-PQ4!', { word: 6, sentence: 2, syllable: 6 }],
    ['Go here: https://a.example/b Then wait.', { word: 4, sentence: 2, syllable: 4 }],
    ['Is “no.” fine? Yes', { word: 4, sentence: 3, syllable: 4 }],
  ])('are counted: %s', (text, counts) => expect(countsOf(text)).toEqual(counts));
});
