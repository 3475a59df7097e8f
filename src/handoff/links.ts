import type { Db } from '../storage/schema';
import type { AgentRow } from '../storage/store';
import { audit } from './audit';
import { type Desk, TIMINGS } from './desk';
import { hashOf } from './sessions';

type LinkOptions = Pick<Desk, 'store' | 'now' | 'randomId' | 'publicUrl'>;
type Links = LinkOptions & Pick<Desk, 'timings'>;

/** Nobody's address (RFC 2606): stands in until the first administrator has given theirs. */
const UNSET_EMAIL = 'administrator@setup.invalid';

/**
 * A link that lets its holder set name, e-mail and password once, within a day. The token is behind `#`, so that no
 * server or proxy ever logs it. Any earlier link of the agent is void.
 */
export async function newLink(desk: Links, tx: Db, agentId: string): Promise<string> {
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

export async function voidLinks(desk: Links, tx: Db, agentId: string): Promise<void> {
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
export async function ensureAdmin(desk: Links): Promise<string | undefined> {
  try {
    return await adminLink(desk);
  } catch {
    // Another process, started on the same empty database, has just made the account: now it is there for both.
    return adminLink(desk);
  }
}

function adminLink(desk: Links): Promise<string | undefined> {
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

/**
 * A new one-time link for an administrator who cannot get in, made by whoever runs the server.
 * @param email whose; may be left out where there is one administrator only
 * @returns the link, or the addresses to choose from
 */
export async function renewAdminLink(
  options: LinkOptions,
  email?: string,
): Promise<{ readonly email: string; readonly link: string } | { readonly choose: readonly string[] }> {
  const desk = { ...options, timings: TIMINGS };
  const admins = (await desk.store.agents.list(desk.store.db)).filter(
    ({ role, disabled_at }) => role === 'admin' && disabled_at === null,
  );
  const wanted = email?.trim().toLowerCase();
  const found = wanted === undefined ? admins : admins.filter((admin) => admin.email === wanted);
  const [admin, other] = found;
  if (admins.length === 0) return { email: '', link: (await ensureAdmin(desk)) ?? '' };
  if (admin === undefined || other !== undefined) return { choose: admins.map(emailShown) };
  const link = await desk.store.write(async (tx) => {
    await audit(desk, tx, { actor: 'command-line', action: 'agent.link', subject: admin.id });
    return newLink(desk, tx, admin.id);
  });
  return { email: emailShown(admin), link };
}

export function newAgent(
  desk: Pick<Desk, 'now'>,
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
