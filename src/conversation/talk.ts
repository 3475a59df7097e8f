import type { Offered } from './choosing';
import type { Danger } from './commands';
import type { Answer, Form } from './form';
import type { EpochMs, Json, Say, Understanding } from './ports';

/** Something else that a message asked for, to be taken up when the present form is over. */
interface Want {
  readonly service: string;
  readonly understanding: Understanding;
  /** The same service once more, for another value of this slot. */
  readonly slot?: string;
  /** What the form before it has answered already. */
  readonly answers?: { readonly [slot: string]: Answer };
}

/** What residents can rate: how a report went, how a talk with a person went. */
export const RATED = ['case', 'handoff'] as const;
export type Rated = (typeof RATED)[number];

/** What the assistant remembers of a conversation between two turns, besides the forms on the dialog stack. */
export interface Talk {
  readonly greeted: boolean;
  /** The choices of the last message. */
  readonly offered: readonly Offered[];
  /** The last message was a question that "yes" and "no" answer, for the assistant and not for a form. */
  readonly yesNo: boolean;
  /** For "repeat". */
  readonly last: readonly Say[];
  /** What a service begins with, should the resident choose one of those offered. */
  readonly pending?: { readonly understanding?: Understanding; readonly answers?: { readonly [slot: string]: Answer } };
  /** Further wants of earlier messages, in order. */
  readonly also?: readonly Want[];
  /** The case of the last finished form: what "how is it going?" is about. */
  readonly reference?: string;
  /** What earlier forms were told, by kind of slot: the last address, the last place. */
  readonly told?: { readonly [kind: string]: Json };
  /** An unfinished form that the resident asked to keep. */
  readonly draft?: Form;
  /** The danger that was answered last: what follows is no new one, and no answer to a form, until the resident goes on. */
  readonly danger?: { readonly kind: Danger; readonly at: EpochMs };
  /**
   * Since when nothing must give this conversation away: somebody near may see it. Nothing comes unasked then, and no call or text is
   * offered.
   */
  readonly quietSince?: EpochMs;
  /** There was danger: nobody asks then how it went, and leaving does not give up a place in the queue. */
  readonly hadDanger?: true;
  /** What the resident was asked to rate. */
  readonly rated?: readonly Rated[];
  /** Misunderstandings in a row, outside a form. */
  readonly misses: number;
  /** The last thing they asked for, in their words: the ask of a handoff. */
  readonly ask: string;
}

export const NEW_TALK: Talk = { greeted: false, offered: [], yesNo: false, last: [], misses: 0, ask: '' };

/** Values of choices that the assistant itself acts on; those of forms never begin so. */
export const ACTION = {
  service: (id: string) => `do:service:${id}`,
  language: (code: string) => `do:language:${code}`,
  menu: (from: number) => `do:menu:${from}`,
  also: 'do:also',
  draft: 'do:draft',
  callback: 'do:callback',
  message: 'do:message',
  keepWaiting: 'do:keep-waiting',
  cancelHandoff: 'do:cancel-handoff',
  emergencyAgent: 'do:emergency-agent',
  nothing: 'do:nothing',
  somethingElse: 'do:something-else',
  agent: 'cmd:agent',
} as const;
