import { join } from 'node:path';
import council from '../../../dialogs/council.json';
import { createCommands } from '../../../src/conversation/commands';
import { readSettings } from '../../../src/conversation/settings';
import { findSignposts } from '../../../src/conversation/signposts';

const read = readSettings(council, '2026-11-24');
if (!read.ok) throw new Error(read.errors.join('\n'));
const { signposts } = read.settings;
const { stem } = createCommands(join(__dirname, '../../../locales'), ['en', 'pl']);
const ids = (text: string, language: string, leastWords?: number) =>
  findSignposts(signposts, text, language, stem, leastWords).map(({ id }) => id);

describe('the directory of matters that are others’', () => {
  test('has at least 35 doors, each with words in English and Polish, and no id twice', () => {
    expect(signposts.length).toBeGreaterThanOrEqual(35);
    for (const { words } of signposts) expect(Object.keys(words)).toEqual(expect.arrayContaining(['en', 'pl']));
    expect(new Set(signposts.map(({ id }) => id)).size).toBe(signposts.length);
  });

  test.each([
    ['mice in the kitchen', 'pests'],
    ['a wasps nest', 'pests'],
    ['I was evicted', 'homelessness'],
    ['registering the birth of my son', 'births'],
    ['pasports', 'passport'],
    ['the GP does not answer', 'nhs'],
    ['council jobs', 'council-jobs'],
  ])('%s', (words, id) => {
    expect(ids(words, 'en')[0]).toBe(id);
  });

  test.each([
    ['szczurami', 'pests'],
    ['o szczurach', 'pests'],
    ['karaluchów', 'pests'],
    ['paszportu', 'passport'],
    ['lekarzem rodzinnym', 'nhs'],
    ['aktu urodzenia', 'births'],
    ['w przedszkolu', 'childcare'],
    ['emeryturę', 'pensions'],
    ['prawa jazdy', 'driving'],
    ['głosowaniu', 'elections'],
    ['mieszkania komunalnego', 'housing'],
    ['hałasem', 'noise'],
  ])('%s, in any form', (words, id) => {
    expect(ids(words, 'pl')[0]).toBe(id);
  });

  test('short words match only themselves', () => {
    expect(ids('business rates', 'en')).toEqual(['business-rates']);
    expect(ids('the bats', 'en')).toEqual([]);
    expect(ids('I had a chat', 'en')).toEqual([]);
  });

  test('part of a phrase is no evidence; one word is none where two are wanted', () => {
    expect(ids('universal', 'en')).toEqual([]);
    expect(ids('rats', 'en', 2)).toEqual([]);
    expect(ids('a water leak', 'en', 2)).toEqual(['water']);
  });

  test('several doors, the best first; what fits much worse is left out', () => {
    expect(ids('dog barking and rats', 'en').slice(0, 2)).toEqual(['noise', 'pests']);
    expect(ids('free school meals claim', 'en')[0]).toBe('benefits');
  });

  test('English words work in every language', () => {
    expect(ids('universal credit', 'pl')).toContain('dwp');
    expect(ids('universal credit', 'ur')).toContain('dwp');
  });

  test('a door whose link is out of date is not offered', () => {
    const old = signposts.map((post) => (post.id === 'pests' ? { ...post, link: undefined } : post));
    expect(findSignposts(old, 'rats', 'en', stem)).toEqual([]);
  });

  test('nothing leads nowhere', () => {
    for (const words of ['', '???', '🐀', 'the of and', 'x'.repeat(5000)]) expect(ids(words, 'en')).toEqual([]);
  });
});
