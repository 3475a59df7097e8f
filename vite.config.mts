import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const web = join(import.meta.dirname, 'src/web');
const texts = join(web, 'chat/text');

/** Every folder of `src/web` with an `index.html` is a front end; the site has a second page. */
function pages(): Record<string, string> {
  const folders = readdirSync(web, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = folders.flatMap(({ name }) => readdirSync(join(web, name)).map((file) => `${name}/${file}`));
  const html = files.filter((file) => file.endsWith('.html'));
  return Object.fromEntries(
    html.map((file) => [file.replace(/\/index\.html$|\.html$/, '').replace('/', '-'), join(web, file)]),
  );
}

const textFiles = () => readdirSync(texts).filter((name) => name.endsWith('.json'));
const readText = (name: string): Record<string, string> => JSON.parse(readFileSync(join(texts, name), 'utf8'));

/** The launcher is one plain script without imports: the few words it needs are put into it. */
function launcherTexts(): string {
  const entries = textFiles().map((name) => {
    const { open, close } = readText(name);
    return [name.slice(0, -5), { open, close }];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** The chat's words per language go beside its page: the server puts those of the page's language into it. */
const emitTexts: Plugin = {
  name: 'wandle-texts',
  generateBundle() {
    for (const name of textFiles()) {
      this.emitFile({ type: 'asset', fileName: `chat/text/${name}`, source: JSON.stringify(readText(name)) });
    }
  },
};

/** Parts that are loaded later are plain modules without style sheets of their own (`?inline`): Vite's 2 KB to preload them are left out. */
const plainImports: Plugin = {
  name: 'wandle-plain-imports',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('vite/preload-helper.js') ? id : undefined),
  load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : undefined),
};

const official = join(import.meta.dirname, 'node_modules/botframework-webchat');

/** The official client's prebuilt bundles, unmodified, for `/chat/webchat`. */
const emitOfficial: Plugin = {
  name: 'wandle-official',
  generateBundle() {
    const { version } = JSON.parse(readFileSync(join(official, 'package.json'), 'utf8')) as { version: string };
    for (const bundle of ['webchat', 'webchat-minimal']) {
      const source = readFileSync(join(official, 'dist', `${bundle}.js`));
      const name = `official-${bundle}-${version}.js`;
      const emit = (end: string, content: Buffer) =>
        this.emitFile({ type: 'asset', fileName: `assets/${name}${end}`, source: content });
      emit('', source);
      emit(
        '.br',
        once(`${name}.br`, () => brotliCompressSync(source)),
      );
      emit(
        '.gz',
        once(`${name}.gz`, () => gzipSync(source, { level: 9 })),
      );
    }
  },
};

/** What takes seconds to make and never changes. */
function once(name: string, make: () => Buffer): Buffer {
  const file = join(import.meta.dirname, 'node_modules/.vite', name);
  if (existsSync(file)) return readFileSync(file);
  const made = make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, made);
  renameSync(`${file}.new`, file);
  return made;
}

export default defineConfig({
  root: web,
  publicDir: existsSync(join(web, 'public')) ? join(web, 'public') : false,
  define: { LAUNCHER_TEXTS: launcherTexts() },
  plugins: [emitTexts, emitOfficial, plainImports],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { ...pages(), launcher: join(web, 'chat/launcher.ts') },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'launcher' ? 'chat.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
