import { z } from 'zod';
import { EXCEPTIONS, STREAMS } from '../../conversation/ports';
import type { Db, NewRow } from '../../storage/schema';
import { type CollectionRows, inParts, replaceCollections } from '../borough';
import type { ImportKind } from './kind';
import { ImportError, type ImportFile, shortened } from './table';

/**
 * The council's rounds, one JSON object a line (JSON Lines), in any order:
 *
 *   {"uprn": "100012345", "stream": "food", "round": "FOOD-TUE"}              which round serves an address
 *   {"round": "FOOD-TUE", "date": "2026-12-29", "movedFrom": "2026-12-28"}    a day of a round; `movedFrom`: its usual day
 *   {"round": "FOOD-TUE", "date": "2026-11-24", "finishedAt": "2026-11-24T13:30:00Z"}
 *   {"uprn": "100012345", "stream": "food", "date": "2026-11-24", "exception": "gate-locked", "at": "2026-11-24T07:42:00Z"}
 *
 * Crew logs (`finishedAt`, exceptions) may be left out: then nothing is known of a round but its days.
 */
export const collections: ImportKind = {
  usage: 'FILE.jsonl',
  options: [],
  read({ files: [file, ...more] }) {
    if (!file || more.length > 0) return undefined;
    const read = readCollections(file);
    return {
      async write(tx, at) {
        await refuseUnknown(tx, file, read.lineOf);
        await replaceCollections(tx, read.rows, file.name, at);
        const { addressRounds, days, exceptions } = read.rows;
        return [
          `Imported ${addressRounds.length} rounds of ${read.lineOf.size} addresses, ${days.length} collection days, ${exceptions.length} notes of crews.`,
        ];
      },
    };
  },
};

const name = z.string('is missing').trim().min(1, 'is empty').max(60, 'has more than 60 characters');
const day = z.iso.date('is not a day such as 2026-11-24');
const moment = z.iso.datetime({ offset: true, error: 'is no time such as 2026-11-24T13:30:00Z' }).transform(Date.parse);
const stream = z.enum(STREAMS, `is none of ${STREAMS.join(', ')}`);

const Served = z.strictObject({ uprn: name, stream, round: name });
const Day = z.strictObject({ round: name, date: day, movedFrom: day.optional(), finishedAt: moment.optional() });
const Note = z.strictObject({
  uprn: name,
  stream,
  date: day,
  exception: z.enum(EXCEPTIONS, `is none of ${EXCEPTIONS.join(', ')}`),
  at: moment,
});

interface ReadFile {
  readonly rows: CollectionRows;
  /** The first line of each address. */
  readonly lineOf: ReadonlyMap<string, number>;
}

/** @throws ImportError with every line that is wrong, and why */
export function readCollections(file: ImportFile): ReadFile {
  const book = new Book(file.name);
  file.text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((text, index) => {
      if (text.trim() !== '') book.take(text, index + 1);
    });
  return book.close();
}

/** Takes lines, and notes what is wrong with each and between them. */
class Book {
  readonly #file: string;
  readonly #errors: string[] = [];
  readonly #served = new Map<string, { readonly line: number; readonly row: NewRow<'address_rounds'> }>();
  readonly #days = new Map<string, { readonly line: number; readonly row: NewRow<'collection_days'> }>();
  readonly #notes = new Map<string, { readonly line: number; readonly row: NewRow<'crew_exceptions'> }>();

  constructor(file: string) {
    this.#file = file;
  }

  take(text: string, line: number): void {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      this.#wrong(line, 'is not a JSON object');
      return;
    }
    const keys = typeof json === 'object' && json !== null ? json : {};
    if ('exception' in keys) this.#note(json, line);
    else if ('date' in keys) this.#day(json, line);
    else this.#serve(json, line);
  }

  #serve(json: unknown, line: number): void {
    const row = this.#parsed(Served, json, line);
    if (row) this.#keep(this.#served, `${row.uprn} ${row.stream}`, row, line);
  }

  #day(json: unknown, line: number): void {
    const row = this.#parsed(Day, json, line);
    if (!row) return;
    const { round, date, movedFrom = null, finishedAt = null } = row;
    if (movedFrom === date) this.#wrong(line, 'movedFrom is the same day as date');
    this.#keep(this.#days, `${round} ${date}`, { round, date, moved_from: movedFrom, finished_at: finishedAt }, line);
  }

  #note(json: unknown, line: number): void {
    const row = this.#parsed(Note, json, line);
    if (!row) return;
    const { exception: code, ...rest } = row;
    this.#keep(this.#notes, `${row.uprn} ${row.stream} ${row.date}`, { ...rest, code }, line);
  }

  #parsed<T>(schema: z.ZodType<T>, json: unknown, line: number): T | undefined {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) this.#wrong(line, `${path.join('.')} ${message}`.trim());
    return undefined;
  }

  #keep<R>(kept: Map<string, { readonly line: number; readonly row: R }>, key: string, row: R, line: number): void {
    const first = kept.get(key);
    if (first) this.#wrong(line, `the same as line ${first.line}`);
    else kept.set(key, { line, row });
  }

  #wrong(line: number, what: string): void {
    this.#errors.push(`${this.#file}:${line}: ${what}`);
  }

  /** What only shows once all lines are read: rounds without days, notes about what is not collected. */
  close(): ReadFile {
    const withDays = new Set([...this.#days.values()].map(({ row }) => row.round));
    for (const { row, line } of this.#served.values())
      if (!withDays.has(row.round)) this.#wrong(line, `round ${row.round} has no day in this file`);
    for (const { row, line } of this.#notes.values()) {
      const round = this.#served.get(`${row.uprn} ${row.stream}`)?.row.round;
      if (round === undefined) this.#wrong(line, `no round of ${row.stream} serves ${row.uprn} in this file`);
      else if (!this.#days.has(`${round} ${row.date}`)) this.#wrong(line, `round ${round} has no day ${row.date}`);
    }
    if (this.#errors.length === 0 && this.#served.size === 0)
      this.#errors.push(`${this.#file}: holds no round of any address`);
    if (this.#errors.length > 0) throw new ImportError(shortened(this.#errors));
    return { rows: this.#rows(), lineOf: this.#lines() };
  }

  #lines(): ReadonlyMap<string, number> {
    const lines = new Map<string, number>();
    for (const { row, line } of this.#served.values()) if (!lines.has(row.uprn)) lines.set(row.uprn, line);
    return lines;
  }

  #rows(): CollectionRows {
    return {
      addressRounds: [...this.#served.values()].map(({ row }) => row),
      days: [...this.#days.values()].map(({ row }) => row),
      exceptions: [...this.#notes.values()].map(({ row }) => row),
    };
  }
}

/** Rounds of an address that the gazetteer does not know could be told to nobody: more likely the two files do not belong together. */
async function refuseUnknown(tx: Db, file: ImportFile, lineOf: ReadonlyMap<string, number>): Promise<void> {
  const known = new Set<string>();
  for (const part of inParts([...lineOf.keys()])) {
    const rows = await tx.selectFrom('addresses').select('uprn').where('uprn', 'in', part).execute();
    for (const { uprn } of rows) known.add(uprn);
  }
  const errors = [...lineOf]
    .filter(([uprn]) => !known.has(uprn))
    .map(([uprn, line]) => `${file.name}:${line}: uprn ${uprn} is not among the addresses; import the gazetteer first`);
  if (errors.length > 0) throw new ImportError(shortened(errors));
}
