import type { Db } from '../../storage/schema';
import type { ImportFile } from './table';

/** What stood on the command line after the kind. Files are read already. */
export interface ImportArguments {
  readonly files: readonly ImportFile[];
  /** Files given by name: `--streets FILE`. */
  readonly named: { readonly [option: string]: ImportFile | undefined };
}

/** One kind of import: `npm run import -- <kind> <usage>`. */
export interface ImportKind {
  /** What follows the kind on the command line: `--postcodes FILE.csv [--addresses FILE.csv]`. */
  readonly usage: string;
  /** The options it takes, each with a file. */
  readonly options: readonly string[];
  /**
   * Reads the files; nothing is written yet.
   * @returns undefined where files are missing or too many
   * @throws ImportError where a file is bad
   */
  read(given: ImportArguments): Reading | undefined;
}

export interface Reading {
  /**
   * Puts the rows in place of what was there, in one transaction; `at` is noted as the time of the import.
   * @returns what to tell the operator, a line each
   * @throws ImportError where the rows do not fit what is stored: then nothing has changed
   */
  write(tx: Db, at: number): Promise<readonly string[]>;
}
