/** Which faults put into the conversation the tests notice: `npm run mutate`, or `npm run mutate -- --mutate src/conversation/repair.ts`. */
export default {
  mutate: ['src/conversation/**/*.ts', 'dialogs/**/*.ts'],
  testRunner: 'mocha',
  mochaOptions: { spec: ['test/mutation/tests.cjs'] },
  coverageAnalysis: 'perTest',
  // What is evaluated once while a file is read is evaluated again in each test: `test/mutation/loading.cjs`.
  ignoreStatic: true,
  concurrency: 2,
  // A busy machine is no endless loop.
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: 'reports/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  // Not a file: Stryker would read it with a compiler older than ours.
  tsconfigFile: 'none',
  ignorePatterns: ['/data', '/bench', '/deployment', '/reports', '/test/browser', '/test/faults'],
};
