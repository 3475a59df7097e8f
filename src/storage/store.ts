import type { EpochMs, Json, Language } from '../conversation/ports';
import type { CaseRepository } from './caseStore';
import type { Db, NewRow, Row } from './schema';

export type * from './caseStore';
export type * from './processes';

/**
 * The records of one installation, on SQLite or PostgreSQL. Reads take `store.db`; every write happens inside
 * `store.write`, one short transaction that does no I/O of its own (on SQLite several share one commit, a savepoint each).
 */
export interface Store {
  readonly db: Db;
  /** Runs `work` in a transaction; when it throws, nothing of it is kept, and nothing of its neighbours is lost. Never inside `work`: it would wait for itself. */
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  readonly kind: 'sqlite' | 'postgres';
  readonly conversations: ConversationRepository;
  readonly log: ActivityLog;
  readonly inbox: InboxRepository;
  readonly states: StateRepository;
  readonly cases: CaseRepository;
  readonly handoffs: HandoffRepository;
  readonly outbox: OutboxRepository;
  readonly agents: AgentRepository;
  readonly audit: AuditRepository;
  close(): Promise<void>;
}

/** What was read has changed meanwhile: version, hold epoch, state or dedupe key. The turn is run again. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly what: 'version' | 'hold' | 'state' | 'case';
  constructor(what: Conflict['what'], message: string) {
    super(message);
    this.what = what;
  }
}

export type Conversation = Row<'conversations'>;
export interface NewConversation {
  readonly id: string;
  readonly channel: string;
  readonly address: string | null;
  readonly resident: string;
  readonly push: boolean;
  readonly language?: Language;
}

export interface ConversationRepository {
  get(db: Db, id: string): Promise<Conversation | undefined>;
  byAddress(db: Db, channel: string, address: string): Promise<Conversation | undefined>;
  /** Does nothing when the id or the channel's address is there already; answers what is there. */
  open(tx: Db, conversation: NewConversation, at: EpochMs): Promise<Conversation>;
  /**
   * Checks version and hold epoch and moves the version by one, applying `patch`. A patch that touches `hold` or
   * `hold_agent` also moves the hold epoch.
   * @throws Conflict
   */
  advance(
    tx: Db,
    id: string,
    expected: { readonly version?: number; readonly holdEpoch: number },
    patch: Partial<Pick<Conversation, 'hold' | 'hold_agent' | 'language' | 'language_explicit' | 'opted_out'>>,
    at: EpochMs,
  ): Promise<Conversation>;
  /** The resident has ended it; once ended, the first moment stays. */
  end(tx: Db, id: string, at: EpochMs): Promise<void>;
}

export type Audience = 'resident' | 'desk';
/** Who reads: `resident` sees only rows for the resident; `desk` sees both. */
export type LogRow = Omit<Row<'activities'>, 'body'> & { readonly body: { readonly [key: string]: Json } };
export interface NewLogRow {
  readonly id: string;
  readonly audience: Audience;
  readonly type: string;
  readonly role: Row<'activities'>['role'];
  readonly author?: string;
  readonly body: { readonly [key: string]: Json };
}

export interface ActivityLog {
  /**
   * Appends in order and answers the sequence numbers given. Payment card numbers in any text of `body` are masked first. For a
   * conversation with `push`, each message of the bot, an agent or the system to the resident gets its outbox row here (kind: the
   * channel; order key: the conversation), so that nobody can forget it.
   */
  append(tx: Db, conversationId: string, rows: readonly NewLogRow[], at: EpochMs): Promise<readonly number[]>;
  /** The one place where audience is filtered: a resident never gets a desk row. In order of sequence, after `after`. */
  read(
    db: Db,
    conversationId: string,
    reader: Audience,
    range?: { readonly after?: number; readonly limit?: number },
  ): Promise<readonly LogRow[]>;
  one(db: Db, conversationId: string, seq: number): Promise<LogRow | undefined>;
  byId(db: Db, conversationId: string, activityId: string): Promise<LogRow | undefined>;
  /** Replaces the content by a tombstone; sequence, time and reason stay. */
  erase(tx: Db, conversationId: string, seq: number, reason: string, at: EpochMs): Promise<void>;
  /** Puts `•` for every letter of these words in a message's text, whatever white space is between them. */
  blank(tx: Db, conversationId: string, seq: number, words: readonly string[]): Promise<void>;
}

export type InboxRow = Omit<Row<'inbox'>, 'body'> & { readonly body: { readonly [key: string]: Json } | null };
export interface Inbound {
  readonly id: string;
  readonly conversationId: string;
  readonly channel: string;
  /** Unique per channel: a second one with the same id is a duplicate. */
  readonly messageId: string;
  /** Logged for the reader where given; else `body` is kept in the inbox row only. */
  readonly log?: NewLogRow;
  readonly body?: { readonly [key: string]: Json };
}
export type Accepted =
  | { readonly duplicate: false; readonly seq: number | null; readonly activityId: string | null }
  | { readonly duplicate: true; readonly seq: number | null; readonly activityId: string | null };

