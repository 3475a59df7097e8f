import { type Migration, table } from './migration';

/** The published answers to requests for information, replaced as a whole by each import. */
export const disclosureTables: Migration = async (schema) => {
  await table(
    schema,
    'disclosures',
    { reference: 'text', title: 'text', summary: 'text', published: 'text', link: 'text' },
    ['reference'],
  );
};
