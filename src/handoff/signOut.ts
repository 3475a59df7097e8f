import { z } from 'zod';
import type { HttpResponse } from '../channels/channel';
import { audit } from './audit';
import { requeue } from './claim';
import type { Desk } from './desk';
import { type Call, type Edge, ok, problem } from './edge';
import { openOf } from './queue';
import { endSession } from './sessions';
import { wakeDesk } from './wakes';

/** Nobody walks away from a resident unnoticed: with open chats, `requeue` must say that they go back to the queue. */
const SignOut = z.object({ requeue: z.boolean().default(false) });

export function signOutRoutes(desk: Desk, edge: Edge): void {
  edge.change('DELETE', '/desk/api/session', SignOut, (call) => signOut(desk, call, call.input.requeue));
}

async function signOut(desk: Desk, call: Call, giveBack: boolean): Promise<HttpResponse> {
  const open = await openOf(desk, call.agent.id);
  if (open.length > 0 && !giveBack)
    return problem(
      409,
      'open-chats',
      `You have ${open.length} open chats: close them, or give them back to the queue.`,
    );
  for (const handoff of open) {
    const conversation = await desk.store.conversations.get(desk.store.db, handoff.conversation_id);
    if (conversation === undefined) continue;
    const chat = { id: conversation.id, agent: call.agent, why: 'sign-out' } as const;
    await requeue(desk, chat, { epoch: conversation.hold_epoch });
  }
  const cookie = await desk.store.write(async (tx) => {
    await desk.store.agents.update(tx, call.agent.id, { seen_at: null });
    await audit(desk, tx, { actor: call.agent.id, action: 'sign-out', subject: null });
    return endSession(desk, tx, call);
  });
  wakeDesk(desk.bus, 'accounts');
  return ok({}, { 'set-cookie': cookie });
}
