/**
 * What the desk's page and its API say to each other. Types only and no imports: the page is built from this file too.
 * Moments are epoch milliseconds.
 */

export type Role = 'agent' | 'supervisor' | 'admin';
type Lane = 'emergency' | 'returning' | 'normal';
export const OUTCOMES = ['solved', 'case-opened', 'transferred', 'no-answer', 'abusive'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** NIST SP 800-63B-4, 3.1.1.2: length decides, no composition rules. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 200;
export const MAX_MESSAGE = 4000;

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly languages: readonly string[];
  readonly available: boolean;
  readonly council: string;
  /** Goes back as `x-csrf-token` with every change. */
  readonly csrf: string;
}

/** One handoff as the lists show it. */
export interface HandoffItem {
  readonly handoffId: string;
  readonly conversationId: string;
  readonly channel: string;
  readonly status: 'waiting' | 'claimed' | 'closed' | 'cancelled' | 'message';
  readonly lane: Lane;
  readonly reason: string;
  /** The ask in one line, in the resident's words. */
  readonly ask: string;
  readonly service: string | null;
  readonly language: string | null;
  readonly contact: string | null;
  readonly requestedAt: number;
  readonly claimedAt: number | null;
  readonly closedAt: number | null;
  readonly outcome: string | null;
  readonly agent: string | null;
  /** The hold a claim or reply is made under. */
  readonly epoch: number;
}

export interface QueueView {
  readonly now: number;
  /** The front of the queue. */
  readonly waiting: readonly HandoffItem[];
  /** Everybody who waits. */
  readonly waitingCount: number;
  readonly mine: readonly ChatItem[];
  readonly colleagues: readonly Colleague[];
  readonly messages: number;
  readonly trouble: number;
}

export interface ChatItem extends HandoffItem {
  readonly lastSeq: number;
  readonly last: {
    readonly seq: number;
    readonly role: Entry['role'];
    readonly text: string;
    readonly at: number;
  } | null;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly chats: number;
  readonly available: boolean;
}

export interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly role: 'resident' | 'bot' | 'agent' | 'system';
  /** The agent's name, where an agent wrote it. */
  readonly author: string | null;
  readonly kind: 'message' | 'note' | 'event';
  readonly text: string;
  readonly choices: readonly string[];
  readonly attachments: readonly { readonly name: string; readonly url: string | null; readonly image: boolean }[];
  readonly erased: boolean;
}

/** Only channels that deliver have one: a web chat's page comes and takes what is there. */
export interface DeliveryState {
  readonly seq: number;
  readonly status: 'pending' | 'sending' | 'accepted' | 'delivered' | 'maybe' | 'dead';
  readonly reason: string | null;
}

export interface Hold {
  readonly state: 'bot' | 'queued' | 'agent';
  readonly epoch: number;
  readonly agentId: string | null;
  readonly agent: string | null;
}

export interface ConversationView {
  readonly id: string;
  readonly channel: string;
  readonly language: string | null;
  readonly optedOut: boolean;
  /** The last sequence number this answer reaches: ask again after it. */
  readonly lastSeq: number;
  /** There is more after it. */
  readonly more: boolean;
  readonly hold: Hold;
  readonly entries: readonly Entry[];
  readonly deliveries: readonly DeliveryState[];
  readonly briefing: Briefing | null;
  readonly cases: readonly CaseItem[];
  /** Earlier handoffs of the same resident on the same channel, newest first. */
  readonly earlier: readonly HandoffItem[];
}

export interface Briefing extends HandoffItem {
  readonly facts: readonly { readonly name: string; readonly value: string; readonly source: 'said' | 'verified' }[];
}

export interface CaseItem {
  readonly reference: string;
  readonly service: string;
  readonly status: 'open' | 'closed';
  readonly openedAt: number;
  readonly dueAt: number | null;
  /** What the resident said, and what the rules decided on: in English, ready to read. */
  readonly answers: readonly Detail[];
  readonly facts: readonly Detail[];
}

export interface Detail {
  readonly name: string;
  readonly value: string;
}

export interface TroubleView {
  /** Inbound messages that could not be answered, and messages that did not (or may not) have arrived. */
  readonly items: readonly {
    readonly what: 'inbound' | 'outbound';
    readonly id: string;
    readonly conversationId: string | null;
    readonly at: number;
    readonly state: 'dead' | 'maybe';
    readonly reason: string;
  }[];
  /** Settings out of their dates; empty for agents, who cannot mend them. */
  readonly settings: readonly {
    /** Where it stands in the settings file. */
    readonly path: string;
    readonly owner: string;
    readonly source: string;
    /** `YYYY-MM-DD` */
    readonly effectiveFrom: string;
    readonly expiresOn: string;
  }[];
}

export interface AgentItem {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly languages: readonly string[];
  readonly hasPassword: boolean;
  readonly disabled: boolean;
  readonly seenAt: number | null;
}

export interface Problem {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Whoever holds the conversation now. */
    readonly owner?: string;
    readonly hold?: Hold;
    /** What has been written since the caller last looked. */
    readonly missed?: readonly Entry[];
  };
}

/** Pushed by `/desk/stream`: only that there is something new, never what. */
export type Push =
  | { readonly type: 'hello' }
  | { readonly type: 'queue' }
  | { readonly type: 'conversation'; readonly id: string }
  | { readonly type: 'typing'; readonly id: string; readonly from: string };

/** Sent to `/desk/stream`: which conversation is open on the screen. */
export type Watch = { readonly type: 'watch'; readonly id: string | null };
