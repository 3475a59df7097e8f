import { migrate } from './migrations/index';
import { openPostgres } from './postgres';
import { agentRepository } from './repositories/agents';
import { auditRepository } from './repositories/audit';
import { caseRepository } from './repositories/cases';
import { conversationRepository } from './repositories/conversations';
import { handoffRepository } from './repositories/handoffs';
import { inboxRepository } from './repositories/inbox';
import { activityLog } from './repositories/log';
import { outboxRepository } from './repositories/outbox';
import { stateRepository } from './repositories/states';
import { openSqlite } from './sqlite/index';
import type { Store } from './store';

export interface StoreOptions {
  /** Folder of the embedded database; made when it is not there. */
  readonly dataDir: string;
  /** `postgres://…`: PostgreSQL instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** Unguessable ids, for outbox rows. */
  readonly randomId: () => string;
}

/** Opens the store and brings its tables up to date. Rejects when the database is not to be had. */
export async function createStore({ dataDir, databaseUrl, randomId }: StoreOptions): Promise<Store> {
  const database = databaseUrl ? openPostgres(databaseUrl) : openSqlite(dataDir);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const outbox = outboxRepository(database.kind);
  return {
    ...database,
    conversations: conversationRepository(),
    log: activityLog(outbox, randomId),
    inbox: inboxRepository(outbox, randomId),
    states: stateRepository(),
    cases: caseRepository(),
    handoffs: handoffRepository(),
    outbox,
    agents: agentRepository(),
    audit: auditRepository(),
  };
}
