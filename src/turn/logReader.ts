import type { Bus, Conversation, Store } from '../storage/store';
import { toLogged } from './activity';
import type { ConversationFacts, LogReader } from './index';

const TYPING = /^typing:(resident|agent|bot)$/;

/** The log as residents' channels may read it: desk rows never come through. */
export function createLogReader({ store, bus }: { readonly store: Store; readonly bus: Bus }): LogReader {
  return {
    conversation: async (id) => factsOf(await store.conversations.get(store.db, id)),
    byAddress: async (channel, address) => factsOf(await store.conversations.byAddress(store.db, channel, address)),
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

function factsOf(row: Conversation | undefined): ConversationFacts | undefined {
  if (!row) return undefined;
  const { id, channel, resident, address, language } = row;
  return { id, channel, resident, address, language, lastSeq: row.last_seq, optedOut: row.opted_out === 1 };
}
