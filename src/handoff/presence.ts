import type { EpochMs } from '../conversation/ports';
import type { AgentRow, HandoffRow } from '../storage/store';
import { claimedNow } from './backlog';
import { requeue } from './claim';
import type { Desk } from './desk';
import { wakeDesk } from './wakes';

/** The agent's page has shown that it is alive. */
export async function beat(desk: Desk, agentId: string): Promise<void> {
  const at = desk.now();
  const agent = await desk.store.agents.get(desk.store.db, agentId);
  if (agent === undefined || (agent.seen_at !== null && at - agent.seen_at < desk.timings.heartbeat / 2)) return;
  await desk.store.write((tx) => desk.store.agents.update(tx, agentId, { seen_at: at }));
  const wasGone = agent.seen_at === null || at - agent.seen_at > desk.timings.gone;
  if (wasGone) wakeDesk(desk.bus);
}

/** Gives the chats of agents who are gone back to the front of the queue. Answers how many. */
export async function sweep(desk: Desk): Promise<number> {
  const { store } = desk;
  const claimed = await claimedNow(store.db);
  const agents = new Map((await store.agents.list(store.db)).map((agent) => [agent.id, agent]));
  const lost = claimed.flatMap((handoff) => {
    const agent = handoff.agent_id === null ? undefined : agents.get(handoff.agent_id);
    return agent !== undefined && isLost(desk, agent, handoff, desk.now()) ? [{ handoff, agent }] : [];
  });
  let given = 0;
  for (const { handoff, agent } of lost) if (await giveBack(desk, handoff, agent)) given += 1;
  if (given > 0) desk.logger.warn({ chats: given }, 'chats of absent agents went back to the queue');
  return given;
}

/**
 * A sweep for a timer. Nobody could show a sign of life while nobody took one (a restart, the records away): after that
 * everybody gets the usual time to come back first.
 */
export function patientSweep(desk: Desk): () => Promise<void> {
  let since = desk.now();
  let looked = since;
  return async () => {
    const at = desk.now();
    if (at - looked > desk.timings.gone) since = at;
    if (at - since >= desk.timings.requeue) await sweep(desk);
    looked = at;
  };
}

/** A claim is a sign of life too: whoever has just taken a chat may not have opened their socket yet. */
function isLost(desk: Desk, agent: AgentRow, handoff: HandoffRow, at: EpochMs): boolean {
  if (agent.disabled_at !== null) return true;
  const seen = Math.max(agent.seen_at ?? 0, handoff.claimed_at ?? 0);
  return at - seen > desk.timings.requeue;
}

async function giveBack(desk: Desk, handoff: HandoffRow, agent: AgentRow): Promise<boolean> {
  const conversation = await desk.store.conversations.get(desk.store.db, handoff.conversation_id);
  if (conversation === undefined) return false;
  const chat = { id: conversation.id, agent, why: 'agent-gone' } as const;
  const response = await requeue(desk, chat, { epoch: conversation.hold_epoch });
  return response.status === 200;
}
