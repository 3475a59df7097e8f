// The allowed imports of the structure (README, "How it is built"), as rules that fail the test command.
const swc = require('@swc/core');

// dependency-cruiser has swc parse every file as plain TypeScript, so JSX is a syntax error ("TODO: {tj}sx ?" in its
// src/extract/swc/parse.mjs). Its other parser needs TypeScript < 7.
const { parseFileSync } = swc;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('x') });

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|dialogs)/', pathNot: [from, ...allowed] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('dialogs-import-conversation-only', '^dialogs/', ['^src/conversation/']),
    only('conversation-imports-nothing', '^src/conversation/', []),
    only('alerts', '^src/alerts/', ['^src/conversation/', '^src/turn/index\\.ts$']),
    only('turn', '^src/turn/', ['^src/conversation/', '^src/storage/']),
    only('nlu', '^src/nlu/', ['^src/conversation/']),
    only('storage', '^src/storage/', ['^src/conversation/']),
    only('backoffice', '^src/backoffice/', ['^src/conversation/', '^src/storage/', '^src/channels/channel\\.ts$']),
    only('handoff', '^src/handoff/', ['^src/conversation/', '^src/storage/', '^src/channels/channel\\.ts$']),
    only('server', '^src/(server|httpRequest)\\.ts$', ['^src/channels/channel\\.ts$']),
    only('channel-directline', '^src/channels/directline/', ['^src/channels/channel\\.ts$', '^src/turn/index\\.ts$']),
    only('channel-sms', '^src/channels/sms/', ['^src/channels/channel\\.ts$', '^src/turn/index\\.ts$']),
    only('channel-botframework', '^src/channels/botframework/', [
      '^src/channels/channel\\.ts$',
      '^src/turn/index\\.ts$',
    ]),
    only('channel-contract', '^src/channels/channel\\.ts$', ['^src/turn/index\\.ts$']),
    only('web', '^src/web/', [
      '^src/channels/channel\\.ts$',
      '^src/channels/sms/cheaper\\.ts$',
      '^src/handoff/api\\.ts$',
    ]),
    { name: 'nobody-imports-the-root', severity: 'error', from: {}, to: { path: '^src/index\\.ts$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
