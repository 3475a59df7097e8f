import { index, type Migration, table } from './migration';

/** What residents add to a case after it was opened. */
export const caseNoteTables: Migration = async (schema) => {
  await table(
    schema,
    'case_notes',
    {
      id: 'text',
      reference: 'text',
      conversation_id: 'text',
      what: 'text',
      text: 'text',
      photo: 'text?',
      at: 'bigint',
    },
    ['id'],
  );
  await index(schema, 'case_notes', 'case_notes_case', ['reference', 'at']);
};
