import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './database';
import type { Db, Schema } from './schema';

const CONNECTIONS = 10;
/** A server that has not let us in by then is away, milliseconds. */
const CONNECT_MS = 5_000;
/** Attempts of one transaction that others got in the way of. */
const ATTEMPTS = 6;
const INT8: number = types.builtins.INT8;
/** serialization_failure and deadlock_detected: PostgreSQL asks to run the transaction again. */
const RETRIED = new Set(['40001', '40P01']);

/** @param url `postgres://…` as `pg` reads it */
export function openPostgres(url: string): Database {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'wandle',
    types: {
      // Times and counts fit a double exactly; SQLite answers numbers too.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format as 'text'),
    },
  });
  // An idle connection that breaks (the server restarts) is replaced by the pool; the next query reports what lasts.
  pool.on('error', () => {});
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { kind: 'postgres', db, write: (work) => writeWithRetry(db, work), close: () => db.destroy() };
}

async function writeWithRetry<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.has(codeOf(error))) throw error;
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
