import { type Migration, table } from './migration';

/** What people say a place is near: stations, schools, parks. Part of the gazetteer, replaced with it. */
export const landmarkTables: Migration = async (schema) => {
  await table(schema, 'landmarks', { id: 'text', name: 'text', lat: 'double', lon: 'double' }, ['id']);
};
