/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.(c|m)?(t|j)sx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // Packages that ship only ES modules are transformed; everything else in node_modules is CommonJS already.
  transformIgnorePatterns: [
    '/node_modules/(?!(intl-messageformat|@formatjs|jose|file-type|token-types|strtok3|uint8array-extras|@tokenizer|@borewit|csv-parse|yaml|flesch-kincaid|syllable|stemmer)/)',
  ],
  globalSetup: '<rootDir>/test/build.cjs',
  maxWorkers: 2,
};
