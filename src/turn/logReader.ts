import type { Conversation, Store } from '../storage/store';
import { toLogged } from './activity';
import type { ConversationFacts, LogReader } from './index';
import type { LogWatch } from './logWatch';

/** The log as residents' channels may read it: desk rows never come through. */
export function createLogReader(store: Store, logWatch: LogWatch): LogReader {
  return {
    conversation: async (id) => factsOf(await store.conversations.get(store.db, id)),
    byAddress: async (channel, address) => factsOf(await store.conversations.byAddress(store.db, channel, address)),
    async read(conversationId, range) {
      const rows = await store.log.read(store.db, conversationId, 'resident', range);
      return rows.map(toLogged);
    },
    watch: (conversationId, listener) => logWatch.watch(conversationId, listener),
  };
}

function factsOf(row: Conversation | undefined): ConversationFacts | undefined {
  if (!row) return undefined;
  const { id, channel, resident, address, language } = row;
  return {
    id,
    channel,
    resident,
    address,
    language,
    lastSeq: row.last_seq,
    optedOut: row.opted_out === 1,
    ended: row.ended_at !== null,
  };
}
