import type { Generated, Insertable, Kysely, Selectable } from 'kysely';
import type {
  AddressesTable,
  AddressRoundsTable,
  CollectionDaysTable,
  CrewExceptionsTable,
  DisclosuresTable,
  ImportsTable,
  LandmarksTable,
  PostcodesTable,
  StreetsTable,
  SuspensionsTable,
  YellowLinesTable,
  ZonesTable,
} from './boroughSchema';

/**
 * The tables, once for SQLite and PostgreSQL. Times are epoch milliseconds; JSON is text and always written and read
 * through `json.ts`; truth values are 0 and 1 (libsql aborts on a bound boolean).
 */
export interface Schema {
  conversations: ConversationsTable;
  activities: ActivitiesTable;
  inbox: InboxTable;
  states: StatesTable;
  cases: CasesTable;
  case_followers: CaseFollowersTable;
  case_notes: CaseNotesTable;
  handoffs: HandoffsTable;
  outbox: OutboxTable;
  agents: AgentsTable;
  agent_sessions: AgentSessionsTable;
  login_links: LoginLinksTable;
  audit: AuditTable;
  postcodes: PostcodesTable;
  streets: StreetsTable;
  landmarks: LandmarksTable;
  addresses: AddressesTable;
  address_rounds: AddressRoundsTable;
  collection_days: CollectionDaysTable;
  crew_exceptions: CrewExceptionsTable;
  disclosures: DisclosuresTable;
  zones: ZonesTable;
  yellow_lines: YellowLinesTable;
  suspensions: SuspensionsTable;
  imports: ImportsTable;
}
export type Db = Kysely<Schema>;

interface ConversationsTable {
  id: string;
  channel: string;
  /** The resident's address on the channel (`+447700900123>+447700900001`, a Direct Line user): unique per channel where not null. */
  address: string | null;
  /** Who the resident is on this channel: BotState's user key, Direct Line `user` claim, phone number. */
  resident: string;
  language: string | null;
  language_explicit: number;
  /** Highest sequence number given in the log. Accepting moves only this. */
  last_seq: number;
  /** Moves with every committed turn and desk action; checked at commit. */
  version: number;
  /** Who speaks: `bot`, `queued` (a person was asked for; the bot still answers), `agent` (the bot is silent). */
  hold: 'bot' | 'queued' | 'agent';
  hold_agent: string | null;
  /** Moves with every change of `hold`/`hold_agent`; what was written under an older one is refused. */
  hold_epoch: number;
  /** 1: replies are sent by the channel through the outbox (SMS); 0: readers come and read the log (web). */
  push: number;
  /** 1: the resident opted out; nothing is sent. */
  opted_out: number;
  /** When the resident ended it; null while it can go on. */
  ended_at: number | null;
  created_at: number;
  updated_at: number;
}

interface ActivitiesTable {
  conversation_id: string;
  seq: number;
  /** Random activity id, as the channel's clients see it. */
  id: string;
  audience: 'resident' | 'desk';
  /** Bot Framework activity type: message, event, endOfConversation … */
  type: string;
  role: 'resident' | 'bot' | 'agent' | 'system';
  /** The agent's id where role is agent. */
  author: string | null;
  /** Activity as JSON text; '{}' after erasure. */
  body: string;
  at: number;
  erased_at: number | null;
  erased_because: string | null;
}

interface InboxTable {
  /** Order of acceptance, given by the database. */
  position: Generated<number>;
  id: string;
  conversation_id: string;
  channel: string;
  /** Unique per channel (`inbox_message` index): the channel's own message id, or `timer:<name>:<conversation>:<id>`. */
  message_id: string;
  kind: 'activity' | 'timer';
  /** The log row of an inbound activity; null for timers and for inbound that is not logged (conversationUpdate). */
  seq: number | null;
  /** The activity where it is not in the log. */
  body: string | null;
  timer_name: string | null;
  status: 'pending' | 'done' | 'dead' | 'cancelled';
  due_at: number;
  attempts: number;
  error: string | null;
  accepted_at: number;
  finished_at: number | null;
}

interface StatesTable {
  key: string;
  version: number;
  body: string;
  updated_at: number;
}

interface CasesTable {
  reference: string;
  service: string;
  status: 'open' | 'closed';
  /** Unique among open cases (partial unique index). */
  dedupe_key: string;
  conversation_id: string | null;
  answers: string;
  facts: string;
  place: string | null;
  lat: number | null;
  lon: number | null;
  contact: string | null;
  due_at: number | null;
  opened_at: number;
  closed_at: number | null;
  note: string | null;
}

interface CaseFollowersTable {
  reference: string;
  conversation_id: string;
  answers: string;
  at: number;
}

/** What a resident added to a case: a note, or that it is not done. */
interface CaseNotesTable {
  id: string;
  reference: string;
  conversation_id: string;
  what: 'note' | 'not-done';
  text: string;
  photo: string | null;
  at: number;
}

interface HandoffsTable {
  id: string;
  conversation_id: string;
  status: 'waiting' | 'claimed' | 'closed' | 'cancelled' | 'message';
  lane: 'emergency' | 'returning' | 'normal';
  reason: string;
  ask: string;
  service: string | null;
  language: string | null;
  facts: string;
  contact: string | null;
  agent_id: string | null;
  outcome: string | null;
  requested_at: number;
  claimed_at: number | null;
  closed_at: number | null;
}

interface OutboxTable {
  id: string;
  /** Which worker takes it: a push channel's name (`sms`), `open311`, `webhook`, `mail`. */
  kind: string;
  conversation_id: string | null;
  /** The log row to deliver, for channels. */
  seq: number | null;
  /** What to deliver, for everything else. */
  body: string | null;
  /** Rows with the same key are delivered in order, one at a time. */
  order_key: string;
  position: number;
  status: 'pending' | 'sending' | 'accepted' | 'delivered' | 'maybe' | 'dead';
  attempts: number;
  next_at: number;
  /** The provider's id of the message, when it has accepted it. */
  provider_id: string | null;
  error: string | null;
  created_at: number;
  updated_at: number;
}

interface AgentsTable {
  id: string;
  email: string;
  name: string;
  /** argon2id, PHC string; null until set. */
  password: string | null;
  role: 'agent' | 'supervisor' | 'admin';
  languages: string;
  seen_at: number | null;
  available: number;
  created_at: number;
  disabled_at: number | null;
}

interface AgentSessionsTable {
  /** SHA-256 of the cookie's value, hex. */
  id: string;
  agent_id: string;
  csrf: string;
  created_at: number;
  seen_at: number;
}

interface LoginLinksTable {
  /** SHA-256 of the link's token, hex. */
  id: string;
  agent_id: string;
  expires_at: number;
  used_at: number | null;
}

interface AuditTable {
  id: string;
  at: number;
  actor: string;
  action: string;
  subject: string | null;
  detail: string | null;
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
