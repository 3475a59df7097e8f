import { z } from 'zod';
import type { HttpResponse } from '../channels/channel';
import type { AgentRow } from '../storage/store';
import type { AgentItem } from './api';
import { audit } from './audit';
import type { Desk } from './desk';
import { type Call, type Edge, notFound, ok, problem } from './edge';
import { emailShown, newAgent, newLink } from './links';
import { endAllSessions } from './sessions';
import { Email, languagesOf, Name } from './signIn';
import { wakeDesk } from './wakes';

const NewAgent = z.object({
  name: Name,
  email: Email,
  role: z.enum(['agent', 'supervisor', 'admin']),
  languages: z.array(z.string().max(20)).max(20).default(['en']),
});

/** Accounts: administrators add, renew and switch off. */
export function agentRoutes(desk: Desk, edge: Edge): void {
  edge.read('/desk/api/agents', () => list(desk), 'admin');
  edge.change('POST', '/desk/api/agents', NewAgent, (call) => add(desk, call, call.input), 'admin');
  edge.change('POST', '/desk/api/agents/:id/link', z.object({}), (call) => renew(desk, call), 'admin');
  const Disabled = z.object({ disabled: z.boolean() });
  edge.change(
    'POST',
    '/desk/api/agents/:id/disabled',
    Disabled,
    (call) => disable(desk, call, call.input.disabled),
    'admin',
  );
}

async function list(desk: Desk): Promise<HttpResponse> {
  const rows = await desk.store.agents.list(desk.store.db);
  return ok({ agents: rows.map(itemOf) });
}

function itemOf(agent: AgentRow): AgentItem {
  return {
    id: agent.id,
    name: agent.name,
    email: emailShown(agent),
    role: agent.role,
    languages: languagesOf(agent),
    hasPassword: agent.password !== null,
    disabled: agent.disabled_at !== null,
    seenAt: agent.seen_at,
  };
}

async function add(desk: Desk, call: Call, input: z.output<typeof NewAgent>): Promise<HttpResponse> {
  if ((await desk.store.agents.byEmail(desk.store.db, input.email)) !== undefined)
    return problem(409, 'email', 'Another account has this email address.');
  const agent = { ...newAgent(desk, { ...input, id: desk.randomId() }), languages: JSON.stringify(input.languages) };
  const link = await desk.store.write(async (tx) => {
    await desk.store.agents.add(tx, agent);
    await audit(desk, tx, {
      actor: call.agent.id,
      action: 'agent.add',
      subject: agent.id,
      detail: { role: agent.role },
    });
    return newLink(desk, tx, agent.id);
  });
  return ok({ agent: itemOf(agent), link });
}

async function renew(desk: Desk, call: Call): Promise<HttpResponse> {
  const agent = await desk.store.agents.get(desk.store.db, call.id);
  if (agent === undefined || agent.disabled_at !== null) return notFound();
  const link = await desk.store.write(async (tx) => {
    await audit(desk, tx, { actor: call.agent.id, action: 'agent.link', subject: agent.id });
    return newLink(desk, tx, agent.id);
  });
  return ok({ link });
}

async function disable(desk: Desk, call: Call, disabled: boolean): Promise<HttpResponse> {
  if (call.id === call.agent.id) return problem(409, 'self', 'You cannot switch off your own account.');
  const agent = await desk.store.agents.get(desk.store.db, call.id);
  if (agent === undefined) return notFound();
  await desk.store.write(async (tx) => {
    await desk.store.agents.update(tx, agent.id, { disabled_at: disabled ? desk.now() : null });
    if (disabled) await endAllSessions(tx, agent.id);
    const action = disabled ? 'agent.disable' : 'agent.enable';
    await audit(desk, tx, { actor: call.agent.id, action, subject: agent.id });
  });
  wakeDesk(desk.bus, 'accounts');
  return ok({ disabled });
}