export interface InboxRepository {
  /** Stores an inbound activity and its log row, unless its message id is known (then answers the first one's). */
  accept(tx: Db, inbound: Inbound, at: EpochMs): Promise<Accepted>;
  /** A timer replaces a pending one of the same name in the conversation. */
  setTimer(
    tx: Db,
    timer: {
      readonly id: string;
      readonly conversationId: string;
      readonly channel: string;
      readonly name: string;
      readonly dueAt: EpochMs;
      readonly body: { readonly [key: string]: Json };
    },
    at: EpochMs,
  ): Promise<void>;
  /** All pending ones of a conversation. */
  cancelTimers(tx: Db, conversationId: string, at: EpochMs): Promise<void>;
  cancelTimer(tx: Db, conversationId: string, name: string, at: EpochMs): Promise<void>;
  /** The oldest pending row of the conversation that is due: by due time, then order of acceptance. */
  nextDue(db: Db, conversationId: string, now: EpochMs): Promise<InboxRow | undefined>;
  /** Commits that an attempt begins; answers which number it is. */
  startAttempt(tx: Db, id: string): Promise<number>;
  finish(tx: Db, id: string, at: EpochMs): Promise<void>;
  bury(tx: Db, id: string, error: string, at: EpochMs): Promise<void>;
  /** Conversations with something pending and due, for recovery and the sweeper. */
  conversationsDue(db: Db, now: EpochMs, limit: number): Promise<readonly string[]>;
  /** When the next pending row falls due, if any does. */
  nextDueAt(db: Db): Promise<EpochMs | undefined>;
  dead(db: Db, limit: number): Promise<readonly InboxRow[]>;
}

export interface StateRepository {
  /** Version 0 and undefined body where there is none yet. */
  load(
    db: Db,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly version: number; readonly body: Json }>>;
  /** @throws Conflict when a row's version is not the expected one (0: must not exist). A null body deletes. */
  save(tx: Db, key: string, expectedVersion: number, body: Json, at: EpochMs): Promise<void>;
}

export type HandoffRow = Row<'handoffs'>;
export interface HandoffRepository {
  request(tx: Db, row: NewRow<'handoffs'>): Promise<void>;
  /** The open (waiting or claimed) handoff of a conversation. */
  openOf(db: Db, conversationId: string): Promise<HandoffRow | undefined>;
  update(tx: Db, id: string, patch: Partial<Omit<HandoffRow, 'id' | 'conversation_id'>>): Promise<void>;
  get(db: Db, id: string): Promise<HandoffRow | undefined>;
  /** Waiting ones: emergency lane, returning, normal; oldest first in each. */
  queue(db: Db): Promise<readonly HandoffRow[]>;
  ofAgent(db: Db, agentId: string): Promise<readonly HandoffRow[]>;
  /** Newest first; for the desk's history, messages to answer, wait estimates and export. */
  list(
    db: Db,
    filter: { readonly status?: HandoffRow['status']; readonly since?: EpochMs; readonly limit: number },
  ): Promise<readonly HandoffRow[]>;
}

export type OutboxRow = Row<'outbox'>;
export interface OutboxRepository {
  /** Rows of one order key keep the order in which they were added. */
  add(
    tx: Db,
    rows: readonly {
      readonly id: string;
      readonly kind: string;
      readonly conversationId: string | null;
      readonly seq: number | null;
      readonly body: Json;
      readonly orderKey: string;
    }[],
    at: EpochMs,
  ): Promise<void>;
  /**
   * Takes up to `limit` rows that may go now, marks them `sending` and counts the attempt, in one commit: the first unfinished row
   * (pending or sending) of each order key, if it is pending and its `next_at` has come. Two workers never take the same row.
   */
  take(tx: Db, kind: string, now: EpochMs, limit: number): Promise<readonly OutboxRow[]>;
  update(
    tx: Db,
    id: string,
    patch: Partial<Pick<OutboxRow, 'status' | 'next_at' | 'provider_id' | 'error'>>,
    at: EpochMs,
  ): Promise<void>;
  get(db: Db, id: string): Promise<OutboxRow | undefined>;
  byProviderId(db: Db, kind: string, providerId: string): Promise<OutboxRow | undefined>;
  /** Rows found `sending` (a crash, a time-out) since before a moment. */
  stuck(db: Db, kind: string, before: EpochMs): Promise<readonly OutboxRow[]>;
  ofConversation(db: Db, conversationId: string): Promise<readonly OutboxRow[]>;
  undelivered(db: Db, limit: number): Promise<readonly OutboxRow[]>;
  nextAt(db: Db, kind: string): Promise<EpochMs | undefined>;
}

export type AgentRow = Row<'agents'>;
export interface AgentRepository {
  add(tx: Db, row: NewRow<'agents'>): Promise<void>;
  get(db: Db, id: string): Promise<AgentRow | undefined>;
  byEmail(db: Db, email: string): Promise<AgentRow | undefined>;
  list(db: Db): Promise<readonly AgentRow[]>;
  update(tx: Db, id: string, patch: Partial<Omit<AgentRow, 'id'>>): Promise<void>;
  addSession(tx: Db, row: NewRow<'agent_sessions'>): Promise<void>;
  session(db: Db, id: string): Promise<Row<'agent_sessions'> | undefined>;
  touchSession(tx: Db, id: string, at: EpochMs): Promise<void>;
  endSession(tx: Db, id: string): Promise<void>;
  addLoginLink(tx: Db, row: NewRow<'login_links'>): Promise<void>;
  /** Compare-and-set: true for exactly one caller, and only before it expires. */
  useLoginLink(tx: Db, id: string, at: EpochMs): Promise<string | undefined>;
}

export interface AuditRepository {
  write(tx: Db, entry: NewRow<'audit'>): Promise<void>;
  list(db: Db, range: { readonly since?: EpochMs; readonly limit: number }): Promise<readonly Row<'audit'>[]>;
}
