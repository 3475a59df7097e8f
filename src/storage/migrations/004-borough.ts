import { index, type Migration, table } from './migration';

/** The embedded back office: places and collection rounds, replaced as a whole by each import. */
export const boroughTables: Migration = async (schema) => {
  await table(
    schema,
    'postcodes',
    { postcode: 'text', lat: 'double', lon: 'double', ward: 'text', authority: 'text?' },
    ['postcode'],
  );
  await table(
    schema,
    'streets',
    { id: 'text', name: 'text', locality: 'text', lat: 'double', lon: 'double', owner: 'text', body: 'text?' },
    ['id'],
  );
  await table(
    schema,
    'addresses',
    {
      uprn: 'text',
      line: 'text',
      number: 'text',
      flat: 'text?',
      street_id: 'text',
      street: 'text',
      postcode: 'text',
      ward: 'text',
      lat: 'double',
      lon: 'double',
      kind: 'text',
      shared_store: 'text?',
      zone: 'text?',
    },
    ['uprn'],
  );
  await index(schema, 'addresses', 'addresses_postcode', ['postcode']);
  await index(schema, 'addresses', 'addresses_street', ['street_id']);
  await index(schema, 'addresses', 'addresses_position', ['lat', 'lon']);
  await table(schema, 'address_rounds', { uprn: 'text', stream: 'text', round: 'text' }, ['uprn', 'stream']);
  await table(schema, 'collection_days', { round: 'text', date: 'text', moved_from: 'text?', finished_at: 'bigint?' }, [
    'round',
    'date',
  ]);
  await table(schema, 'crew_exceptions', { uprn: 'text', stream: 'text', date: 'text', code: 'text', at: 'bigint' }, [
    'uprn',
    'stream',
    'date',
    'code',
  ]);
  await table(schema, 'imports', { kind: 'text', at: 'bigint', rows: 'bigint', source: 'text' }, []);
  await index(schema, 'imports', 'imports_latest', ['kind', 'at']);
};
