import { z } from 'zod';
import type { HttpResponse } from '../channels/channel';
import { OUTCOMES } from './api';
import { audit } from './audit';
import { held, seenBy } from './claim';
import type { Desk } from './desk';
import { type Call, type Edge, notFound, ok, problem } from './edge';
import { underHold } from './hold';
import { appendNote, lockConversation } from './messages';
import { announcements, completed } from './rows';
import { wakeReaders } from './wakes';

const Remark = z.string().trim().max(2000).default('');
const Close = z.object({
  epoch: z.number().int().min(0),
  seen: z.number().int().min(0).optional(),
  outcome: z.enum(OUTCOMES),
  remark: Remark,
});
const Done = z.object({ outcome: z.enum(OUTCOMES), remark: Remark });

export function closingRoutes(desk: Desk, edge: Edge): void {
  edge.change('POST', '/desk/api/conversations/:id/close', Close, (call) => close(desk, call, call.input));
  edge.change('POST', '/desk/api/handoffs/:id/done', Done, (call) => done(desk, call, call.input));
}

/** Ends a chat with its outcome: one commit gives the conversation back and lets the bot take it up by a turn of its own. */
async function close(desk: Desk, call: Call, input: z.output<typeof Close>): Promise<HttpResponse> {
  const patch = { hold: 'bot', hold_agent: null } as const;
  const response = await underHold(desk, call.id, seenBy(call, input), patch, async (tx, conversation) => {
    const { store } = desk;
    const at = desk.now();
    const handoff = await held(desk, tx, call.id, call.agent);
    await store.handoffs.update(tx, handoff.id, { status: 'closed', outcome: input.outcome, closed_at: at });
    if (input.remark !== '')
      await appendNote(desk, tx, conversation, { id: desk.randomId(), text: input.remark, by: call.agent.id });
    const told = announcements(desk, conversation, handoff, { what: 'ended', agent: call.agent.name });
    await store.log.append(tx, call.id, told, at);
    const event = {
      id: desk.randomId(),
      conversationId: call.id,
      channel: conversation.channel,
      messageId: `handoff:${handoff.id}:closed`,
      body: completed(desk, conversation, input.outcome),
    };
    await store.inbox.accept(tx, event, at);
    const detail = { outcome: input.outcome };
    await audit(desk, tx, { actor: call.agent.id, action: 'handoff.close', subject: handoff.id, detail });
    return ok({ epoch: conversation.hold_epoch });
  });
  if (response.status === 200) desk.wake(call.id);
  return response;
}

/** A message or callback has been dealt with outside the chat. */
async function done(desk: Desk, call: Call, input: z.output<typeof Done>): Promise<HttpResponse> {
  const { store } = desk;
  const answer = await store.write(async (tx) => {
    const found = await store.handoffs.get(tx, call.id);
    if (found === undefined) return { response: notFound() };
    await lockConversation(desk, tx, found.conversation_id);
    const handoff = (await store.handoffs.get(tx, call.id)) ?? found;
    if (handoff.status !== 'message')
      return { response: problem(409, 'over', 'A colleague has dealt with this already.') };
    const conversation = await store.conversations.get(tx, handoff.conversation_id);
    const patch = { status: 'closed', outcome: input.outcome, agent_id: call.agent.id, closed_at: desk.now() } as const;
    await store.handoffs.update(tx, handoff.id, patch);
    if (input.remark !== '' && conversation !== undefined)
      await appendNote(desk, tx, conversation, { id: desk.randomId(), text: input.remark, by: call.agent.id });
    const detail = { outcome: input.outcome };
    await audit(desk, tx, { actor: call.agent.id, action: 'message.done', subject: handoff.id, detail });
    return { response: ok({}), conversation };
  });
  if (answer.conversation !== undefined) wakeReaders(desk.bus, answer.conversation);
  return answer.response;
}
