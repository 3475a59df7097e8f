import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { Database } from '../database';
import type { Schema } from '../schema';
import { openConnection } from './connection';
import { sqliteDialect } from './dialect';
import { groupCommit } from './groupCommit';

/** Opens (or makes) `wandle.db` in `dataDir`: one connection writes, one reads what is committed. */
export function openSqlite(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'wandle.db');
  // Made before SQLite would: what residents say is for this account's eyes only.
  closeSync(openSync(path, 'a', 0o600));
  const writer = openConnection(path, 'write');
  const tx = new Kysely<Schema>({ dialect: sqliteDialect(writer) });
  const db = new Kysely<Schema>({ dialect: sqliteDialect(openConnection(path, 'read')) });
  const commits = groupCommit(writer);
  return {
    kind: 'sqlite',
    db,
    write: (work) => commits.write(() => work(tx)),
    async close() {
      await commits.close();
      await Promise.all([db.destroy(), tx.destroy()]);
    },
  };
}
