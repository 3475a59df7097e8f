/**
 * A council service as data.
 *
 * A definition holds no wording and no text keys. Keys follow from names; `textKeys(service)` lists them, and the boot check
 * compares that list with every `locales/<lang>/<service>.json`:
 *
 *   title                      what is done, in the form "report a missed bin" (used in "you were about to {title}")
 *   <slot>.ask                 the question             <slot>.name   its name in a list: "the address"
 *   <slot>.<choice>            label of a choice        <slot>.<choice>.also  (optional) list of other words for it
 *                                                       <slot>.<choice>.asked (optional) words for it only where it is asked
 *   <slot>.option, <slot>.none label of a `pick` option (with its params), and of "none of these"
 *   <slot>.reject.<reason>     why an answer is refused (`rejectIf`)
 *   <slot>.invalid             why a `pattern` is not one
 *   stop.<reason>              why there is nothing to submit (`stopIf`)
 *   reminder                   what is said when an offered reminder falls due
 *   summary                    read back before submitting (unless `summary: false`)
 *   done.<ending>              what is said at the end
 *   followUp                   what is asked when the next step falls due (`followUp`)
 *   neverTaken                 why a number in the message was not kept (`neverTakes`)
 * Parts of an ending, for nested texts (`{ text: '<service>:done.<ending>.<part>', params }`), stand under its key.
 * Word lists: `words.<list>`, by which rules read free words (`context.names`).
 * Optional: `offer.change.<slot>` (the button to change an answer, where it is offered), `<slot>.<choice>.noted` (how a choice is read back within a sentence; else its label), `offer.anyway` (else common's),
 * `<slot>.again` (the rephrase; else one of `common` by the slot's kind), `<slot>.why` (answer to "why do you ask?"),
 * and `<any key>.sms` (said on text messages instead).
 *
 * Parameters of every text: each answered slot by its name, as a resident reads it (a choice's label, an address line, a date);
 * `<slot>Id`, the raw value of a choice, for `{streamId, select, …}`; the string `none` for both where there is no answer; what
 * `params` gives; and what the text's own rule gives. `done.*` also get `{reference}` when a case was opened or followed.
 */
import type { Content } from './content';
import type {
  Cases,
  Collections,
  Disclosures,
  Effect,
  EpochMs,
  Gazetteer,
  Handoff,
  Json,
  Language,
  Params,
  Position,
  Raise,
  Zones,
} from './ports';
import type { Settings } from './settings';
import type { AnswerOf, Slot } from './slots';

export { serviceContent } from './content';
export * from './slots';

/** What fact functions may ask. A port that throws `Unavailable` makes the fact unavailable. */
export interface FactPorts {
  readonly gazetteer: Gazetteer;
  readonly collections: Collections;
  readonly cases: Cases;
  readonly handoff: Handoff;
  readonly zones: Zones;
  readonly disclosures: Disclosures;
  readonly settings: Settings;
  readonly now: EpochMs;
  /** The resident's own number, where the channel knows it. */
  readonly phone?: string;
}

/** What rules may know besides answers and facts. */
export interface RuleContext {
  readonly now: EpochMs;
  readonly settings: Settings;
  readonly channel: string;
  readonly language: Language;
  /** The system behind this fact did not answer. */
  readonly unavailable: (fact: string) => boolean;
  /** Those of the service's words `words.<list>` (in the resident's language and in English) that some words name; see `wordLists.ts`. */
  readonly names: (list: string, said: string) => readonly string[];
  /** The resident chose "report it anyway" at this stop. */
  readonly overridden: (stop: string) => boolean;
}

/** What can be offered at a stop, each with its own text `common:offer.<name>`. */
type Offer<SlotName extends string = string> =
  /** A person looks again; everything said is kept. */
  | 'person'
  /** Join the open case that `follow` names. */
  | 'follow'
  /** Write when `remindAt` has come. */
  | 'reminder'
  /** Take the report all the same; rules see it as `overridden`. */
  | 'anyway'
  /** Give another answer. */
  | `change:${SlotName}`
  /** Go to another service, with the answers both know by the same name. */
  | `service:${string}`;

/** A function of answers and facts by name. It is run once all that it names is known, and not at all when one is unavailable. */
export type Rule<V, T> = (known: V, context: RuleContext) => T;
/** The text's parameters (the evidence) where the rule applies, else false or undefined. */
export type Finding = Params | false | undefined;

/** Why an answer is refused. `mayStay`: said once, then the resident may leave the answer as it is. */
type Rejection<V> = Rule<V, Finding> | { readonly when: Rule<V, Finding>; readonly mayStay: true };

interface Stop<V, SlotName extends string> {
  readonly when: Rule<V, Finding>;
  readonly offers?: readonly Offer<SlotName>[] | Rule<V, readonly Offer<SlotName>[]>;
  /** The reference of the case to join, for the offer `follow`. */
  readonly follow?: Rule<V, string | undefined>;
  /** For the offer `reminder`. */
  readonly remindAt?: Rule<V, EpochMs>;
}

/** How a form ends. `open` makes a case, `follow` joins one; neither: an answer was all. */
export interface Outcome<E extends string> {
  readonly ending: E;
  readonly params?: Params;
  readonly open?: {
    readonly place?: string;
    readonly position?: Position;
    readonly dueAt?: EpochMs;
    /** Kept as evidence with the case. */
    readonly facts?: { readonly [fact: string]: Json };
  };
  readonly follow?: string;
  /** With `follow`. */
  readonly raise?: Raise;
  readonly effects?: readonly Effect[];
  /** Offered after the ending: a person, another service, another answer. */
  readonly offers?: readonly Offer[];
  /** Answers for the service that is offered, by the names of its slots. */
  readonly carry?: { readonly [slot: string]: Json };
}

