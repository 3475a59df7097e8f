import type { RawBuilder, SchemaModule } from 'kysely';
import type { Store } from '../store';

/** One step of the tables' history, the same for both databases wherever they agree. */
export type Migration = (schema: SchemaModule, kind: Store['kind']) => Promise<void>;

type Column = 'text' | 'text?' | 'bigint' | 'bigint?' | 'double' | 'double?';

/** Makes a table. `?` marks a column that may be null; truth values and times are bigint. */
export async function table(
  schema: SchemaModule,
  name: string,
  columns: Readonly<Record<string, Column>>,
  primaryKey: readonly string[],
): Promise<void> {
  let builder = schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    const bare = type.replace('?', '') as 'text' | 'bigint' | 'double';
    builder = builder.addColumn(column, bare === 'double' ? 'double precision' : bare, (definition) =>
      type.endsWith('?') ? definition : definition.notNull(),
    );
  }
  if (primaryKey.length > 0) builder = builder.addPrimaryKeyConstraint(`${name}_key`, primaryKey as never);
  await builder.execute();
}

/** Makes an index, unique or partial if asked to; `where` is SQL both databases read. */
export async function index(
  schema: SchemaModule,
  on: string,
  name: string,
  columns: readonly string[],
  options: { readonly unique?: boolean; readonly where?: RawBuilder<boolean> } = {},
): Promise<void> {
  let builder = schema
    .createIndex(name)
    .on(on)
    .columns([...columns]);
  if (options.unique) builder = builder.unique();
  if (options.where) builder = builder.where(options.where);
  await builder.execute();
}
