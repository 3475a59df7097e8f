import type { AddressQuery, Effect, EpochMs, Json, Language, Position, Say, TextKey, Understanding } from './ports';
import type { Settings } from './settings';

/** One form as data: everything the engine needs to go on after a restart. */

/** A validated answer, with the words it came from. `value` is null where the slot was skipped. */
export interface Answer {
  readonly value: Json;
  readonly words: string;
  /** `verified`: found in the council's records; `assumed`: never said, taken by default. */
  readonly source: 'said' | 'verified' | 'assumed';
}

export interface Refused {
  readonly slot: string;
  readonly times: number;
  /** What was said about it: it is not said twice in a row. */
  readonly say: Say;
  /** The answer and the reason's name, where the resident may leave it so. */
  readonly mayStay?: { readonly answer: Answer; readonly reason: string };
}

/** What a fact function returned, and for which answers: good while those answers stay the same. */
export interface FactEntry {
  readonly name: string;
  readonly reads: { readonly [slot: string]: Json };
  readonly result:
    | { readonly value: Json }
    | { readonly unavailable: true }
    /** It reads an answer that is not there yet. */
    | { readonly awaits: string };
}

type Phase =
  | { readonly at: 'asking'; readonly slot: string }
  | { readonly at: 'summary' }
  /** "What would you like to change?" */
  | { readonly at: 'changing' }
  /** `follow`: the open case that the offer of that name joins, where no rule of the service says it. */
  | { readonly at: 'stopped'; readonly reason: string; readonly offers: readonly string[]; readonly follow?: string }
  /** "Shall I keep what you have told me?" */
  | { readonly at: 'leaving' }
  /** "You were reporting …: go on?" */
  /** `said`: an answer that came after the silence, to be read once the resident wants to go on. */
  | { readonly at: 'resuming'; readonly said?: Said }
  /** Submitted; further steps are offered. */
  | { readonly at: 'offered'; readonly offers: readonly string[] }
  /** Submitted; updates are offered. */
  | { readonly at: 'contact' }
  | { readonly at: 'done' };

export interface Form {
  readonly service: string;
  readonly phase: Phase;
  readonly answers: { readonly [slot: string]: Answer };
  /** Slots in the order in which their questions were answered: the way back. */
  readonly order: readonly string[];
  /** What is known of a slot that is not yet decided: an address without its number. */
  readonly partials: { readonly [slot: string]: Json };
  readonly facts: readonly FactEntry[];
  readonly overrides: readonly string[];
  /** Misunderstandings in a row. */
  readonly misses: number;
  /** The answer that was refused last, and how often in a row. */
  readonly refused?: Refused;
  /** The first message, in the resident's words. */
  readonly ask: string;
  readonly reference?: string;
  readonly lastAt: EpochMs;
}

/** Something the engine must know before it can go on. */
export type Need =
  | { readonly need: 'fact'; readonly name: string }
  | { readonly need: 'postcode'; readonly postcode: string }
  | { readonly need: 'addresses'; readonly query: AddressQuery }
  | { readonly need: 'address'; readonly uprn: string }
  | { readonly need: 'streets'; readonly name: string; readonly near?: Position }
  | { readonly need: 'streets-near'; readonly position: Position; readonly metres?: number }
  | { readonly need: 'landmarks'; readonly words: string; readonly near?: Position }
  | { readonly need: 'postcode-near'; readonly position: Position }
  /** An open case of the same thing. */
  | { readonly need: 'open-case'; readonly key: string }
  | { readonly need: 'reference'; readonly letters: string };

