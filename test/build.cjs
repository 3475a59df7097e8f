// Before the tests: what they start must be what is in the tree. Each part is built only if one of its files is newer than its result.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const PARTS = [
  {
    script: 'build:server',
    inputs: ['src', 'dialogs', 'tsconfig.json', 'tsconfig.build.json'],
    result: 'dist/src/index.js',
  },
  { script: 'build:web', inputs: ['src/web', 'vite.config.mts'], result: 'dist/web/desk/index.html' },
  { script: 'nlu:train', inputs: ['intents', 'src/nlu', 'src/cli/nluTrain.ts'], result: 'dist/nlu/model.bin' },
];

/** The newest change below a path, in milliseconds; 0 where there is nothing. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

module.exports = async () => {
  for (const { script, inputs, result } of PARTS) {
    const built = newest(join(root, result));
    if (inputs.every((input) => newest(join(root, input)) <= built)) continue;
    execFileSync('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  }
};
