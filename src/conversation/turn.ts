import type { EpochMs, Json, Language } from './ports';

/**
 * What the turn engine and the bot leave for each other in Bot Framework's `context.turnState`. The bot never writes to
 * storage: it sends activities, changes BotState and pushes effects; the engine commits all of it at once or nothing.
 */

/** Key of the `TurnFacts` the engine puts there before the bot runs. */
export const TURN = 'wandle.turn';
/** Key of the `Effect[]` the bot pushes to. */
export const EFFECTS = 'wandle.effects';

export interface TurnFacts {
  readonly conversationId: string;
  readonly channel: string;
  /** The moment of this turn: fixed, so that a turn that is run again sees a new one but never two. */
  readonly now: EpochMs;
  readonly language: Language | undefined;
  /** The resident chose it; detection no longer changes it. */
  readonly languageExplicit: boolean;
  /** `bot`, or `queued`: the resident waits for a person. (While an agent holds the conversation the bot is not run.) */
  readonly hold: 'bot' | 'queued';
  /** A new case reference for a service's two letters, checked to be unused: `MB-7K2-PQ4`. */
  readonly newReference: (letters: string) => string;
}

/** A channel of text messages: no buttons, little room, and a price for each. */
export const isText = (channel: string): boolean => channel === 'sms' || channel === 'whatsapp';

/** The timer by which a resident in the queue is looked after, and how long until the next look; its value is `{ missed }`. */
export const QUEUE_WATCH = { name: 'queue', everyMs: 60_000 } as const;

/**
 * Events that reach the bot as activities of type `event`, by `name`:
 * `timer`, value `{ name, value }`; `handoff.status`, value `{ state: 'completed', outcome }` when a person has given the conversation back.
 */
export interface TimerValue {
  readonly name: string;
  readonly value: Json;
}
