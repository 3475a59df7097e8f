import type { Bus, Conversation } from '../storage/store';

/** Topics of the bus. A hint `typing:<who>` is live only; everything else means "read the log". */
const topicOf = (conversationId: string): string => `conversation:${conversationId}`;
const DESK = 'desk';
const TYPING = 'typing:';

/** Everybody who may want to look after a conversation's log has grown: its readers, the desk, and the channel that delivers. */
export function wakeReaders(bus: Bus, conversation: Pick<Conversation, 'id' | 'channel' | 'push'>): void {
  bus.publish(topicOf(conversation.id));
  bus.publish(DESK, conversation.id);
  if (conversation.push === 1) bus.publish('outbox', conversation.channel);
}

/** Queue, presence or accounts have changed; after `accounts`, open sockets are checked again. */
export function wakeDesk(bus: Bus, what: 'lists' | 'accounts' = 'lists'): void {
  bus.publish(DESK, what);
}

export function tellTyping(bus: Bus, conversationId: string): void {
  bus.publish(topicOf(conversationId), `${TYPING}agent`);
}

/** @param listener gets who types, or undefined when there may be something new in the log */
export function watchConversation(bus: Bus, conversationId: string, listener: (typing?: string) => void): () => void {
  return bus.subscribe(topicOf(conversationId), (hint) =>
    hint?.startsWith(TYPING) ? listener(hint.slice(TYPING.length)) : listener(),
  );
}

export function watchDesk(bus: Bus, listener: (what: string) => void): () => void {
  return bus.subscribe(DESK, listener);
}
