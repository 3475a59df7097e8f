// All tests that may notice a mutant of `src/conversation` or `dialogs`, as Mocha runs them (`npm run mutate`): each of Jest's tests becomes
// one of Mocha's, which can run a few of them again and again in one process. The random ones stay out: a mutant must be caught for a
// reason that can be read.
const { readdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const { bind } = require('jest-each');
const { expect } = require('expect');
const { anew } = require('./loading.cjs');

const TESTS = join(__dirname, '..');
const filesOf = (folder, ending) =>
  readdirSync(join(TESTS, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(TESTS, folder, name))
    .sort();

/** Mocha runs some of the tests many times over: what stands at the end of all is done when the process ends. */
globalThis.afterAll = (clean) => process.once('exit', clean);

/** The tests of a file of Jest's, freshly evaluated. */
function testsOf(file) {
  const tests = [];
  const path = [];
  const test = (name, run) => {
    tests.push({ title: [...path, name].join(' › '), run });
  };
  const describe = (name, define) => {
    path.push(name);
    define();
    path.pop();
  };
  test.each = bind(test);
  test.skip = () => {};
  describe.each = bind(describe, false);
  const ours = { test, describe, expect };
  const mochas = Object.fromEntries(Object.keys(ours).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, ours);
  require(file);
  Object.assign(globalThis, mochas, { expect });
  return tests;
}

/** A title for each test that no other has. */
const titled = (titles) =>
  titles.map((title, index) => (titles.indexOf(title) === index ? title : `${title} (${index + 1})`));

const play = (file) => {
  const { readScript } = require('../conversations/harness.ts');
  const { header, cases } = readScript(file);
  for (const { name, lines } of cases) {
    it(`${relative(TESTS, file)} › ${name}`, async () => {
      anew(header.service);
      expect(await require('../conversations/harness.ts').play(header, lines)).toEqual(lines);
    });
  }
};

const run = (file) => {
  const titles = titled(testsOf(file).map(({ title }) => title));
  for (const [index, title] of titles.entries()) {
    it(`${relative(TESTS, file)} › ${title}`, async () => {
      anew();
      await testsOf(file)[index].run();
    });
  }
};

const LONG = /\/(properties|readingAge|length)\.test\.ts$/;
for (const folder of ['unit/conversation', 'unit/dialogs'])
  for (const file of filesOf(folder, '.test.ts')) if (!LONG.test(file)) run(file);
for (const file of filesOf('conversations', '.convo.yaml')) play(file);
