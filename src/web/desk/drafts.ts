/** What was being written, kept for this tab only: a reload or a look at another chat loses nothing. */
const key = (conversationId: string): string => `draft:${conversationId}`;

export function draftOf(conversationId: string): string {
  return sessionStorage.getItem(key(conversationId)) ?? '';
}

export function keepDraft(conversationId: string, text: string): void {
  if (text === '') sessionStorage.removeItem(key(conversationId));
  else sessionStorage.setItem(key(conversationId), text);
}
