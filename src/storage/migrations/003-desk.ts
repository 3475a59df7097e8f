import { type SchemaModule, sql } from 'kysely';
import { index, type Migration, table } from './migration';

/** Handoffs, the people at the desk, and who did what. */
export const deskTables: Migration = async (schema) => {
  await handoffs(schema);
  await agents(schema);
  await table(
    schema,
    'audit',
    { id: 'text', at: 'bigint', actor: 'text', action: 'text', subject: 'text?', detail: 'text?' },
    ['id'],
  );
  await index(schema, 'audit', 'audit_at', ['at', 'id']);
};

async function handoffs(schema: SchemaModule): Promise<void> {
  await table(
    schema,
    'handoffs',
    {
      id: 'text',
      conversation_id: 'text',
      status: 'text',
      lane: 'text',
      reason: 'text',
      ask: 'text',
      service: 'text?',
      language: 'text?',
      facts: 'text',
      contact: 'text?',
      agent_id: 'text?',
      outcome: 'text?',
      requested_at: 'bigint',
      claimed_at: 'bigint?',
      closed_at: 'bigint?',
    },
    ['id'],
  );
  await index(schema, 'handoffs', 'handoffs_open', ['conversation_id'], {
    where: sql`status in ('waiting', 'claimed')`,
  });
  await index(schema, 'handoffs', 'handoffs_queue', ['requested_at'], { where: sql`status = 'waiting'` });
  await index(schema, 'handoffs', 'handoffs_agent', ['agent_id'], { where: sql`status = 'claimed'` });
  await index(schema, 'handoffs', 'handoffs_requested', ['requested_at', 'id']);
}

async function agents(schema: SchemaModule): Promise<void> {
  await table(
    schema,
    'agents',
    {
      id: 'text',
      email: 'text',
      name: 'text',
      password: 'text?',
      role: 'text',
      languages: 'text',
      seen_at: 'bigint?',
      available: 'bigint',
      created_at: 'bigint',
      disabled_at: 'bigint?',
    },
    ['id'],
  );
  await index(schema, 'agents', 'agents_email', ['email'], { unique: true });
  await schema
    .createTable('agent_sessions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull().references('agents.id'))
    .addColumn('csrf', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('login_links')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull().references('agents.id'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
}
