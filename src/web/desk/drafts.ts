import type { Pending } from './thread';

/** What was being written, kept for this tab only: a reload or a look at another chat loses nothing. */
export type Draft = Pick<Pending, 'kind' | 'text'>;

/** The browser's, named here because tests have no browser's types. */
declare const sessionStorage: {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
};

const key = (kind: Draft['kind'], conversationId: string): string => `draft:${kind}:${conversationId}`;

/** @param kind what would be written if nothing had been begun. What was begun as a note stays one. */
export function draftOf(conversationId: string, kind: Draft['kind']): Draft {
  const other = kind === 'note' ? 'message' : 'note';
  for (const one of [kind, other] as const) {
    const text = sessionStorage.getItem(key(one, conversationId));
    if (text !== null) return { kind: one, text };
  }
  return { kind, text: '' };
}

/** Words that could not be sent go before what has been begun since. */
export function keepUnsent(conversationId: string, { kind, text }: Draft): void {
  const begun = sessionStorage.getItem(key(kind, conversationId));
  keepDraft(conversationId, { kind, text: begun === null ? text : `${text}\n${begun}` });
}

/** Whoever signs in after somebody has signed out finds nothing of theirs. */
export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith('draft:')) sessionStorage.removeItem(name);
}

export function keepDraft(conversationId: string, { kind, text }: Draft): void {
  if (text === '') sessionStorage.removeItem(key(kind, conversationId));
  else sessionStorage.setItem(key(kind, conversationId), text);
}
