import { textsOf } from '../../src/channels/sms/outbound';
import { randomId } from '../../src/randomId';
import { createStore } from '../../src/storage/index';
import type { LogRow, Store } from '../../src/storage/store';
import type { Resident } from './residents';
import type { TwilioProcess } from './twilioProcess';

/** What the records say after everything has come to rest. Each list holds what is wrong; all empty is right. */
export interface Findings {
  readonly gaps: string[];
  readonly unanswered: string[];
  readonly answeredTwice: string[];
  readonly unfinished: string[];
  readonly notDelivered: string[];
  readonly messages: number;
  readonly replies: number;
  readonly texts: number;
  readonly cases: ReadonlyMap<string, number>;
}

/** Reads the database of a stopped server and compares it with what residents were told and the provider has sent. */
export async function audit(dataDir: string, residents: readonly Resident[], twilio: TwilioProcess): Promise<Findings> {
  const store = await createStore({ dataDir, randomId });
  try {
    const findings = { gaps: [], unanswered: [], answeredTwice: [], unfinished: [], notDelivered: [] } as Record<
      string,
      string[]
    >;
    const counts = { messages: 0, replies: 0, texts: 0 };
    for (const conversation of await store.db.selectFrom('conversations').selectAll().execute()) {
      const log = await store.log.read(store.db, conversation.id, 'desk');
      if (log.some((row, index) => row.seq !== index + 1) || log.length !== conversation.last_seq)
        findings.gaps?.push(conversation.id);
      if (conversation.push === 1)
        counts.texts += await compareWithProvider(conversation.resident, log, twilio, findings.notDelivered ?? []);
    }
    for (const resident of residents) {
      for (const messageId of resident.accepted) {
        const replies = await repliesTo(store, messageId);
        counts.messages += 1;
        counts.replies += replies.length;
        if (replies.length === 0) findings.unanswered?.push(messageId);
        if (new Set(replies.map((row) => row.at)).size > 1 || new Set(replies.map(textOf)).size < replies.length)
          findings.answeredTwice?.push(messageId);
      }
    }
    const inbox = await store.db
      .selectFrom('inbox')
      .selectAll()
      .where('status', 'in', ['pending', 'dead'])
      .where('kind', '=', 'activity')
      .execute();
    const outbox = await store.db
      .selectFrom('outbox')
      .selectAll()
      .where('status', 'in', ['pending', 'sending', 'maybe', 'dead'])
      .execute();
    findings.unfinished?.push(
      ...inbox.map((row) => `inbox ${row.status} ${row.error}`),
      ...outbox.map((row) => `outbox ${row.status} ${row.error}`),
    );
    const rows = await store.db.selectFrom('cases').select(['dedupe_key', 'answers']).execute();
    const cases = new Map<string, number>();
    for (const row of rows) {
      const key = /kt-\d+-\d+/.exec(row.answers)?.[0] ?? row.dedupe_key;
      cases.set(key, (cases.get(key) ?? 0) + 1);
    }
    return { ...(findings as unknown as Findings), ...counts, cases };
  } finally {
    await store.close();
  }
}

/** The bot's messages that answer one accepted message; the message itself must stand in the log exactly once. */
async function repliesTo(store: Store, messageId: string): Promise<readonly LogRow[]> {
  const inbound = await store.db.selectFrom('inbox').selectAll().where('message_id', 'like', `%${messageId}`).execute();
  const [row] = inbound;
  if (inbound.length !== 1 || !row || row.seq === null || row.status !== 'done') return [];
  const log = await store.log.read(store.db, row.conversation_id, 'resident');
  const said = log.find((entry) => entry.seq === row.seq);
  return log.filter((entry) => entry.role === 'bot' && entry.type === 'message' && entry.body.replyToId === said?.id);
}

const textOf = (row: LogRow): string => String(row.body.text);

/** The provider's record, message by message: what the log says, in its order, once each. Answers how many there are. */
async function compareWithProvider(
  number: string,
  log: readonly LogRow[],
  twilio: TwilioProcess,
  wrong: string[],
): Promise<number> {
  const meant = log
    .filter((row) => row.audience === 'resident' && row.type === 'message' && row.role !== 'resident')
    .flatMap((row) => textsOf({ ...row.body, id: row.id, type: row.type } as Parameters<typeof textsOf>[0]));
  const sent = (await twilio.sentTo(number)).map((message) => message.body);
  if (JSON.stringify(meant) !== JSON.stringify(sent))
    wrong.push(`${number}: meant ${meant.length}, sent ${sent.length}`);
  return sent.length;
}
