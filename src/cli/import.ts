import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { replaceGazetteer } from '../backoffice/borough';
import { type CsvFile, ImportError, readGazetteer } from '../backoffice/gazetteerFiles';
import { readConfig } from '../config';
import { randomId } from '../randomId';
import { createStore } from '../storage/index';

const USAGE = 'usage: npm run import -- gazetteer --postcodes FILE.csv --streets FILE.csv [--addresses FILE.csv]';
const EX_USAGE = 64;
const EX_DATAERR = 65;

/** `npm run import -- gazetteer …`: refuses a bad file as a whole, with line numbers; what was there before stays. */
async function main(args: readonly string[]): Promise<number> {
  const files = filesOf(args);
  if (!files) {
    console.error(USAGE);
    return EX_USAGE;
  }
  const rows = readGazetteer(files);
  const config = readConfig();
  const store = await createStore({
    dataDir: config.dataDir,
    randomId,
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}),
  });
  await store.write((tx) => replaceGazetteer(tx, rows, files.postcodes.name, Date.now() + config.clockShift));
  await store.close();
  console.log(
    `Imported ${rows.postcodes.length} postcodes, ${rows.streets.length} streets, ${rows.addresses.length} addresses.`,
  );
  if (rows.addresses.length === 0)
    console.log('No addresses were given: services that need one will pass the resident to a person.');
  return 0;
}

function filesOf(args: readonly string[]): { postcodes: CsvFile; streets: CsvFile; addresses?: CsvFile } | undefined {
  const file = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { postcodes: file, streets: file, addresses: file },
    });
    if (positionals.join() !== 'gazetteer' || !values.postcodes || !values.streets) return undefined;
    return {
      postcodes: csv(values.postcodes),
      streets: csv(values.streets),
      ...(values.addresses ? { addresses: csv(values.addresses) } : {}),
    };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    return undefined;
  }
}

function csv(path: string): CsvFile {
  try {
    return { name: basename(path), text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    throw new ImportError([`${path}: ${(error as Error).message}`]);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof ImportError ? EX_DATAERR : 1;
  },
);
