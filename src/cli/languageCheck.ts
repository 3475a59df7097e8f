import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config';
import { loadServices } from '../conversation/catalogue';
import { languageReport } from './languageReport';

const EX_USAGE = 64;
const EX_CONFIG = 78;

/** `npm run -s language:check -- LANGUAGE [--locales DIR] [--texts]`: what a language lacks; with `--texts` the size of each text. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { locales: { type: 'string' }, texts: { type: 'boolean' } },
  });
  const [language] = positionals;
  if (positionals.length !== 1 || !language || !/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/.test(language)) {
    console.error('usage: npm run -s language:check -- LANGUAGE [--locales DIR] [--texts]');
    return EX_USAGE;
  }
  const { codeRoot } = readConfig();
  const root = process.cwd();
  const folders = {
    english: join(root, 'locales'),
    locales: resolve(values.locales ?? join(root, 'locales')),
    intents: join(root, 'intents'),
    data: join(root, 'src/nlu/data'),
  };
  const services = await loadServices(join(codeRoot, 'dialogs'));
  const { missing, long, sizes, summary } = languageReport(language, folders, services);
  for (const line of missing) console.log(line);
  for (const line of long) console.log(`long: ${line}`);
  if (values.texts) for (const line of sizes) console.log(line);
  console.log(summary);
  return missing.length === 0 ? 0 : EX_CONFIG;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
