import type { Bus, Conversation } from '../storage/store';

/** Everybody who may want to look after a conversation's log has grown. */
export function publishChange(bus: Bus, conversation: Pick<Conversation, 'id' | 'channel' | 'push'>): void {
  bus.publish(`conversation:${conversation.id}`);
  bus.publish('desk', conversation.id);
  if (conversation.push === 1) bus.publish('outbox', conversation.channel);
}

/** An error as it may be written down: never its message, which may hold a resident's words. */
export function describeError(error: unknown): { readonly error: string; readonly at: string | undefined } {
  if (!(error instanceof Error)) return { error: typeof error, at: undefined };
  const cause = error.cause instanceof Error ? error.cause : error;
  const at = cause.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return { error: cause === error ? error.name : `${error.name}: ${cause.name}`, at: at?.trim() };
}
