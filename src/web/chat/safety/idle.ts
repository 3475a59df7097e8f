import type { Entry } from '../transcript';

/** So long before the chat is cleared somebody is asked whether they are still there. WCAG 2.2.1 wants 20 seconds at least. */
const WARNING_MS = 120_000;

/** Notices that nobody uses the chat: on a shared computer the next person must not find it. Time comes in as milliseconds since 1970. */
export class Idle {
  private readonly limitMs: number;
  private lastAt: number;
  private warnedAt: number | undefined;

  constructor(limitMs: number, lastAt: number) {
    this.limitMs = limitMs;
    this.lastAt = lastAt;
  }

  /** Somebody is there. */
  touch(now: number): void {
    this.lastAt = now;
    this.warnedAt = undefined;
  }

  /**
   * Milliseconds until the chat is to be cleared, once that is near; undefined before. A device may have slept in between: the chat is
   * cleared at once then, unless a person is waited for (`attended`): that takes the whole warning first.
   */
  left(now: number, attended: boolean): number | undefined {
    const due = this.lastAt + this.limitMs;
    if (now < due - WARNING_MS) return undefined;
    this.warnedAt ??= now;
    return Math.max(0, (attended ? Math.max(due, this.warnedAt + WARNING_MS) : due) - now);
  }
}

/** A person is there or waited for: what was said last is theirs, is told by the desk, or offers to stop waiting. */
export function isAttended(entries: readonly Entry[]): boolean {
  const last = [...entries].reverse().find(({ who }) => who !== 'me');
  return last?.who === 'agent' || last?.who === 'system' || Boolean(last?.actions.some(isWayOut));
}

const isWayOut = ({ value }: Entry['actions'][number]) =>
  (value as { readonly choice?: unknown } | undefined)?.choice === 'do:cancel-handoff';
