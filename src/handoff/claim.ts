import { z } from 'zod';
import type { HttpResponse } from '../channels/channel';
import { QUEUE_WATCH } from '../conversation/turn';
import type { Db } from '../storage/schema';
import type { AgentRow, Conversation, HandoffRow } from '../storage/store';
import { audit } from './audit';
import { type Desk, isOn } from './desk';
import { type Call, type Edge, notFound, ok, problem } from './edge';
import { refuse, type Seen, stale, underHold } from './hold';
import { namesOf } from './items';
import { announcements } from './rows';

const Epoch = z.object({ epoch: z.number().int().min(0), seen: z.number().int().min(0).optional() });
const Claim = Epoch.extend({ takeOver: z.boolean().default(false) });
const Transfer = Epoch.extend({ to: z.string().min(1).max(100) });

export function claimRoutes(desk: Desk, edge: Edge): void {
  edge.change('POST', '/desk/api/handoffs/:id/claim', Claim, (call) => claim(desk, call, call.input));
  edge.change('POST', '/desk/api/conversations/:id/requeue', Epoch, (call) =>
    requeue(desk, { id: call.id, agent: call.agent, why: 'requeue' }, seenBy(call, call.input)),
  );
  edge.change('POST', '/desk/api/conversations/:id/transfer', Transfer, (call) => transfer(desk, call, call.input));
}

/**
 * Takes a waiting handoff, a message to answer, or (supervisors, `takeOver`) a colleague's chat. A compare-and-set on the
 * hold epoch the caller saw: of many at once one wins, the others get 409 with the owner's name.
 */
async function claim(desk: Desk, call: Call, input: z.output<typeof Claim>): Promise<HttpResponse> {
  const handoff = await desk.store.handoffs.get(desk.store.db, call.id);
  if (handoff === undefined) return notFound();
  if (isMine(handoff, call.agent)) return claimed(desk, handoff.conversation_id);
  if (!mayClaim(handoff, call.agent, input.takeOver)) return taken(desk, handoff);
  const patch = { hold: 'agent', hold_agent: call.agent.id } as const;
  return underHold(desk, handoff.conversation_id, { epoch: input.epoch }, patch, async (tx, conversation) => {
    const now = await desk.store.handoffs.get(tx, handoff.id);
    if (now?.status !== handoff.status) refuse(() => taken(desk, handoff));
    const open = await desk.store.handoffs.openOf(tx, conversation.id);
    if (open !== undefined && open.id !== handoff.id)
      refuse(async () => problem(409, 'open', 'The resident has another place in the queue, or an agent already.'));
    await handOver(desk, tx, conversation, handoff, call.agent);
    const action = handoff.status === 'claimed' ? 'handoff.take-over' : 'handoff.claim';
    await audit(desk, tx, { actor: call.agent.id, action, subject: handoff.id });
    return ok({ conversationId: conversation.id, epoch: conversation.hold_epoch });
  });
}

function isMine(handoff: HandoffRow, agent: AgentRow): boolean {
  return handoff.status === 'claimed' && handoff.agent_id === agent.id;
}

function mayClaim(handoff: HandoffRow, agent: AgentRow, takeOver: boolean): boolean {
  if (handoff.status === 'waiting' || handoff.status === 'message') return true;
  return handoff.status === 'claimed' && takeOver && agent.role !== 'agent';
}

async function claimed(desk: Desk, id: string): Promise<HttpResponse> {
  const conversation = await desk.store.conversations.get(desk.store.db, id);
  return conversation === undefined ? notFound() : ok({ conversationId: id, epoch: conversation.hold_epoch });
}

async function taken(desk: Desk, handoff: HandoffRow): Promise<HttpResponse> {
  const now = (await desk.store.handoffs.get(desk.store.db, handoff.id)) ?? handoff;
  if (now.status === 'claimed') return stale(desk, now.conversation_id);
  return problem(409, 'over', 'Nobody waits here any more.');
}

