// Transforms a file into its counterpart outside of Jest: a package as it is, our own code as it was built.
const { createHash } = require('node:crypto');
const { join, relative, sep } = require('node:path');

const root = join(__dirname, '../..');

module.exports = {
  getCacheKey: (_source, path) => createHash('sha256').update(`1 ${path}`).digest('hex'),
  process: (_source, path) => {
    const own = relative(root, path);
    const isOwn = own.startsWith(`src${sep}`);
    const target = isOwn ? join(root, 'dist', own.replace(/\.ts$/, '.js')) : path;
    return { code: `module.exports = globalThis.loadedOnce(${JSON.stringify(target)});` };
  },
};