/** Everything the engine may know in one turn, besides the form. */
export interface Known {
  readonly now: EpochMs;
  readonly channel: string;
  readonly language: Language;
  readonly settings: Settings;
  /** Answers to needs, by `JSON.stringify(need)`; of facts, see `Form.facts`. */
  readonly found: { readonly [need: string]: Json };
  readonly facts: readonly FactEntry[];
  /** The resident's own number, where the channel knows it. */
  readonly phone?: string;
  /** Nothing may be said or sent later, by itself: no updates and no reminders are offered. */
  readonly quiet?: boolean;
  readonly has: (key: TextKey) => boolean;
  /** A word list of the resident's language, and the English one. */
  readonly words?: (key: TextKey) => readonly string[];
  /** Where on a street some words say that something is. */
  readonly landmarkIn?: (words: string) => string | undefined;
  /** Whether words that name two streets mean where they meet. */
  readonly isJunction?: (words: string) => boolean;
  /** Whether words mean the place given before: "same as last time". */
  readonly isSame?: (words: string) => boolean;
  /** What earlier forms of the conversation were told, by kind of slot: an address, a place. */
  readonly before?: { readonly [kind: string]: Json };
}

export type Command =
  | 'yes'
  | 'no'
  | 'back'
  | 'skip'
  | 'repeat'
  | 'help'
  | 'start-over'
  | 'stop'
  | 'change'
  | 'dont-know'
  | 'agent'
  | 'menu'
  | 'language'
  | 'go-on';

export type FormInput =
  | {
      readonly kind: 'begin';
      readonly understanding?: Understanding;
      readonly answers?: { readonly [slot: string]: Answer };
    }
  | {
      readonly kind: 'say';
      readonly understanding: Understanding;
      /** Value of the offered choice that was taken, by button, number, ordinal or words. */
      readonly chosen?: string;
      readonly command?: Command;
      /** With `change`: the slot that was named. */
      readonly slot?: string;
      /** The words begin with "no" or "actually": what follows replaces what was understood. */
      readonly correcting?: boolean;
      readonly position?: Position;
      /** Id of a stored picture. */
      readonly photo?: string;
    }
  /** Nothing could read it: rephrase, then offer a person. */
  | { readonly kind: 'misread' }
  /** Back from a digression, or from a person. */
  | { readonly kind: 'again'; readonly unannounced?: boolean }
  /** After hours of silence, or from a draft; `agreed`: the resident has just said to go on. */
  | { readonly kind: 'resume'; readonly agreed?: true; readonly said?: Said }
  /** Silence since everything was there that the law needs: it counts as sent when it was last written on. */
  | { readonly kind: 'left' };

/** What a resident says to a form. */
export type Said = Extract<FormInput, { readonly kind: 'say' }>;

export type Done =
  | { readonly how: 'submitted' | 'kept' | 'dropped' | 'stopped' }
  /** A person is to look at it. */
  | { readonly how: 'person'; readonly reason: string }
  | { readonly how: 'service'; readonly service: string; readonly answers: { readonly [slot: string]: Answer } };

export type Step =
  /** `during`: the form whose answers a needed fact is for. */
  | { readonly needs: readonly Need[]; readonly during: Form }
  /** The message is no answer to what was asked: nothing has changed. */
  | { readonly unread: true }
  | { readonly state: Form; readonly says: readonly Say[]; readonly effects: readonly Effect[]; readonly done?: Done };

/** A step under way: the form so far, what is to be said, what is to happen. */
export interface Progress {
  readonly form: Form;
  readonly says: readonly Say[];
  readonly effects: readonly Effect[];
  readonly done?: Done;
}

export const quiet = (form: Form): Progress => ({ form, says: [], effects: [] });
export const saying = (progress: Progress, ...says: readonly Say[]): Progress => ({
  ...progress,
  says: [...progress.says, ...says],
});

/** Suspends the engine until the shell has found something out: `advance` turns it into `{ needs }`. Never leaves this folder. */
export class Wanted extends Error {
  override readonly name = 'Wanted';
  readonly need: Need;
  readonly during: Form | undefined;
  constructor(need: Need, during?: Form) {
    super(JSON.stringify(need));
    this.need = need;
    this.during = during;
  }
}

/** What the shell found for a need; undefined where the system behind it did not answer. */
export function look(known: Known, need: Need): Json | undefined {
  const found = known.found[JSON.stringify(need)];
  if (found === undefined) throw new Wanted(need);
  const missing = typeof found === 'object' && found !== null && 'unavailable' in found;
  return missing ? undefined : found;
}
