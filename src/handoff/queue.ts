import type { HttpResponse } from '../channels/channel';
import type { AgentRow, HandoffRow } from '../storage/store';
import { mayKnow } from './access';
import type { ChatItem, Colleague, HandoffItem, QueueView } from './api';
import { chatsByAgent, countMessages, messagesNow } from './backlog';
import { type Desk, isOn, isSeen } from './desk';
import { type Edge, ok } from './edge';
import { entriesOf } from './entries';
import { itemsOf, type Names, namesOf } from './items';
import { beat } from './presence';
import { languagesOf } from './signIn';
import { settingsFor, troubleCount } from './trouble';

const LIST = 100;
/** What a weekend may leave. Of more, the newest are not shown until older ones are dealt with. */
const MESSAGES = 1000;

export function queueRoutes(desk: Desk, edge: Edge): void {
  edge.read('/desk/api/queue', (call) => queue(desk, call.agent));
  edge.read('/desk/api/history', (call) => past(desk, call.agent));
  edge.read('/desk/api/messages', () => messages(desk));
}

/** Everything the desk's first two panes show, in one answer. Whoever asks is there, even where no socket gets through. */
async function queue(desk: Desk, agent: AgentRow): Promise<HttpResponse> {
  const { store } = desk;
  await beat(desk, agent.id);
  const names = await namesOf(desk);
  const waiting = await store.handoffs.queue(store.db);
  const mine = await itemsOf(desk, await openOf(desk, agent.id), names);
  const view: QueueView = {
    now: desk.now(),
    // Every page asks whenever somebody comes or goes: a long queue must not be sent whole to each.
    waiting: await itemsOf(desk, waiting.slice(0, LIST), names),
    waitingCount: waiting.length,
    mine: await Promise.all(mine.map((item) => chatOf(desk, item, names))),
    colleagues: await colleagues(desk),
    messages: await countMessages(store.db),
    trouble: (await troubleCount(desk)) + settingsFor(desk, agent).length,
  };
  return ok(view);
}

export async function openOf(desk: Desk, agentId: string): Promise<readonly HandoffRow[]> {
  const rows = await desk.store.handoffs.ofAgent(desk.store.db, agentId);
  return rows.filter((row) => row.status === 'claimed');
}

/** How many of the newest rows may hold the last message. */
const TAIL = 8;

async function chatOf(desk: Desk, item: HandoffItem, names: Names): Promise<ChatItem> {
  const { store } = desk;
  const conversation = await store.conversations.get(store.db, item.conversationId);
  const lastSeq = conversation?.last_seq ?? 0;
  const rows = await store.log.read(store.db, item.conversationId, 'desk', { after: Math.max(0, lastSeq - TAIL) });
  const last = entriesOf(rows, names).findLast((entry) => entry.kind === 'message');
  return {
    ...item,
    lastSeq,
    last: last === undefined ? null : { seq: last.seq, role: last.role, text: last.text, at: last.at },
  };
}

async function colleagues(desk: Desk): Promise<readonly Colleague[]> {
  const at = desk.now();
  const agents = (await desk.store.agents.list(desk.store.db)).filter((agent) => isSeen(desk, agent, at));
  const chats = await chatsByAgent(desk.store.db);
  return agents.map((agent) => ({
    id: agent.id,
    name: agent.name,
    languages: languagesOf(agent),
    chats: chats.get(agent.id) ?? 0,
    available: isOn(desk, agent, at),
  }));
}

async function messages(desk: Desk): Promise<HttpResponse> {
  const rows = await messagesNow(desk.store.db, MESSAGES);
  return ok({ items: await itemsOf(desk, rows, await namesOf(desk)) });
}

async function past(desk: Desk, agent: AgentRow): Promise<HttpResponse> {
  const rows = await desk.store.handoffs.list(desk.store.db, { status: 'closed', limit: LIST });
  const known = rows.filter((row) => mayKnow(agent, row));
  return ok({ items: await itemsOf(desk, known, await namesOf(desk)) });
}
