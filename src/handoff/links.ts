import type { Db } from '../storage/schema';
import type { AgentRow } from '../storage/store';
import type { Desk } from './desk';
import { hashOf } from './sessions';

/** Nobody's address (RFC 2606): stands in until the first administrator has given theirs. */
const UNSET_EMAIL = 'administrator@setup.invalid';

/**
 * A link that lets its holder set name, e-mail and password once, within a day. The token is behind `#`, so that no
 * server or proxy ever logs it. Any earlier link of the agent is void.
 */
export async function newLink(desk: Desk, tx: Db, agentId: string): Promise<string> {
  await voidLinks(desk, tx, agentId);
  const token = desk.randomId() + desk.randomId();
  const expires = desk.now() + desk.timings.link;
  await desk.store.agents.addLoginLink(tx, {
    id: hashOf(token),
    agent_id: agentId,
    expires_at: expires,
    used_at: null,
  });
  return `${desk.publicUrl.replace(/\/$/, '')}/desk#link=${token}`;
}

export async function voidLinks(desk: Desk, tx: Db, agentId: string): Promise<void> {
  const links = tx.updateTable('login_links').set({ used_at: desk.now() });
  await links.where('agent_id', '=', agentId).where('used_at', 'is', null).execute();
}

/** The account a token would open, without using it up. */
export async function agentOfLink(desk: Desk, token: string): Promise<AgentRow | undefined> {
  const { store } = desk;
  const links = store.db.selectFrom('login_links').selectAll().where('id', '=', hashOf(token));
  const link = await links.executeTakeFirst();
  if (link === undefined || link.used_at !== null || link.expires_at <= desk.now()) return undefined;
  const agent = await store.agents.get(store.db, link.agent_id);
  return agent?.disabled_at === null ? agent : undefined;
}

/** The one-time link for the first administrator, or undefined once one has set a password. */
export async function ensureAdmin(desk: Desk): Promise<string | undefined> {
  try {
    return await adminLink(desk);
  } catch {
    // Another process, started on the same empty database, has just made the account: now it is there for both.
    return adminLink(desk);
  }
}

function adminLink(desk: Desk): Promise<string | undefined> {
  const { store } = desk;
  return store.write(async (tx) => {
    const admins = (await store.agents.list(tx)).filter(
      (agent) => agent.role === 'admin' && agent.disabled_at === null,
    );
    if (admins.some((admin) => admin.password !== null)) return undefined;
    const id = admins[0]?.id ?? desk.randomId();
    if (admins.length === 0) await store.agents.add(tx, newAgent(desk, { id, email: UNSET_EMAIL, role: 'admin' }));
    return newLink(desk, tx, id);
  });
}

export function newAgent(
  desk: Desk,
  given: { readonly id: string; readonly email: string; readonly name?: string; readonly role: AgentRow['role'] },
): AgentRow {
  return {
    id: given.id,
    email: given.email,
    name: given.name ?? '',
    password: null,
    role: given.role,
    languages: '["en"]',
    seen_at: null,
    available: 1,
    created_at: desk.now(),
    disabled_at: null,
  };
}

export function emailShown(agent: AgentRow): string {
  return agent.email === UNSET_EMAIL ? '' : agent.email;
}
