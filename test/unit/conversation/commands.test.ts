import { join } from 'node:path';
import { choose } from '../../../src/conversation/choosing';
import { createCommands, plain } from '../../../src/conversation/commands';

const commands = createCommands(join(__dirname, '../../../locales'), ['en', 'pl']);

test.each([
  ['Yes, please!', 'en', 'yes'],
  ['That’s right.', 'en', 'yes'],
  ['never mind', 'en', 'stop'],
  ['I don’t know', 'en', 'dont-know'],
  ['Tak, poproszę', 'pl', 'yes'],
  ['Od początku!', 'pl', 'start-over'],
  ['BACK', 'pl', 'back'],
  ['AGENT', 'pl', 'agent'],
] as const)('“%s” (%s) is %s', (text, language, command) => {
  expect(commands.read(text, language, 'web')).toEqual({ command });
});

test.each(['yes the bin was there', 'stop leaving rubbish in my street', 'my back gate', 'no parking sign fell'])(
  '“%s” is no command',
  (text) => {
    expect(commands.read(text, 'en', 'web').command).toBeUndefined();
  },
);

test('what follows “no” or “change the” is told apart', () => {
  expect(commands.read('no, number 16', 'en', 'web')).toEqual({ correcting: 'number 16' });
  expect(commands.read('change the address', 'en', 'web')).toEqual({ command: 'change', changing: 'address' });
});

test.each(['STOP', 'cancel', 'End', 'QUIT', 'unsubscribe'])('by text %s is an opt-out, no command', (word) => {
  expect(commands.read(word, 'en', 'sms')).toEqual({});
});

test.each([
  ['gas', 'I smell gas', 'en'],
  ['self-harm', 'i want to kill myself', 'en'],
  ['gas', 'czuję gaz w kuchni', 'pl'],
  ['general', 'a wall has collapsed on a man', 'en'],
] as const)('%s: %s', (danger, text, language) => {
  expect(commands.danger(text, language)).toBe(danger);
});

test('plain folds case, marks and punctuation', () => {
  expect(plain('  Zażółć, GĘŚLĄ—jaźń!  ')).toBe('zazolc gesla jazn');
});

describe('choosing', () => {
  const offered = ['14 Sample Road', '2 Sample Road', 'Flat 3, The Limes', 'None of these'].map((title) => ({
    value: `v:${title}`,
    title,
  }));
  const pick = (text: string, channel = 'web', value?: string) =>
    choose(offered, { text, value }, commands, 'en', channel);

  test.each([
    ['14', 'v:14 Sample Road'],
    ['the second', 'v:2 Sample Road'],
    ['none of these', 'v:None of these'],
    ['last', 'v:None of these'],
    ['3', 'v:Flat 3, The Limes'],
    ['b', 'v:2 Sample Road'],
  ])('“%s” takes %s', (text, value) => {
    expect(pick(text)).toBe(value);
  });

  test('2 is the house on the web, the second of the list by text', () => {
    expect(pick('2')).toBe('v:2 Sample Road');
    expect(pick('1', 'sms')).toBe('v:14 Sample Road');
  });

  test('only what was offered can be pressed', () => {
    expect(pick('', 'web', 'v:14 Sample Road')).toBe('v:14 Sample Road');
    expect(pick('', 'web', 'do:service:complaint')).toBeUndefined();
    expect(pick('sample road')).toBeUndefined();
  });
});

describe('words of other scripts', () => {
  test('a vowel sign makes another word: Bengali “no” and “I do not have”, Tamil “yes” and “mother”', () => {
    expect(plain('না')).not.toBe(plain('নি'));
    expect(plain('ஆம்')).not.toBe(plain('ஆமா'));
    expect(plain('হ্যাঁ, ঠিক আছে।')).toBe('হ্যাঁ ঠিক আছে');
  });

  test('one Arabic-script letter, however it was typed: yeh, kaf, alef with hamza', () => {
    expect(plain('أريد شخصًا')).toBe(plain('اريد شخصا'));
    expect(plain('جي ٹھيك')).toBe(plain('جی ٹھیک'));
  });
});
