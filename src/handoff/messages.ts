import { z } from 'zod';
import type { HttpResponse } from '../channels/channel';
import type { Db } from '../storage/schema';
import type { Conversation } from '../storage/store';
import { readable } from './access';
import { MAX_MESSAGE } from './api';
import { held, seenBy } from './claim';
import type { Desk } from './desk';
import { type Call, type Edge, notFound, ok, problem } from './edge';
import { refuse, underHold } from './hold';
import { activityIdOf, agentMessage, note } from './rows';
import { tellTyping, wakeReaders } from './wakes';

const Words = z.string().trim().min(1, 'write something').max(MAX_MESSAGE);
const ClientId = z.string().min(8).max(100);
const Message = z.object({
  text: Words,
  epoch: z.number().int().min(0),
  seen: z.number().int().min(0).optional(),
  clientId: ClientId,
});
const Note = z.object({ text: Words, clientId: ClientId });

export function messageRoutes(desk: Desk, edge: Edge): void {
  edge.change('POST', '/desk/api/conversations/:id/messages', Message, (call) => send(desk, call, call.input));
  edge.change('POST', '/desk/api/conversations/:id/notes', Note, (call) => addNote(desk, call, call.input));
  edge.change('POST', '/desk/api/conversations/:id/typing', z.object({}), (call) => typing(desk, call));
}

/**
 * Says something to the resident. Safe to repeat: the same `clientId` is stored once. Refused with 409 and what was missed
 * when the hold has changed meanwhile.
 */
async function send(desk: Desk, call: Call, input: z.output<typeof Message>): Promise<HttpResponse> {
  const id = activityIdOf(call.id, call.agent.id, input.clientId);
  const before = await desk.store.log.byId(desk.store.db, call.id, id);
  if (before !== undefined) return ok({ id, seq: before.seq, duplicate: true });
  return underHold(desk, call.id, seenBy(call, input), {}, async (tx, conversation) => {
    await held(desk, tx, call.id, call.agent);
    const again = await desk.store.log.byId(tx, call.id, id);
    if (again !== undefined) return ok({ id, seq: again.seq, duplicate: true });
    if (conversation.opted_out === 1)
      refuse(async () => problem(409, 'opted-out', 'The resident has opted out of messages: nothing may be sent.'));
    const row = agentMessage(conversation, { id, text: input.text, agent: call.agent }, desk.now());
    const [seq] = await desk.store.log.append(tx, call.id, [row], desk.now());
    return ok({ id, seq, duplicate: false });
  });
}

/** A note for colleagues. Needs no hold: a supervisor's whisper is one too. */
async function addNote(desk: Desk, call: Call, input: z.output<typeof Note>): Promise<HttpResponse> {
  const id = activityIdOf(call.id, call.agent.id, input.clientId);
  const found = await readable(desk, call.agent, call.id);
  if (found === undefined) return notFound();
  const { conversation } = found;
  const seq = await desk.store.write((tx) =>
    appendNote(desk, tx, conversation, { id, text: input.text, by: call.agent.id }),
  );
  wakeReaders(desk.bus, conversation);
  return ok({ id, seq });
}

/** Whoever comes at the same time waits until the commit, and then finds what was done (PostgreSQL). */
export async function lockConversation(desk: Desk, tx: Db, id: string): Promise<void> {
  await tx.updateTable('conversations').set({ updated_at: desk.now() }).where('id', '=', id).execute();
}

export async function appendNote(
  desk: Desk,
  tx: Db,
  conversation: Conversation,
  written: { readonly id: string; readonly text: string; readonly by: string },
): Promise<number | undefined> {
  await lockConversation(desk, tx, conversation.id);
  const before = await desk.store.log.byId(tx, conversation.id, written.id);
  if (before !== undefined) return before.seq;
  const row = note(desk, conversation, written.id, written.text, written.by);
  const [seq] = await desk.store.log.append(tx, conversation.id, [row], desk.now());
  return seq;
}

/** Live only, and only from whoever holds the conversation. */
async function typing(desk: Desk, call: Call): Promise<HttpResponse> {
  const conversation = await desk.store.conversations.get(desk.store.db, call.id);
  if (conversation === undefined) return notFound();
  if (conversation.hold_agent === call.agent.id) tellTyping(desk.bus, call.id);
  return ok({});
}
