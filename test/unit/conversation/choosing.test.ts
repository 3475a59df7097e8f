import { join } from 'node:path';
import { choose, nearest } from '../../../src/conversation/choosing';
import { createCommands } from '../../../src/conversation/commands';
import { createRender } from '../../../src/conversation/render';

const LOCALES = join(__dirname, '../../../locales');
const render = createRender(LOCALES);
const commands = createCommands(LOCALES, render.languages);

const offered = (...titles: readonly string[]) => titles.map((title) => ({ title, value: title }));

describe('a choice taken', () => {
  test.each([
    ['a no begins a title that answers no', 'en', 'no', ['No, not now', 'Yes: people on bikes'], 'No, not now'],
    ['but not one that only begins with the word', 'pl', 'nie', ['Nie czekać dłużej'], undefined],
    ['a yes that fits two is none', 'en', 'yes', ['Yes: people on bikes', 'Yes: people on foot'], undefined],
    ['the beginning of one title', 'en', '14', ['14 Sample Road', '2 Sample Road'], '14 Sample Road'],
  ] as const)('%s', (_what, language, text, titles, value) => {
    expect(choose(offered(...titles), { text }, commands, language, 'web')).toBe(value);
  });

  test('a number is a place in the list of a text message', () => {
    const list = offered('14 Sample Road', '2 Sample Road');
    expect(choose(list, { text: '2' }, commands, 'en', 'sms')).toBe('2 Sample Road');
    expect(choose(list, { text: '1' }, commands, 'en', 'sms')).toBe('14 Sample Road');
  });
});

/** What the council's own word lists make of the words people use. */
const meant = (language: string, slot: string, values: readonly string[], words: string): string | undefined =>
  nearest(
    words,
    render
      .lexicon(language)
      .filter((entry) => entry.slot === slot && values.includes(entry.value))
      .map(({ value, phrases, asked = [] }) => ({ value, phrases: [...phrases, ...asked] })),
  );
const SIZES = ['small', 'wide', 'deep'];
const DANGERS = ['no', 'cyclists', 'walkers', 'traffic'];
const HOW = ['vehicle', 'camera', 'away', 'traffic'];

test.each([
  ['en', 'size', SIZES, 'deeper than a fist', 'deep'],
  ['en', 'size', SIZES, 'about as big as a football', 'wide'],
  ['en', 'size', SIZES, 'tiny one', 'small'],
  ['en', 'danger', DANGERS, 'for cyclists mostly', 'cyclists'],
  ['en', 'danger', DANGERS, 'kids could trip', 'walkers'],
  ['en', 'how', HOW, 'it was a camera I think', 'camera'],
  ['en', 'how', HOW, 'the warden stuck it under my wiper', 'vehicle'],
  ['pl', 'size', SIZES, 'mniej więcej jak piłka', 'wide'],
  ['pl', 'size', SIZES, 'glebsza niz piesc', 'deep'],
  ['pl', 'danger', DANGERS, 'dla rowerzystow', 'cyclists'],
  ['pl', 'how', HOW, 'byla za wycieraczka', 'vehicle'],
] as const)('%s %s: %#', (language, slot, values, words, value) => {
  expect(meant(language, slot, values, words)).toBe(value);
});

test('words for a choice that is asked are no words to recognise it by', () => {
  const walkers = render.lexicon('en').find(({ slot, value }) => slot === 'danger' && value === 'walkers');
  expect(walkers?.asked).toContain('children');
  expect(walkers?.phrases).not.toContain('children');
});

test.each([
  ['three choices have it', 'how', HOW, 'by post'],
  ['none has it', 'size', SIZES, 'when does the library open'],
  ['it is denied', 'how', HOW, 'it was not the camera'],
  ['a story', 'size', SIZES, 'well it was deep in the night and we were all asleep when it happened'],
] as const)('no choice: %s', (_why, slot, values, words) => {
  expect(meant('en', slot, values, words)).toBeUndefined();
});
