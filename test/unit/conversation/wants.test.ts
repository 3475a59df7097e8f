import { join } from 'node:path';
import { createCommands } from '../../../src/conversation/commands';
import type { Entity, Understanding } from '../../../src/conversation/ports';
import { about } from '../../../src/conversation/wants';

const commands = createCommands(join(__dirname, '../../../locales'), ['en', 'pl']);
const TEXT = 'my bin at 10 Sample Road was missed and there is a pothole at 5 Mill Street. It is deep';

const entity = (text: string, value: string): Entity => {
  const start = TEXT.indexOf(text);
  return { kind: 'street', value, text, start, end: start + text.length };
};
const understood = (text: string, alsoWants: readonly string[] = []): Understanding => {
  const intent = /bin/.test(text) ? 'missed-bin' : /pothole/.test(text) ? 'pothole' : 'none';
  return {
    text,
    language: { code: 'en', confidence: 1 },
    intents: [{ intent, confidence: 0.9 }],
    band: 'act',
    emergency: false,
    alsoWants,
    entities: [entity('Sample Road', 'Sample Road'), entity('Mill Street', 'Mill Street'), entity('deep', 'deep')],
  };
};
const values = (want: string, understanding: Understanding): readonly string[] =>
  about(want, understanding, commands.clauses(TEXT, 'en'), (text) => understood(text)).entities.map(
    ({ value }) => value,
  );

test('a message is split at its sentences and joining words', () => {
  expect(commands.clauses(TEXT, 'en').map(({ text }) => text)).toEqual([
    'my bin at 10 Sample Road was missed and',
    'there is a pothole at 5 Mill Street.',
    'It is deep',
  ]);
});

test('each want has the values of its own clauses; what says nothing belongs to the clause before', () => {
  const both = understood(TEXT, ['pothole']);
  expect(values('missed-bin', both)).toEqual(['Sample Road']);
  expect(values('pothole', both)).toEqual(['Mill Street', 'deep']);
});

test('a message with one want stays whole', () => {
  expect(values('missed-bin', understood(TEXT))).toEqual(['Sample Road', 'Mill Street', 'deep']);
});