async function handOver(
  desk: Desk,
  tx: Db,
  conversation: Conversation,
  handoff: HandoffRow,
  agent: AgentRow,
): Promise<void> {
  const at = desk.now();
  const first = handoff.claimed_at ?? at;
  await desk.store.handoffs.update(tx, handoff.id, { status: 'claimed', agent_id: agent.id, claimed_at: first });
  await desk.store.inbox.cancelTimer(tx, conversation.id, QUEUE_WATCH.name, at);
  const told = announcements(desk, conversation, handoff, { what: 'joined', agent: agent.name });
  await desk.store.log.append(tx, conversation.id, told, at);
}

/** Gives a chat back to the front of the queue: by hand, on sign-out, or because its agent is gone. */
export function requeue(
  desk: Desk,
  chat: { readonly id: string; readonly agent: AgentRow; readonly why: 'requeue' | 'agent-gone' | 'sign-out' },
  seen: Seen,
): Promise<HttpResponse> {
  const patch = { hold: 'queued', hold_agent: null } as const;
  return underHold(desk, chat.id, seen, patch, async (tx, conversation) => {
    const handoff = await held(desk, tx, chat.id, chat.agent);
    await desk.store.handoffs.update(tx, handoff.id, { status: 'waiting', lane: laneOf(handoff), agent_id: null });
    const told = announcements(desk, conversation, handoff, { what: 'requeued', agent: chat.agent.name });
    await desk.store.log.append(tx, chat.id, told, desk.now());
    await watchQueue(desk, tx, conversation);
    await audit(desk, tx, { actor: chat.agent.id, action: `handoff.${chat.why}`, subject: handoff.id });
    return ok({ epoch: conversation.hold_epoch });
  });
}

/** Whoever waits again is looked after by the bot: perhaps nobody is left who could answer. */
async function watchQueue(desk: Desk, tx: Db, { id: conversationId, channel }: Conversation): Promise<void> {
  const { name, everyMs } = QUEUE_WATCH;
  const timer = { id: desk.randomId(), conversationId, channel, name, dueAt: desk.now() + everyMs };
  await desk.store.inbox.setTimer(tx, { ...timer, body: { value: { missed: 0 } } }, desk.now());
}

/** What the page has seen so far, so that it can be told what it has missed. */
export function seenBy(call: Call, input: { readonly epoch: number; readonly seen?: number | undefined }): Seen {
  return { epoch: input.epoch, reader: { agent: call.agent, seen: input.seen } };
}

/** An emergency stays one. */
function laneOf(handoff: HandoffRow): HandoffRow['lane'] {
  return handoff.lane === 'emergency' ? 'emergency' : 'returning';
}

/** The handoff by which this agent holds the conversation; refuses where they do not. */
export async function held(desk: Desk, tx: Db, conversationId: string, agent: AgentRow): Promise<HandoffRow> {
  const handoff = await desk.store.handoffs.openOf(tx, conversationId);
  if (handoff === undefined || !isMine(handoff, agent)) refuse(() => stale(desk, conversationId));
  return handoff;
}

/** Hands a chat to a colleague who is there. */
async function transfer(desk: Desk, call: Call, input: z.output<typeof Transfer>): Promise<HttpResponse> {
  const to = await desk.store.agents.get(desk.store.db, input.to);
  if (to === undefined || to.id === call.agent.id) return notFound();
  if (!isOn(desk, to, desk.now())) {
    const name = (await namesOf(desk)).get(to.id) ?? '';
    return problem(409, 'away', `${name} is not at the desk.`);
  }
  const patch = { hold: 'agent', hold_agent: to.id } as const;
  return underHold(desk, call.id, seenBy(call, input), patch, async (tx, conversation) => {
    const handoff = await held(desk, tx, call.id, call.agent);
    await handOver(desk, tx, conversation, handoff, to);
    const detail = { to: to.id };
    await audit(desk, tx, { actor: call.agent.id, action: 'handoff.transfer', subject: handoff.id, detail });
    return ok({ epoch: conversation.hold_epoch });
  });
}
