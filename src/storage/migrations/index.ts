import { sql } from 'kysely';
import type { Database } from '../database';
import { conversationTables } from './001-conversations';
import { serviceTables } from './002-services';
import { deskTables } from './003-desk';
import { boroughTables } from './004-borough';
import { backlogIndexes } from './005-backlog';
import { landmarkTables } from './006-landmarks';
import { zoneTables } from './007-zones';
import { disclosureTables } from './008-disclosures';
import { caseNoteTables } from './009-case-notes';
import { conversationEnd } from './010-conversation-end';
import type { Migration } from './migration';

/** In order; a name once released is never changed, and neither is what it did. */
const MIGRATIONS: readonly (readonly [name: string, up: Migration])[] = [
  ['001-conversations', conversationTables],
  ['002-services', serviceTables],
  ['003-desk', deskTables],
  ['004-borough', boroughTables],
  ['005-backlog', backlogIndexes],
  ['006-landmarks', landmarkTables],
  ['007-zones', zoneTables],
  ['008-disclosures', disclosureTables],
  ['009-case-notes', caseNoteTables],
  ['010-conversation-end', conversationEnd],
];
/** Any number nobody else locks: "wandle" on a telephone keypad. */
const LOCK = 926_353;

/**
 * Brings the tables up to date. Several processes may boot at once: SQLite's write transaction, on PostgreSQL an advisory lock,
 * lets one at it while the others wait and then find it done.
 */
export async function migrate(database: Database): Promise<void> {
  const { kind } = database;
  await database.write(async (tx) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
    await sql`create table if not exists migrations (name text primary key)`.execute(tx);
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx);
    const done = new Set(rows.map((row) => row.name));
    for (const [name, up] of MIGRATIONS) {
      if (done.has(name)) continue;
      await up(tx.schema, kind);
      await sql`insert into migrations (name) values (${name})`.execute(tx);
    }
  });
}
