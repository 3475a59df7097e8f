import type { Storage, StoreItem, StoreItems } from 'botbuilder';
import type { Json } from '../conversation/ports';
import type { Store } from '../storage/store';
import { plain, type UnitOfWork } from './unitOfWork';

/** The records did not answer while the bot ran: lost infrastructure, not a fault of the turn. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed';
}

/**
 * Bot Framework's `Storage` for one turn: reads remember each row's version, writes go into the unit of work. BotState
 * writes eTag `*` ("overwrite whatever is there"), which would lose updates: the remembered version is checked instead.
 */
export function createBotStorage(store: Pick<Store, 'db' | 'states'>, work: UnitOfWork): Storage {
  const versions = new Map<string, number>();

  async function load(keys: readonly string[]): Promise<StoreItems> {
    const found: StoreItems = {};
    const rows = await store.states.load(store.db, keys).catch((error: unknown) => {
      throw new StorageFailed('states could not be read', { cause: error });
    });
    for (const key of keys) {
      const row = rows.get(key);
      versions.set(key, row?.version ?? 0);
      if (row?.body != null) found[key] = plain<StoreItem>(row.body);
    }
    return found;
  }

  /** A key that was written without having been read still needs the version it replaces. */
  async function change(key: string, body: Json): Promise<void> {
    if (!versions.has(key)) await load([key]);
    if (!work.sealed) work.states.set(key, { version: versions.get(key) ?? 0, body });
  }

  return {
    async read(keys) {
      const written = keys.filter((key) => work.states.has(key));
      const found = await load(keys.filter((key) => !work.states.has(key)));
      for (const key of written) {
        const body = work.states.get(key)?.body;
        if (body != null) found[key] = plain<StoreItem>(body);
      }
      return found;
    },
    async write(changes) {
      for (const [key, item] of Object.entries(changes)) {
        const { eTag: _ignored, ...body } = item;
        await change(key, plain(body));
      }
    },
    async delete(keys) {
      for (const key of keys) await change(key, null);
    },
  };
}
