import type { Bus } from '../storage/store';

/** Topics of the bus. A hint `typing:<who>` is live only; everything else means "read the log". */
const topicOf = (conversationId: string): string => `conversation:${conversationId}`;
const DESK = 'desk';
const TYPING = 'typing:';

/** The conversation's log, and the desk's lists with it, have something new. */
export function wakeReaders(bus: Bus, conversationId: string): void {
  bus.publish(topicOf(conversationId));
  bus.publish(DESK);
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
