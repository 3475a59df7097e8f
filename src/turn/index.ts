import type { Activity } from 'botbuilder';
import type { Effect, EpochMs, Json } from '../conversation/ports';

/** The turn engine's public face: all that channels may know of it. */

/** Where an inbound activity belongs. */
type ConversationRef =
  | { readonly id: string }
  /** Found, or opened, by the resident's address on the channel. */
  | { readonly address: string; readonly resident: string; readonly push: boolean };

export interface InboundActivity {
  readonly channel: string;
  readonly conversation: ConversationRef;
  /** The channel's own id of this message; the second one of the same id changes nothing. */
  readonly messageId: string;
  readonly activity: Partial<Activity> & { readonly type: string };
  /** False for what readers must not see (conversationUpdate). Default true. */
  readonly logged?: boolean;
  /** The resident opts out of (or into) messages on a push channel with it: stored in the same transaction, so a repeat changes nothing. */
  readonly optedOut?: boolean;
  /** The resident ends the conversation with it, stored in the same transaction: nobody can go on with it. */
  readonly ends?: boolean;
}

export interface AcceptedActivity {
  readonly duplicate: boolean;
  readonly conversationId: string;
  /** Null where it is not logged. */
  readonly activityId: string | null;
  readonly seq: number | null;
}

export interface Inlet {
  /** Opens a conversation for a channel whose ids are made here (Direct Line). */
  open(conversation: {
    readonly id: string;
    readonly channel: string;
    readonly resident: string;
    readonly language?: string;
  }): Promise<void>;
  /** Stores the activity: when this resolves it is safe, and the turn will be run. Acknowledge the channel after it, not before. */
  accept(inbound: InboundActivity): Promise<AcceptedActivity>;
  /** Live only, never stored: somebody types. */
  typing(conversationId: string, from: 'resident' | 'agent' | 'bot'): void;
}

/** One row of the log as a resident may see it. */
export interface LoggedActivity {
  readonly seq: number;
  readonly at: number;
  readonly role: 'resident' | 'bot' | 'agent' | 'system';
  /** Activity id is `activity.id`. Erased ones have no text. */
  readonly activity: Partial<Activity> & { readonly id: string; readonly type: string };
}

export interface ConversationFacts {
  readonly id: string;
  readonly channel: string;
  readonly resident: string;
  readonly address: string | null;
  readonly lastSeq: number;
  readonly language: string | null;
  readonly optedOut: boolean;
  /** The resident has ended it: the channel takes nothing more. */
  readonly ended: boolean;
}

export interface LogReader {
  conversation(id: string): Promise<ConversationFacts | undefined>;
  /** The conversation of a resident's address on a channel, if there is one. */
  byAddress(channel: string, address: string): Promise<ConversationFacts | undefined>;
  read(
    conversationId: string,
    range: { readonly after: number; readonly limit: number },
  ): Promise<readonly LoggedActivity[]>;
  /** Called (with no data) whenever there may be something new; typing comes with who types. */
  watch(conversationId: string, listener: (typing?: 'resident' | 'agent' | 'bot') => void): () => void;
}

/** How one attempt to deliver ended. `accepted`: the provider has it; a receipt may follow. */
export type Delivery =
  | { readonly result: 'accepted'; readonly providerId: string }
  | { readonly result: 'delivered'; readonly providerId?: string }
  | { readonly result: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** Perhaps sent, never known: not sent again, shown on the desk. */
  | { readonly result: 'maybe'; readonly reason: string }
  | { readonly result: 'dead'; readonly reason: string };

export interface OutboundMessage {
  /** The outbox row: put it in the provider's callback URL. */
  readonly outboxId: string;
  readonly conversationId: string;
  readonly address: string;
  readonly attempt: number;
  readonly logged: LoggedActivity;
}

/** What is delivered that is no message of a conversation: mail and calls to other systems. */
export interface OutboundTask {
  /** The outbox row: the same at every attempt, so that a receiver can tell a repeat. */
  readonly outboxId: string;
  readonly attempt: number;
  readonly body: { readonly [key: string]: unknown };
}

/** What an alert sends, besides its row on the desk: one for each place that somebody on duty is told at. */
export type AlertRows = (
  alert: Extract<Effect, { readonly kind: 'alert' }>,
  about: {
    readonly conversation: {
      readonly id: string;
      readonly channel: string;
      readonly language: string | null;
      readonly opted_out: number;
    };
    readonly at: EpochMs;
  },
) => readonly { readonly kind: string; readonly body: Json }[];

export interface DeliveryHandlers<M> {
  /** Sends one. What throws is half sent: it is looked up later and not sent again. */
  deliver(message: M): Promise<Delivery>;
  /** Asked, instead of sending again, for a row found half sent (crash or time-out) whose receipt has not come within 60 s. */
  lookUp(message: M): Promise<Delivery>;
}

/** For channels that deliver, and for whatever else goes out. The worker takes rows of `kind` in order per conversation. */
export interface PushQueue {
  /** Runs the worker of a channel. */
  run(kind: string, handlers: DeliveryHandlers<OutboundMessage>): { stop(): Promise<void> };
  /** Runs the worker of a kind whose rows bring their own content. */
  runTasks(kind: string, handlers: DeliveryHandlers<OutboundTask>): { stop(): Promise<void> };
  /** Whether a provider's id already stands on some delivered row: a look-up must not take it for another one. */
  isKnown(kind: string, providerId: string): Promise<boolean>;
  /** A receipt: `delivered`, or `failed` with the reason. Never goes backwards; may come before `deliver` has returned. */
  receipt(
    outboxId: string,
    receipt: {
      readonly state: 'accepted' | 'delivered' | 'failed';
      readonly providerId: string;
      readonly reason?: string;
    },
  ): Promise<boolean>;
}
