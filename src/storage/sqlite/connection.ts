import Database from 'libsql';
import { checkBindings } from './binding';

/** How long a connection waits for another process's commit, milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;
/** Statements kept prepared. The repositories have about a hundred; `in` lists of different lengths come on top. */
const STATEMENTS_KEPT = 400;

/** One connection to the file. Everything on it is synchronous. */
export interface Connection {
  /** Runs one statement. `changes` is given where the statement answers no rows. */
  run(sql: string, parameters: readonly unknown[]): { readonly rows: readonly unknown[]; readonly changes?: number };
  /** Runs a statement without parameters or result. */
  exec(sql: string): void;
  readonly inTransaction: boolean;
  close(): void;
}

/**
 * @param mode `read` refuses to write. WAL lets it read what is committed while the writer is at work.
 */
export function openConnection(path: string, mode: 'read' | 'write'): Connection {
  const database = new Database(path);
  for (const pragma of [
    `busy_timeout = ${BUSY_TIMEOUT_MS}`,
    'journal_mode = WAL',
    // Power may fail right after a resident was answered.
    'synchronous = FULL',
    'foreign_keys = ON',
    ...(mode === 'read' ? ['query_only = ON'] : []),
  ]) {
    database.pragma(pragma);
  }
  const prepare = statementCache(database);
  return {
    run(sql, parameters) {
      const bound = checkBindings(sql, parameters);
      const statement = prepare(sql);
      if (statement.reader) return { rows: statement.all(bound) };
      return { rows: [], changes: statement.run(bound).changes };
    },
    exec: (sql) => void database.exec(sql),
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => void (database.open && database.close()),
  };
}

type Statement = Database.Statement;

/** Keeps the statements used last. */
function statementCache(database: Database.Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    const oldest = statements.keys().next();
    if (statements.size > STATEMENTS_KEPT && !oldest.done) statements.delete(oldest.value);
    return statement;
  };
}
