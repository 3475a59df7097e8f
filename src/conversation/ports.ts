/**
 * What the conversation engine asks of the outside world, and what it hands back to it.
 *
 * Everything here is plain, serialisable data or an interface; nothing here imports any other folder of `src`.
 */

/** BCP 47 tag of a language the council speaks: `en`, `pl`, `ur-Latn`. */
export type Language = string;
/** A calendar day in Europe/London, `YYYY-MM-DD`. */
export type IsoDate = string;
/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;
/** WGS 84, degrees. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}
/** Anything that survives `JSON.stringify` and back unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

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
  /** Other services the same message asks for, in the order of their sentences (never the best intent itself). */
  readonly alsoWants: readonly string[];
  readonly entities: readonly Entity[];
}

/** Words that name a choice: built from the locales' `<slot>.<choice>` labels and `<slot>.<choice>.also` word lists. */
export interface LexiconEntry {
  readonly slot: string;
  readonly value: string;
  readonly phrases: readonly string[];
  /** Words that name it only where its question is asked (`.asked`): "cars", "children". Not for recognising. */
  readonly asked?: readonly string[];
}

export interface Recogniser {
  /** @param hint the language the conversation is in, if settled; `now` is what relative dates count from. */
  recognise(text: string, hint: { readonly language?: Language; readonly now: EpochMs }): Understanding;
}

// ----------------------------------------------------------------- Gazetteer

export interface Address {
  readonly uprn: string;
  /** "10 Sample Road", "Flat 3, The Limes, Sample Road": no postcode. */
  readonly line: string;
  /** House number or name: `10`, `14a`, `The Limes`. */
  readonly number: string;
  readonly flat?: string;
  readonly street: string;
  readonly postcode: string;
  readonly ward: string;
  readonly position: Position;
  readonly kind: 'house' | 'flat' | 'above-shop' | 'commercial';
  /** Flats that share bins: the id of their shared store. */
  readonly sharedStore?: string;
  /** Controlled parking zone, if the address is in one. */
  readonly zone?: string;
}

export interface Street {
  readonly id: string;
  readonly name: string;
  /** Tells two streets of one name apart: outward code or district. */
  readonly locality: string;
  readonly position: Position;
  /** Who looks after the carriageway. */
  readonly owner: RoadOwner;
}

/** `council`; `tfl`: red route, Transport for London; `private`: not adopted; `park`: land of another body, named in `body`. */
export interface RoadOwner {
  readonly kind: 'council' | 'tfl' | 'private' | 'park';
  readonly body?: string;
}

export type PostcodeAnswer =
  | { readonly in: 'borough'; readonly postcode: string; readonly position: Position; readonly ward: string }
  /** A real postcode shape that is not one of the council's; `authority` where known. */
  | { readonly in: 'elsewhere'; readonly postcode: string; readonly authority?: string };

export interface AddressQuery {
  readonly postcode?: string;
  readonly street?: string;
  /** House number or name. */
  readonly number?: string;
  readonly flat?: string;
  /** The resident's words, matched against lines when the parts above do not decide. */
  readonly words?: string;
}

export interface StreetMatch {
  readonly street: Street;
  /** 0…1; 1 is the exact name. */
  readonly score: number;
  /** Metres from `near`, where given. */
  readonly metres?: number;
}

export interface Gazetteer {
  postcode(postcode: string): Promise<PostcodeAnswer>;
  /** Every address that fits all the parts given, in order of number; at most `limit` (default 100). */
  findAddresses(query: AddressQuery, limit?: number): Promise<readonly Address[]>;
  address(uprn: string): Promise<Address | undefined>;
  /** Streets by (perhaps misspelt) name, best first; nearer ones first among equals when `near` is given. */
  findStreets(query: {
    readonly name: string;
    readonly near?: Position;
    readonly limit?: number;
  }): Promise<readonly StreetMatch[]>;
  /** Streets within `metres`, nearest first. */
  streetsNear(position: Position, metres: number): Promise<readonly StreetMatch[]>;
  /** Who owns the land or road at a position, given the street if known. */
  ownerAt(position: Position, streetId?: string): Promise<RoadOwner>;
  /** All street names, for the recogniser. */
  streetNames(): Promise<readonly string[]>;
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

// ------------------------------------------------------------- What is said

/** A text of `locales/`, by `<file stem>:<key>`: `missed-bin:address.ask`, `common:help`. */
export type TextKey = `${string}:${string}`;

/** Values for a text's placeholders. Dates and nested labels are formatted in the resident's language by Render. */
export type Param =
  | string
  | number
  | boolean
  | { readonly date: IsoDate } // "Tuesday 24 November"
  | { readonly moment: EpochMs } // "18:05 on Tuesday 24 November"
  | { readonly time: EpochMs } // "18:05"
  | { readonly label: TextKey; readonly inline?: boolean } // a nested text; `inline`: within a sentence, so not capitalised
  | { readonly quote: string } // the resident's words, in the language's quotation marks
  | { readonly list: readonly Param[] }; // "a, b and c"
export type Params = { readonly [name: string]: Param };

export interface ChoiceSaid {
  /** What comes back when it is chosen: a choice id, `yes`, a uprn. */
  readonly value: string;
  /** A label's text key, alone or with parameters, or words as they are (an address line). */
  readonly label: TextKey | { readonly text: TextKey; readonly params: Params } | { readonly words: string };
}

/** One message to the resident, before wording. */
export interface Say {
  readonly text: TextKey;
  readonly params?: Params;
  readonly choices?: readonly ChoiceSaid[];
}

export interface Rendered {
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

export interface Render {
  readonly languages: readonly Language[];
  /** @param now dates more than half a year from it are told with their year */
  say(say: Say, language: Language, now?: EpochMs): Rendered;
  has(key: TextKey, language: Language): boolean;
  /** Words for the recogniser's lexicon: every `<slot>.<choice>` label and its `.also` list of a language. */
  lexicon(language: Language): readonly LexiconEntry[];
}

// ------------------------------------------------------------------ Effects

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
  | { readonly kind: 'follow-case'; readonly reference: string; readonly answers: { readonly [slot: string]: Json } }
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
  | { readonly kind: 'set-language'; readonly language: Language; readonly explicit: boolean }
  | { readonly kind: 'note-misunderstood'; readonly text: string }
  | { readonly kind: 'alert'; readonly what: 'emergency'; readonly text: string };
