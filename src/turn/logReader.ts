import type { Bus, Store } from '../storage/store';
import { toLogged } from './activity';
import type { LogReader } from './index';

const TYPING = /^typing:(resident|agent|bot)$/;

/** The log as residents' channels may read it: desk rows never come through. */
export function createLogReader({ store, bus }: { readonly store: Store; readonly bus: Bus }): LogReader {
  return {
    async conversation(id) {
      const row = await store.conversations.get(store.db, id);
      if (!row) return undefined;
      const { channel, resident, address, language } = row;
      return { id, channel, resident, address, language, lastSeq: row.last_seq, optedOut: row.opted_out === 1 };
    },
    async read(conversationId, range) {
      const rows = await store.log.read(store.db, conversationId, 'resident', range);
      return rows.map(toLogged);
    },
    watch(conversationId, listener) {
      return bus.subscribe(`conversation:${conversationId}`, (hint) => {
        listener(TYPING.exec(hint)?.[1] as 'resident' | 'agent' | 'bot' | undefined);
      });
    },
  };
}
