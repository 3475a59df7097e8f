import type { EpochMs, Json, Language, Position } from './values';

/** What a follower tells makes an open case more urgent: it is due at the earlier time, and the facts join its evidence. */
export interface Raise {
  readonly dueAt?: EpochMs;
  readonly facts: { readonly [fact: string]: Json };
}

/** What a turn wants to happen, besides replies. Plain data: applied with the turn's one commit, or not at all. */
export type Effect =
  | {
      readonly kind: 'open-case';
      readonly reference: string;
      readonly service: string;
      /** Unique among open cases: a second report becomes a follower. */
      readonly dedupeKey: string;
      readonly answers: { readonly [slot: string]: Json };
      /** What the rules decided on, kept as evidence. */
      readonly facts: { readonly [fact: string]: Json };
      readonly place?: string;
      readonly position?: Position;
      readonly dueAt?: EpochMs;
    }
  | {
      readonly kind: 'follow-case';
      readonly reference: string;
      readonly answers: { readonly [slot: string]: Json };
      readonly raise?: Raise;
    }
  /** Something added to a case later; `not-done`: it is closed, or overdue, and the resident says that it is not done. The desk sees it. */
  | {
      readonly kind: 'note-for-case';
      readonly reference: string;
      readonly what: 'note' | 'not-done';
      readonly text: string;
      readonly photo?: string;
    }
  | { readonly kind: 'contact-for-case'; readonly reference: string; readonly contact: string }
  | {
      readonly kind: 'request-handoff';
      readonly reason: string;
      readonly lane: 'emergency' | 'normal';
      /** The ask in one line, in the resident's words. */
      readonly ask: string;
      readonly service?: string;
      /** Collected so far, each marked said or verified. */
      readonly facts: readonly {
        readonly name: string;
        readonly value: string;
        readonly source: 'said' | 'verified';
      }[];
    }
  | { readonly kind: 'cancel-handoff' }
  /** A message for the desk to answer later, or a call to make. */
  | {
      readonly kind: 'leave-message';
      readonly ask: string;
      readonly contact?: string;
      readonly how: 'callback' | 'message';
    }
  | { readonly kind: 'set-timer'; readonly name: string; readonly at: EpochMs; readonly value?: Json }
  | { readonly kind: 'cancel-timer'; readonly name: string }
  /** Everything that would come by itself later, of this conversation. */
  | { readonly kind: 'cancel-timers' }
  | { readonly kind: 'set-language'; readonly language: Language; readonly explicit: boolean }
  | { readonly kind: 'note-misunderstood'; readonly text: string }
  /** Words of this message that must not be kept anywhere (an account number): blanked in the log too. */
  | { readonly kind: 'blank-words'; readonly words: readonly string[] }
  | {
      readonly kind: 'alert';
      readonly what: 'emergency';
      readonly text: string;
      /** Which danger: `gas`, `abuse` … */
      readonly danger: string;
      /** Somebody is at the desk now. */
      readonly attended: boolean;
      /** The resident must not be called or texted: whoever hurts them may see it. */
      readonly quiet: boolean;
      /** The same danger again, a moment later: the desk sees it, the duty contact has been told. */
      readonly again: boolean;
    };
