import { parse } from 'csv-parse/sync';
import type { z } from 'zod';

/** A file as it came: `name` is only for error messages and the note of the import. */
export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

/** The files cannot be used. Each line names file, line and what is wrong with it; nothing was imported. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * The rows of a CSV file by a schema; what is wrong with a line is added to `errors`, and so is a second line with the same key.
 * @param also other names of columns: `latitude` → `lat`
 */
export function readRows<T>(
  file: ImportFile,
  schema: z.ZodType<T>,
  also: Readonly<Record<string, string>>,
  key: (row: T) => string,
  errors: string[],
): T[] {
  const seen = new Map<string, number>();
  const rows: T[] = [];
  for (const { line, record } of recordsOf(file, also, errors)) {
    const parsed = schema.safeParse(record);
    if (!parsed.success) {
      errors.push(
        ...parsed.error.issues.map((issue) => `${file.name}:${line}: ${issue.path.join('.')} ${issue.message}`),
      );
      continue;
    }
    const first = seen.get(key(parsed.data));
    if (first !== undefined) errors.push(`${file.name}:${line}: the same as line ${first}`);
    seen.set(key(parsed.data), line);
    rows.push(parsed.data);
  }
  return rows;
}

interface Line {
  readonly line: number;
  readonly record: Readonly<Record<string, string | undefined>>;
}

function recordsOf(file: ImportFile, also: Readonly<Record<string, string>>, errors: string[]): Line[] {
  try {
    const parsed = parse(file.text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      columns: (header: string[]) =>
        header.map((column) => also[column.trim().toLowerCase()] ?? column.trim().toLowerCase()),
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ line: info.lines, record }));
  } catch (error) {
    errors.push(`${file.name}: ${(error as Error).message}`);
    return [];
  }
}

const MOST_ERRORS = 20;

/** At most 20 lines, and how many more there are. */
export function shortened<T>(errors: readonly T[], told: (error: T) => string = String): string[] {
  const lines = errors.slice(0, MOST_ERRORS).map(told);
  return errors.length > MOST_ERRORS ? [...lines, `… and ${errors.length - MOST_ERRORS} more`] : lines;
}
