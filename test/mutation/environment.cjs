// What no mutant changes is loaded once per process, by Node itself: Jest would load it anew for each of several thousand runs.
const { rmSync } = require('node:fs');
const TestEnvironment = require('@stryker-mutator/jest-runner/jest-env/node');

/** The recogniser is made once for the same words; a demo borough leaves no folder behind. */
const recognisers = new Map();
const CHANGED = {
  createRecogniser: (create) => (options) => {
    const key = JSON.stringify(options);
    if (!recognisers.has(key)) recognisers.set(key, create(options));
    return recognisers.get(key);
  },
  createStore: (create) => async (options) => {
    const store = await create(options);
    const close = async () => {
      await store.close();
      rmSync(options.dataDir, { recursive: true, force: true });
    };
    return { ...store, close };
  },
};

function loadedOnce(path) {
  const module = require(path);
  const names = Object.keys(CHANGED).filter((name) => name in module);
  return names.length === 0
    ? module
    : { ...module, ...Object.fromEntries(names.map((name) => [name, CHANGED[name](module[name])])) };
}

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.loadedOnce = loadedOnce;
  }

  /** One test that fails has caught the mutant: the others of the file need not run. */
  async handleTestEvent(event, state) {
    await super.handleTestEvent?.(event, state);
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.hasFailed = true;
    if (event.name === 'test_start' && this.hasFailed) event.test.mode = 'skip';
  }
};
