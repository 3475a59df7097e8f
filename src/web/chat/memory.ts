import { page } from './page';
import type { Outgoing } from './protocol';

/** What a reload finds again. Kept for the tab only: a shared computer forgets it with the tab. */
export interface Kept {
  readonly token?: string;
  readonly outbox: readonly Outgoing[];
  readonly draft: string;
  /** When somebody was last seen here. */
  readonly at?: number;
  /** A person was waited for, or there: nothing is cleared without asking. */
  readonly attended?: boolean;
}

const KEY = 'wandle.chat';
const NOTHING: Kept = { outbox: [], draft: '' };

/** What was kept; nothing where nobody has used it for so long that somebody else may sit here now. */
export function recall(): Kept {
  const kept = read();
  if (!kept.at || kept.attended || Date.now() - kept.at < page.idleMinutes * 60_000) return kept;
  forget();
  return NOTHING;
}

function read(): Kept {
  try {
    return { ...NOTHING, ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
  } catch {
    return NOTHING;
  }
}

/** Storage may be full or forbidden: the chat then lives as long as the page. */
export function remember(change: Partial<Kept>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
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
