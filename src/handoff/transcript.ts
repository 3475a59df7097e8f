import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../channels/channel';
import type { AgentRow, Conversation, HandoffRow } from '../storage/store';
import { mayKnow, readable } from './access';
import type { ConversationView } from './api';
import { audit } from './audit';
import { caseOf } from './caseView';
import type { Desk } from './desk';
import { type Call, type Edge, notFound, ok, problem } from './edge';
import { deliveriesOf, entriesOf } from './entries';
import { briefingOf, holdOf, itemsOf, type Names, namesOf } from './items';

/** Rows in one answer; a page that is further behind asks again. */
const PAGE = 200;
const Range = z.object({ after: z.coerce.number().int().min(0).optional() });

export function transcriptRoutes(desk: Desk, edge: Edge): void {
  edge.read('/desk/api/conversations/:id', (call) => transcript(desk, call));
}

/** The log as the desk sees it, after a sequence number; without one, its newest page. Written to the audit log. */
async function transcript(desk: Desk, call: Call): Promise<HttpResponse> {
  const { store } = desk;
  const range = rangeOf(call.request);
  if (range === undefined) return problem(422, 'invalid', 'after: a number');
  const found = await readable(desk, call.agent, call.id);
  if (found === undefined) return notFound();
  const { conversation } = found;
  const current = currentOf(found.handoffs);
  const after = range.after ?? Math.max(0, conversation.last_seq - PAGE);
  const rows = await store.log.read(store.db, conversation.id, 'desk', { after, limit: PAGE });
  const detail = { after, rows: rows.length };
  await store.write((tx) =>
    audit(desk, tx, { actor: call.agent.id, action: 'transcript.read', subject: conversation.id, detail }),
  );
  const names = await namesOf(desk);
  const view: ConversationView = {
    ...headOf(conversation, names),
    entries: entriesOf(rows, names),
    more: rows.length === PAGE,
    lastSeq: rows.at(-1)?.seq ?? Math.min(after, conversation.last_seq),
    deliveries: deliveriesOf(await store.outbox.ofConversation(store.db, conversation.id)),
    briefing: current === undefined ? null : briefingOf(current, conversation, names),
    cases: (await store.cases.ofConversation(store.db, conversation.id)).map((row) => caseOf(row, desk.render)),
    earlier: await itemsOf(desk, await earlier(desk, call.agent, conversation, current), names),
  };
  return ok(view);
}

/** What there is to do comes before what is over: a message may be older than a chat that has ended since. */
function currentOf(handoffs: readonly HandoffRow[]): HandoffRow | undefined {
  const open = handoffs.find((row) => row.status === 'waiting' || row.status === 'claimed');
  return open ?? handoffs.findLast((row) => row.status === 'message') ?? handoffs[0];
}

function rangeOf(request: HttpRequest): z.output<typeof Range> | undefined {
  const parsed = Range.safeParse(Object.fromEntries(request.query));
  return parsed.success ? parsed.data : undefined;
}

function headOf(
  conversation: Conversation,
  names: Names,
): Omit<ConversationView, 'entries' | 'lastSeq' | 'more' | 'deliveries' | 'briefing' | 'cases' | 'earlier'> {
  return {
    id: conversation.id,
    channel: conversation.channel,
    language: conversation.language,
    optedOut: conversation.opted_out === 1,
    hold: holdOf(conversation, names),
  };
}

const EARLIER = 10;

async function earlier(
  desk: Desk,
  agent: AgentRow,
  conversation: Conversation,
  current: HandoffRow | undefined,
): Promise<readonly HandoffRow[]> {
  const same = desk.store.db
    .selectFrom('conversations')
    .select('id')
    .where('channel', '=', conversation.channel)
    .where('resident', '=', conversation.resident);
  const rows = desk.store.db.selectFrom('handoffs').selectAll().where('conversation_id', 'in', same);
  const found = await rows
    .orderBy('requested_at', 'desc')
    .limit(EARLIER + 1)
    .execute();
  return found.filter((row) => row.id !== current?.id && mayKnow(agent, row)).slice(0, EARLIER);
}
