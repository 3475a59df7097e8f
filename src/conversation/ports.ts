import type { EpochMs, IsoDate, Json, Language, Position } from './values';

export type * from './disclosures';
export type * from './effects';
export type * from './gazetteer';
export type * from './saying';
export type * from './values';
export type * from './zones';

/**
 * What the conversation engine asks of the outside world, and what it hands back to it.
 *
 * Everything here is plain, serialisable data or an interface; nothing here imports any other folder of `src`.
 */

export interface Clock {
  /** The present moment. Tests hand in their own. */
  now(): EpochMs;
}

/** A port's system did not answer. A fact that depends on it becomes `{ unavailable: true }`; the form goes on without. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

// ---------------------------------------------------------------- Recogniser

type Band = 'act' | 'ask' | 'none';

/** A value recognised in the resident's words. `start`/`end` are offsets into `Understanding.text`. */
export interface Entity {
  readonly kind:
    | 'postcode' // value `WB1 2AB`
    | 'house-number' // value `14`, `14a`
    | 'flat' // value `flat 3`
    | 'street' // value: the street's name as the gazetteer spells it
    | 'unknown-street' // value: what reads as the name of a street that the gazetteer does not have
    | 'date' // value IsoDate, read as past unless the words say otherwise
    | 'phone' // value E.164
    | 'email' // value lower-cased
    | 'plate' // value without spaces, upper case
    | 'pcn' // value upper case
    | 'reference' // value `MB-7K2-PQ4`
    | 'number' // value decimal digits
    | 'ordinal' // value `2` for "the second", `-1` for "the last"
    | 'choice'; // value: the choice's id; `slot` says of which slot
  readonly value: string;
  /** The resident's own words. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** For `choice`: the slot whose choice was named, `stream`. */
  readonly slot?: string;
}

/** What the recogniser made of one message. */
export interface Understanding {
  /** The message: NFKC, trimmed, inner white space folded. Never lower-cased: it is what gets stored as the resident's words. */
  readonly text: string;
  readonly language: { readonly code: Language; readonly confidence: number };
  /** The best three labels of `intents/`, best first, with probabilities in 0…1. */
  readonly intents: readonly { readonly intent: string; readonly confidence: number }[];
  /** What the best score is good for: act on it, ask "did you mean", or say so and offer a person. */
  readonly band: Band;
  /** Danger to life or property, by a detector of its own, tuned for recall. */
  readonly emergency: boolean;
  /** Which dangers its words are signs of: `gas`, `abuse` …; none where they do not say. */
  readonly dangers?: readonly string[];
  /** Other services the same message asks for, in the order of their sentences (never the best intent itself). */
  readonly alsoWants: readonly string[];
  readonly entities: readonly Entity[];
  /** Shared with the message, or in a map link pasted into it: not the recogniser's. */
  readonly position?: Position;
}

export interface Recogniser {
  /** @param hint the language the conversation is in, if settled; `now` is what relative dates count from. */
  recognise(text: string, hint: { readonly language?: Language; readonly now: EpochMs }): Understanding;
}

// --------------------------------------------------------------- Collections

export const STREAMS = ['refuse', 'mixed-recycling', 'paper-card', 'food', 'garden'] as const;
export type Stream = (typeof STREAMS)[number];

export const EXCEPTIONS = [
  'not-presented',
  'contaminated',
  'gate-locked',
  'parked-vehicle',
  'road-works',
  'too-heavy',
  'damaged',
] as const;
export type CrewException = (typeof EXCEPTIONS)[number];

/** One collection day of one stream at one address, as the rounds system knows it. */
export interface Round {
  readonly stream: Stream;
  /** The day it is really done (after any holiday shift). */
  readonly date: IsoDate;
  /** The usual day, when a holiday moved it. */
  readonly movedFrom?: IsoDate;
  /** The crew logged the round as finished. */
  readonly finishedAt?: EpochMs;
  /** What the crew recorded at this address. */
  readonly exception?: { readonly code: CrewException; readonly at: EpochMs };
}

export interface Collections {
  /** What is collected at the address; empty where there are no domestic rounds. */
  streamsAt(uprn: string): Promise<readonly Stream[]>;
  /** The latest round on or before the day of `at`. */
  lastRound(uprn: string, stream: Stream, at: EpochMs): Promise<Round | undefined>;
  /** The first round after the day of `at`. */
  nextRound(uprn: string, stream: Stream, at: EpochMs): Promise<Round | undefined>;
  /** Rounds of all streams from a day on, in order. */
  calendar(uprn: string, from: IsoDate, days: number): Promise<readonly Round[]>;
  /** Address of the calendar file (`.ics`) that keeps itself up to date, where there is one. */
  calendarLink(uprn: string): string | undefined;
}

// --------------------------------------------------------------------- Cases

export interface CaseSummary {
  /** `MB-7K2-PQ4` */
  readonly reference: string;
  readonly service: string;
  readonly status: 'open' | 'closed';
  readonly openedAt: EpochMs;
  readonly answers: { readonly [slot: string]: Json };
  readonly position?: Position;
  readonly followers: number;
  /** When the next step was aimed at. */
  readonly dueAt?: EpochMs;
  readonly note?: string;
}

export interface Cases {
  openWithKey(dedupeKey: string): Promise<CaseSummary | undefined>;
  /** Open cases of a service within `metres`, nearest first, with their distance. */
  openNear(
    service: string,
    position: Position,
    metres: number,
  ): Promise<readonly (CaseSummary & { readonly metres: number })[]>;
  /** Cases of a service at a place (uprn, shared store or street id) opened at or after `since`. */
  countAt(service: string, place: string, since: EpochMs): Promise<number>;
  /** Open cases whose dedupe key begins with these parts: bookings of a day. */
  countOpen(service: string, ...parts: readonly string[]): Promise<number>;
  /** Whether a case is still open; nothing else of it is told. */
  isOpen(reference: string): Promise<boolean>;
  /** Status needs the reference and one detail given when it was made (postcode, phone or e-mail); else undefined. */
  status(reference: string, detail: string): Promise<CaseSummary | undefined>;
}

// ------------------------------------------------------------------- Handoff

export interface Handoff {
  /** Whether a person can be had now, and how long it may take. */
  availability(
    at: EpochMs,
    language: Language,
  ): Promise<{
    readonly open: boolean;
    readonly agentsOn: number;
    readonly waiting: number;
    /** Honest range in minutes, where there is anything to estimate from. */
    readonly waitMinutes?: readonly [number, number];
    /** When people are next there, if `open` is false. */
    readonly opensAt?: EpochMs;
  }>;
}
