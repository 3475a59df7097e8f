import { type SchemaModule, sql } from 'kysely';
import { index, type Migration, table } from './migration';

/** Conversations, their log, what came in, what goes out, and the bot's state. */
export const conversationTables: Migration = async (schema, kind) => {
  await conversations(schema);
  await activities(schema);
  await inbox(schema, kind === 'sqlite');
  await outbox(schema);
  await table(schema, 'states', { key: 'text', version: 'bigint', body: 'text', updated_at: 'bigint' }, ['key']);
};

async function conversations(schema: SchemaModule): Promise<void> {
  await table(
    schema,
    'conversations',
    {
      id: 'text',
      channel: 'text',
      address: 'text?',
      resident: 'text',
      language: 'text?',
      language_explicit: 'bigint',
      last_seq: 'bigint',
      version: 'bigint',
      hold: 'text',
      hold_agent: 'text?',
      hold_epoch: 'bigint',
      push: 'bigint',
      opted_out: 'bigint',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    ['id'],
  );
  await index(schema, 'conversations', 'conversations_address', ['channel', 'address'], {
    unique: true,
    where: sql`address is not null`,
  });
  await index(schema, 'conversations', 'conversations_updated', ['updated_at']);
}

async function activities(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('activities')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('author', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('erased_at', 'bigint')
    .addColumn('erased_because', 'text')
    .addPrimaryKeyConstraint('activities_key', ['conversation_id', 'seq'])
    .execute();
  await index(schema, 'activities', 'activities_id', ['conversation_id', 'id'], { unique: true });
  await index(schema, 'activities', 'activities_at', ['at', 'conversation_id', 'seq']);
}

async function inbox(schema: SchemaModule, sqlite: boolean): Promise<void> {
  await schema
    .createTable('inbox')
    .addColumn('position', sqlite ? 'integer' : 'bigint', (column) =>
      sqlite ? column.primaryKey().autoIncrement() : column.generatedByDefaultAsIdentity().primaryKey(),
    )
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint')
    .addColumn('body', 'text')
    .addColumn('timer_name', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  const pending = sql<boolean>`status = 'pending'`;
  await index(schema, 'inbox', 'inbox_message', ['channel', 'message_id'], { unique: true });
  await index(schema, 'inbox', 'inbox_turns', ['conversation_id', 'due_at', 'position'], { where: pending });
  await index(schema, 'inbox', 'inbox_due', ['due_at'], { where: pending });
  await index(schema, 'inbox', 'inbox_dead', ['finished_at'], { where: sql`status = 'dead'` });
}

async function outbox(schema: SchemaModule): Promise<void> {
  await table(
    schema,
    'outbox',
    {
      id: 'text',
      kind: 'text',
      conversation_id: 'text?',
      seq: 'bigint?',
      body: 'text?',
      order_key: 'text',
      position: 'bigint',
      status: 'text',
      attempts: 'bigint',
      next_at: 'bigint',
      provider_id: 'text?',
      error: 'text?',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    ['id'],
  );
  const unfinished = sql<boolean>`status in ('pending', 'sending')`;
  await index(schema, 'outbox', 'outbox_order', ['kind', 'order_key', 'position'], { unique: true });
  await index(schema, 'outbox', 'outbox_next', ['kind', 'next_at'], { where: sql`status = 'pending'` });
  await index(schema, 'outbox', 'outbox_first', ['kind', 'order_key', 'position'], {
    where: unfinished,
  });
  await index(schema, 'outbox', 'outbox_provider', ['kind', 'provider_id'], { where: sql`provider_id is not null` });
  await index(schema, 'outbox', 'outbox_conversation', ['conversation_id']);
  await index(schema, 'outbox', 'outbox_dead', ['updated_at'], { where: sql`status = 'dead'` });
}
