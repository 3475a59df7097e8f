import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../config';
import { randomId } from '../randomId';
import { createStore } from '../storage/index';
import { parseExport } from './exportArguments';
import { exportLines } from './exportLines';

const USAGE = 'usage: npm run -s export -- cases|activities|handoffs|ratings [--since YYYY-MM-DD|YYYY-MM-DDThh:mm:ssZ]';
const EX_USAGE = 64;

/** `npm run -s export -- …`: JSON lines on standard output. The server may go on running. */
async function main(args: readonly string[]): Promise<number> {
  const wanted = parseExport(args);
  if (!wanted) {
    console.error(USAGE);
    return EX_USAGE;
  }
  const { dataDir, databaseUrl } = readConfig();
  const store = await createStore({ dataDir, databaseUrl, randomId });
  try {
    await pipeline(Readable.from(exportLines(store, wanted.what, wanted.since)), process.stdout);
  } catch (error) {
    // The reader (`| head`) has seen enough.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  } finally {
    await store.close();
  }
  return 0;
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
