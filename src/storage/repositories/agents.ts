import { cleanText } from '../json';
import type { AgentRepository } from '../store';

/** E-mail addresses are kept and compared in lower case. */
const normalise = (email: string): string => cleanText(email).trim().toLowerCase();

export function agentRepository(): AgentRepository {
  return { ...people, ...sessions, ...loginLinks };
}

type People = Pick<AgentRepository, 'add' | 'get' | 'byEmail' | 'list' | 'update'>;
const people: People = {
  async add(tx, row) {
    await tx
      .insertInto('agents')
      .values({ ...row, email: normalise(row.email) })
      .execute();
  },
  get: (db, id) => db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst(),
  byEmail: (db, email) => db.selectFrom('agents').selectAll().where('email', '=', normalise(email)).executeTakeFirst(),
  list: (db) => db.selectFrom('agents').selectAll().orderBy('name').orderBy('id').execute(),
  async update(tx, id, patch) {
    if (Object.values(patch).every((value) => value === undefined)) return;
    const safe = patch.email === undefined ? patch : { ...patch, email: normalise(patch.email) };
    await tx.updateTable('agents').set(safe).where('id', '=', id).execute();
  },
};

type Sessions = Pick<AgentRepository, 'addSession' | 'session' | 'touchSession' | 'endSession'>;
const sessions: Sessions = {
  async addSession(tx, row) {
    await tx.insertInto('agent_sessions').values(row).execute();
  },
  session: (db, id) => db.selectFrom('agent_sessions').selectAll().where('id', '=', id).executeTakeFirst(),
  async touchSession(tx, id, at) {
    await tx.updateTable('agent_sessions').set({ seen_at: at }).where('id', '=', id).execute();
  },
  async endSession(tx, id) {
    await tx.deleteFrom('agent_sessions').where('id', '=', id).execute();
  },
};

type LoginLinks = Pick<AgentRepository, 'addLoginLink' | 'useLoginLink'>;
const loginLinks: LoginLinks = {
  async addLoginLink(tx, row) {
    await tx.insertInto('login_links').values(row).execute();
  },
  async useLoginLink(tx, id, at) {
    const used = await tx
      .updateTable('login_links')
      .set({ used_at: at })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', at)
      .returning('agent_id')
      .executeTakeFirst();
    return used?.agent_id;
  },
};
