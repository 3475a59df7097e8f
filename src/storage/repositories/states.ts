import type { Json } from '../../conversation/ports';
import { fromJson, toJson } from '../json';
import type { Db } from '../schema';
import { Conflict, type StateRepository } from '../store';

const NONE = { version: 0, body: null } as const;

export function stateRepository(): StateRepository {
  return {
    async load(db, keys) {
      const states = new Map<string, { readonly version: number; readonly body: Json }>(keys.map((key) => [key, NONE]));
      if (keys.length === 0) return states;
      const rows = await db.selectFrom('states').select(['key', 'version', 'body']).where('key', 'in', keys).execute();
      for (const row of rows) states.set(row.key, { version: row.version, body: fromJson(row.body) });
      return states;
    },
    async save(tx, key, expectedVersion, body, at) {
      const saved = await saveState(tx, { key, version: expectedVersion, body }, at);
      if (!saved) throw new Conflict('state', `State is no longer at version ${expectedVersion}`);
    },
  };
}

type State = { readonly key: string; readonly version: number; readonly body: Json };

/** False where the row's version is another. */
async function saveState(tx: Db, state: State, at: number): Promise<boolean> {
  const { key, version, body } = state;
  if (version === 0) return body === null ? isAbsent(tx, key) : insert(tx, key, body, at);
  const row =
    body === null
      ? await tx
          .deleteFrom('states')
          .where('key', '=', key)
          .where('version', '=', version)
          .returning('key')
          .executeTakeFirst()
      : await tx
          .updateTable('states')
          .set({ version: version + 1, body: toJson(body), updated_at: at })
          .where('key', '=', key)
          .where('version', '=', version)
          .returning('key')
          .executeTakeFirst();
  return row !== undefined;
}

async function isAbsent(tx: Db, key: string): Promise<boolean> {
  return (await tx.selectFrom('states').select('key').where('key', '=', key).executeTakeFirst()) === undefined;
}

async function insert(tx: Db, key: string, body: Json, at: number): Promise<boolean> {
  const row = await tx
    .insertInto('states')
    .values({ key, version: 1, body: toJson(body), updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}
