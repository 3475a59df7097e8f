import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { readBacklog } from '../../../../src/metrics';
import { createStore } from '../../../../src/storage/index';
import type { Schema } from '../../../../src/storage/schema';
import { openConnection } from '../../../../src/storage/sqlite/connection';
import { sqliteDialect } from '../../../../src/storage/sqlite/dialect';
import type { Store } from '../../../../src/storage/store';

let dataDir: string;
let store: Store;
let ids = 0;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'plans-'));
  store = await createStore({ dataDir, randomId: () => `id-${++ids}` });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** No index, or one of which every row of a kind is taken. */
const WHOLE = /^SCAN \w+$|outbox_order \(kind=\?\)$/;

/** The steps SQLite takes for each query of `work` that read a whole table. */
async function wholeTables(work: (db: Kysely<Schema>) => Promise<unknown>): Promise<string[]> {
  const connection = openConnection(join(dataDir, 'wandle.db'), 'read');
  const scans: string[] = [];
  const db = new Kysely<Schema>({
    dialect: sqliteDialect({
      ...connection,
      inTransaction: false,
      run(sql, parameters) {
        const { rows } = connection.run(`explain query plan ${sql}`, parameters);
        for (const { detail } of rows as { detail: string }[]) if (WHOLE.test(detail)) scans.push(`${detail}: ${sql}`);
        return connection.run(sql, parameters);
      },
    }),
  });
  await work(db);
  await db.destroy();
  return scans;
}

// Each of these is asked again and again, while the tables grow for years.
test.each<[string, (db: Kysely<Schema>) => Promise<unknown>]>([
  ['the oldest inbound of a conversation', (db) => store.inbox.nextDue(db, 'c', 1)],
  ['conversations with something due', (db) => store.inbox.conversationsDue(db, 1, 10)],
  ['the next due time', (db) => store.inbox.nextDueAt(db)],
  ['dead inbound', (db) => store.inbox.dead(db, 10)],
  ['the next delivery', (db) => store.outbox.nextAt(db, 'sms')],
  ['half-sent messages', (db) => store.outbox.stuck(db, 'sms', 1)],
  ['undelivered messages', (db) => store.outbox.undelivered(db, 10)],
  ['the queue of handoffs', (db) => store.handoffs.queue(db)],
  ['messages for the desk', (db) => store.handoffs.list(db, { status: 'message', limit: 10 })],
  ['the backlog', (db) => readBacklog(db)],
])('%s: read without a look at a whole table', async (_what, work) => {
  expect(await wholeTables(work)).toEqual([]);
});
