import { sql } from 'kysely';
import { index, type Migration } from './migration';

/** What the desk and the metrics look for again and again: few rows of tables that grow for years. */
export const backlogIndexes: Migration = async (schema) => {
  await schema.dropIndex('outbox_dead').execute();
  await index(schema, 'outbox', 'outbox_undelivered', ['created_at'], { where: sql`status in ('dead', 'maybe')` });
  await index(schema, 'handoffs', 'handoffs_messages', ['requested_at'], { where: sql`status = 'message'` });
};
