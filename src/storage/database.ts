import type { Db } from './schema';
import type { Store } from './store';

/** A database without the repositories: what differs between SQLite and PostgreSQL. */
export type Database = Pick<Store, 'kind' | 'db' | 'write' | 'close'> & { readonly db: Db };
