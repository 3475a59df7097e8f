import { index, type Migration, table } from './migration';

/** Parking zones, yellow lines and suspensions, replaced as a whole by each import. */
export const zoneTables: Migration = async (schema) => {
  await table(
    schema,
    'zones',
    {
      id: 'text',
      name: 'text',
      hours: 'text',
      on_bank_holidays: 'bigint',
      visitors: 'text?',
      geometry: 'text',
      south: 'double',
      west: 'double',
      north: 'double',
      east: 'double',
    },
    ['id'],
  );
  const street = { street: 'text', locality: 'text?' } as const;
  await table(
    schema,
    'yellow_lines',
    { ...street, kind: 'text', hours: 'text', on_bank_holidays: 'bigint', no_loading: 'bigint' },
    [],
  );
  await index(schema, 'yellow_lines', 'yellow_lines_street', ['street']);
  await table(schema, 'suspensions', { ...street, first_day: 'text', last_day: 'text', reason: 'text?' }, []);
  await index(schema, 'suspensions', 'suspensions_street', ['street']);
};
