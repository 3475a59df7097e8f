// How the mutation tests load TypeScript. What a mutant may change is evaluated anew for each test: Stryker then sees which tests run it,
// definitions and tables at the top of a file among it, and no test meets what a mutant left behind. All else is loaded once, as it was built.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, parse, relative, sep } = require('node:path');
const { Script } = require('node:vm');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '../..');
const TYPESCRIPT = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'commonjs' },
  sourceMaps: false,
};

const within = (path, folder) => path.startsWith(join(root, folder) + sep);
const ANEW = ['src/conversation', 'dialogs', 'test'];
const KEPT = [join(root, 'test/conversations/borough.ts'), join(root, 'test/folder.ts')];
const isAnew = (path) => ANEW.some((folder) => within(path, folder)) && path.endsWith('.ts') && !KEPT.includes(path);

const compiled = new Map();
function compile(path) {
  const known = compiled.get(path);
  if (known) return known;
  const { code } = transformSync(readFileSync(path, 'utf8'), { ...TYPESCRIPT, filename: path });
  const script = new Script(Module.wrap(code), { filename: path }).runInThisContext();
  compiled.set(path, script);
  return script;
}

/** The service whose conversations run. What the definitions of the others do while they are read is not tried with these conversations. */
let service = '';
const isOther = (path) => within(path, 'dialogs') && service !== '' && !parse(path).name.startsWith(service);
globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;

Module._extensions['.ts'] = (module, path) => {
  const { currentTestId, activeMutant } = stryker;
  if (isOther(path)) Object.assign(stryker, { currentTestId: undefined, activeMutant: undefined });
  const require = (name) => module.require(name);
  compile(path).call(module.exports, module.exports, require, module, path, dirname(path));
  Object.assign(stryker, { currentTestId, activeMutant });
};

const isBuilt = (path, from) => {
  const own = relative(root, path);
  if (!own.startsWith(`src${sep}`)) return false;
  return !own.startsWith(join('src', 'conversation') + sep) || !isAnew(from);
};

const resolved = new Map();
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const from = parent?.filename ?? '';
  const key = `${from} ${request}`;
  if (!resolved.has(key)) {
    const path = resolve(request, parent, ...rest);
    resolved.set(key, isBuilt(path, from) ? join(root, 'dist', relative(root, path).replace(/\.ts$/, '.js')) : path);
  }
  return resolved.get(key);
};

/** What is understood of a text no mutant changes: it is worked out once. */
function keepUnderstanding() {
  const nlu = require(join(root, 'dist/src/nlu/recogniser.js'));
  const known = new Map();
  const once = (key, make) => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  };
  const createRecogniser = (options) => {
    const name = JSON.stringify(options);
    const recogniser = once(name, () => nlu.createRecogniser(options));
    return {
      ...recogniser,
      recognise: (...asked) => once(name + JSON.stringify(asked), () => recogniser.recognise(...asked)),
    };
  };
  require.cache[require.resolve(join(root, 'dist/src/nlu/recogniser.js'))].exports = { ...nlu, createRecogniser };
}
keepUnderstanding();

/** Forgets what a mutant may change; what is required next is evaluated anew, of the definitions of services this one's for certain. */
exports.anew = (of = '') => {
  service = of;
  for (const [path, module] of Object.entries(require.cache)) {
    if (isAnew(path)) delete require.cache[path];
    else if (module.children.some(({ filename }) => isAnew(filename)))
      module.children = module.children.filter(({ filename }) => !isAnew(filename));
  }
};
