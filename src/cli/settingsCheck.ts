import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../config';
import { localDate } from '../conversation/calendar';
import { loadServices } from '../conversation/catalogue';
import { reportOn } from './settingsReport';

const EX_USAGE = 64;
const EX_NOINPUT = 66;
const EX_CONFIG = 78;

/** `npm run -s settings:check [FILE]`: may this settings file be used? Without a file: the one that is in use. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length > 1) {
    console.error('usage: npm run -s settings:check [FILE]');
    return EX_USAGE;
  }
  const { councilFile, codeRoot, clockShift } = readConfig();
  const path = args[0] === undefined ? councilFile : resolve(args[0]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    console.error(`${path}: ${(error as Error).message}`);
    return EX_NOINPUT;
  }
  const services = await loadServices(join(codeRoot, 'dialogs'));
  const { ok, lines } = reportOn(text, services, localDate(Date.now() + clockShift));
  console.log(lines.join('\n'));
  return ok ? 0 : EX_CONFIG;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
