import { sql } from 'kysely';
import { index, type Migration, table } from './migration';

/** Cases and those who follow them. */
export const serviceTables: Migration = async (schema) => {
  await table(
    schema,
    'cases',
    {
      reference: 'text',
      service: 'text',
      status: 'text',
      dedupe_key: 'text',
      conversation_id: 'text?',
      answers: 'text',
      facts: 'text',
      place: 'text?',
      lat: 'double?',
      lon: 'double?',
      contact: 'text?',
      due_at: 'bigint?',
      opened_at: 'bigint',
      closed_at: 'bigint?',
      note: 'text?',
    },
    ['reference'],
  );
  const open = sql<boolean>`status = 'open'`;
  await index(schema, 'cases', 'cases_open_once', ['dedupe_key'], { unique: true, where: open });
  await index(schema, 'cases', 'cases_near', ['service', 'lat', 'lon'], { where: open });
  await index(schema, 'cases', 'cases_place', ['service', 'place', 'opened_at']);
  await index(schema, 'cases', 'cases_conversation', ['conversation_id']);
  await index(schema, 'cases', 'cases_opened', ['opened_at', 'reference']);
  await schema
    .createTable('case_followers')
    .addColumn('reference', 'text', (column) => column.notNull().references('cases.reference'))
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('answers', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_followers_key', ['reference', 'conversation_id'])
    .execute();
};
