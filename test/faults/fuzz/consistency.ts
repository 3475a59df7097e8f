import { join } from 'node:path';
import { randomId } from '../../../src/randomId';
import { createFolderFiles } from '../../../src/storage/files';
import { createStore } from '../../../src/storage/index';
import type { LogRow, Store } from '../../../src/storage/store';

/** Which activity ids were acknowledged, by conversation. */
export type Acknowledged = ReadonlyMap<string, ReadonlySet<string>>;

export interface Found {
  /** What is wrong; empty is right. */
  readonly wrong: readonly string[];
  readonly conversations: number;
  readonly activities: number;
  readonly attachments: number;
}

/** Reads the records of a stopped server and compares them with what it has acknowledged. */
export async function inspect(dataDir: string, acknowledged: Acknowledged): Promise<Found> {
  const store = await createStore({ dataDir, randomId });
  try {
    const wrong: string[] = [];
    const counts = { conversations: 0, activities: 0, attachments: 0 };
    for (const { id, last_seq } of await store.db.selectFrom('conversations').select(['id', 'last_seq']).execute()) {
      const log = await store.log.read(store.db, id, 'desk', { limit: 1_000_000 });
      if (log.length !== last_seq || log.some((row, index) => row.seq !== index + 1)) wrong.push(`${id} has a gap`);
      wrong.push(...missing(id, log, acknowledged.get(id) ?? new Set()));
      const { count, lost } = await attachments(dataDir, id, log);
      wrong.push(...lost);
      counts.conversations += 1;
      counts.activities += log.length;
      counts.attachments += count;
    }
    for (const id of acknowledged.keys())
      if (!(await store.conversations.get(store.db, id))) wrong.push(`${id} is gone`);
    wrong.push(...(await dead(store)));
    return { wrong, ...counts };
  } finally {
    await store.close();
  }
}

/** Each acknowledged message stands in the log once; the resident has said nothing else there. */
function missing(id: string, log: readonly LogRow[], ids: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  for (const row of log) counts.set(row.id, (counts.get(row.id) ?? 0) + 1);
  return [...ids].filter((activityId) => counts.get(activityId) !== 1).map((activityId) => `${id} lacks ${activityId}`);
}

async function attachments(dataDir: string, id: string, log: readonly LogRow[]) {
  const files = createFolderFiles(join(dataDir, 'files'));
  const listed = log.flatMap(({ body }) => (Array.isArray(body.attachments) ? body.attachments : [])) as {
    contentUrl?: string;
  }[];
  const kept = listed.filter(({ contentUrl }) => contentUrl?.includes('/v3/directline/files/'));
  const lost: string[] = [];
  for (const { contentUrl = '' } of kept) {
    const file = await files.get(contentUrl.split('/').at(-1) ?? '');
    if (file?.conversationId !== id || file.content.length === 0) lost.push(`${id} lacks the file ${contentUrl}`);
  }
  return { count: kept.length, lost };
}

async function dead(store: Store): Promise<string[]> {
  return (await unfinished(store)).map(({ status, error }) => `inbox ${status}: ${error}`);
}

const unfinished = (store: Store) =>
  store.db
    .selectFrom('inbox')
    .select(['status', 'error'])
    .where('kind', '=', 'activity')
    .where('status', 'in', ['pending', 'dead'])
    .execute();

/** Whether every turn of a running server has been run. */
export async function isAtRest(dataDir: string): Promise<boolean> {
  const store = await createStore({ dataDir, randomId });
  const rows = await unfinished(store);
  await store.close();
  return rows.every(({ status }) => status === 'dead');
}
