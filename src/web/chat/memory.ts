import type { Outgoing } from './protocol';

/** What a reload finds again. Kept for the tab only: a shared computer forgets it with the tab. */
export interface Kept {
  readonly token?: string;
  readonly outbox: readonly Outgoing[];
  readonly draft: string;
}

const KEY = 'wandle.chat';
const NOTHING: Kept = { outbox: [], draft: '' };

export function recall(): Kept {
  try {
    return { ...NOTHING, ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
  } catch {
    return NOTHING;
  }
}

/** Storage may be full or forbidden: the chat then lives as long as the page. */
export function remember(change: Partial<Kept>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...recall(), ...change }));
  } catch {
    return;
  }
}

export function forget(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
}
