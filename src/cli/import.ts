import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { collections } from '../backoffice/imports/collections';
import { disclosures } from '../backoffice/imports/disclosures';
import { gazetteer } from '../backoffice/imports/gazetteer';
import type { ImportArguments, ImportKind, Reading } from '../backoffice/imports/kind';
import { ImportError, type ImportFile } from '../backoffice/imports/table';
import { zones } from '../backoffice/imports/zones';
import { readConfig } from '../config';
import { randomId } from '../randomId';
import { createStore } from '../storage/index';

/** `npm run import -- <kind> …`; what a kind takes and does stands in its module. */
const KINDS: { readonly [kind: string]: ImportKind } = { collections, disclosures, gazetteer, zones };

const EX_USAGE = 64;
const EX_DATAERR = 65;

/** Refuses bad files as a whole, with line numbers; what was there before stays. */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  const reading = kind && read(kind, args);
  if (!reading) {
    console.error(usage(name));
    return EX_USAGE;
  }
  const config = readConfig();
  const store = await createStore({
    dataDir: config.dataDir,
    randomId,
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}),
  });
  try {
    const lines = await store.write((tx) => reading.write(tx, Date.now() + config.clockShift));
    console.log(lines.join('\n'));
    return 0;
  } finally {
    await store.close();
  }
}

function usage(name: string): string {
  const kinds = Object.hasOwn(KINDS, name) ? [name] : Object.keys(KINDS);
  return kinds.map((kind) => `usage: npm run import -- ${kind} ${KINDS[kind]?.usage ?? ''}`).join('\n');
}

function read(kind: ImportKind, args: readonly string[]): Reading | undefined {
  const given = argumentsOf(kind, args);
  return given && kind.read(given);
}

/** Undefined: an option that the kind does not know. */
function argumentsOf(kind: ImportKind, args: readonly string[]): ImportArguments | undefined {
  const options = Object.fromEntries(kind.options.map((option) => [option, { type: 'string' } as const]));
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: typeof options }>>;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    return undefined;
  }
  const named = Object.entries(parsed.values).map(([option, path]) => [option, fileAt(path ?? '')]);
  return { files: parsed.positionals.map(fileAt), named: Object.fromEntries(named) };
}

function fileAt(path: string): ImportFile {
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