export interface PickOption {
  readonly value: string;
  readonly params: Params;
  /** Of a pick `byName`: words that mean it. */
  readonly names?: readonly string[];
}

type SlotMap = { readonly [name: string]: Slot<never> };
type AnyAnswer<S> = { readonly [K in keyof S]: AnswerOf<S[K]> };
type View<S, F> = AnyAnswer<S> & { readonly [K in keyof F]: F[K] };

export interface Definition<S, F, E extends string> {
  /** Stem of the file, the intent and the wording. */
  readonly id: string;
  /** The first two letters of its references. */
  readonly letters: string;
  /** What it needs of the council's settings beside what all services share: `services.<id>` there. */
  readonly content?: Content<never> | Content<{ readonly [key: string]: unknown }>;
  /** Asked in this order. */
  readonly slots: S;
  /** Looked up once all the answers it names are known; fetched anew on resume and before submitting. */
  readonly facts?: { readonly [K in keyof F]: (answers: AnyAnswer<S>, ports: FactPorts) => Promise<F[K]> | F[K] };
  /** The choice of which a message may name several: each becomes a form of its own, one after the other. */
  readonly oneEach?: keyof S & string;
  /** What a message may hold that the service never takes (an account number): blanked before the form reads or keeps it; `neverTaken` is said. Global. */
  readonly neverTakes?: RegExp;
  /** The text slot that the first message answers, where it says enough for that. */
  readonly opening?: {
    readonly slot: keyof S & string;
    readonly saysEnough: (words: string, context: Pick<RuleContext, 'settings' | 'language' | 'names'>) => boolean;
    /** False: rules look into the words of a question, and nothing of it is read back. Default true. */
    readonly readBack?: false;
  };
  /** An answer to the one takes back the other: the same thing, asked after in two ways. */
  readonly insteadOf?: { readonly [K in keyof S]?: keyof S & string };
  /** Asked only where the rule says so. */
  readonly askIf?: { readonly [K in keyof S]?: Rule<View<S, F>, boolean> };
  /** What a `pick` slot offers; at most 5 are shown. */
  readonly options?: { readonly [K in keyof S]?: Rule<View<S, F>, readonly PickOption[]> };
  /** Refuses an answer and asks again. */
  readonly rejectIf?: { readonly [K in keyof S]?: { readonly [reason: string]: Rejection<View<S, F>> } };
  /** After so many refused answers in a row a person takes over. */
  readonly tries?: { readonly [K in keyof S]?: number };
  /** First one that applies, in this order, as soon as all it names is known. */
  readonly stopIf?: { readonly [reason: string]: Stop<View<S, F>, keyof S & string> };
  /** Parameters for every text of the service. */
  readonly params?: Rule<Partial<View<S, F>>, Params>;
  /** False (always, or by rule): nothing to confirm, the answers lead straight to the ending. Default true. */
  readonly summary?: boolean | Rule<Partial<View<S, F>>, boolean>;
  /** Parts that make a second report of the same thing; unique among open cases of the service. */
  readonly dedupeKey?: Rule<View<S, F>, readonly string[]>;
  /**
   * The key is a place that only one can have (a booking), no report to join: where two come at once, the commit refuses the second,
   * whose turn runs again on fresh facts.
   */
  readonly isExclusive?: true;
  /** Names of the endings: each has a text `done.<ending>`. */
  readonly endings: readonly E[];
  readonly submit: Rule<View<S, F>, Outcome<NoInfer<E>>>;
  /** `after`: updates are offered once the reference is told. `no`: never (or the service asks itself). Default `after`. */
  readonly contact?: 'after' | 'no';
  /**
   * When the next step of an opened case falls due: then, if it is still open, the resident is asked (`followUp`), and a yes begins
   * the service anew with these answers.
   */
  readonly followUp?: Rule<
    View<S, F>,
    | {
        readonly at: EpochMs;
        readonly answers: { readonly [K in keyof S]?: Json };
        /** The slot that takes the case's reference. */
        readonly reference?: keyof S & string;
      }
    | undefined
  >;
  /** Hours an unfinished form is kept. Default 24. */
  readonly draftHours?: number;
  /** A form left with these slots answered is submitted by itself (a valid FOI request is one, finished or not). */
  readonly submitOnLeave?: readonly (keyof S & string)[];
}

/** A definition as the engine sees it: names are strings, what rules read is looked up at run time. */
export type Service = Definition<
  { readonly [name: string]: Slot<unknown> },
  { readonly [fact: string]: unknown },
  string
>;

/**
 * Checks a service at compile time (names of slots, choices, facts and endings) and hands it to the engine.
 * @throws Error when `letters` are not two capital letters
 */
export function defineService<
  const S extends { readonly [name: string]: SlotMap[string] | Slot<unknown> },
  F = unknown,
  const E extends string = string,
>(definition: Definition<S, F, E>): Service {
  if (!/^[A-Z]{2}$/.test(definition.letters)) throw new Error(`${definition.id}: letters must be two capitals`);
  return definition as unknown as Service;
}

/** The key under which an open case is found again: what `dedupeKey` names, and the service. */
export function dedupeKeyOf(service: string, ...parts: readonly string[]): string {
  return [service, ...parts].join('|');
}
