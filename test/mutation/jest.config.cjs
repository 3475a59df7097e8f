// Jest as the mutation tests (`npm run mutate`) run it: one file with all tests of the conversation, and little to load for each run.
const { join } = require('node:path');
const base = require('../../jest.config.cjs');

const ONCE =
  'botbuilder|botbuilder-dialogs|zod|date-holidays|intl-messageformat|yaml|sms-segments-calculator|flesch-kincaid|syllable';
const [[pattern, swc]] = Object.entries(base.transform);

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: join(__dirname, '../..'),
  globalSetup: undefined,
  testEnvironment: join(__dirname, 'environment.cjs'),
  testMatch: ['**/test/mutation/all.mutation.ts'],
  transform: {
    [`/node_modules/(${ONCE})/`]: join(__dirname, 'loadedOnce.cjs'),
    '/src/(nlu|backoffice|storage)/': join(__dirname, 'loadedOnce.cjs'),
    [pattern]: swc,
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ONCE})/)`],
};
