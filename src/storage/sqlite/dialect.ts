import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Connection } from './connection';

/**
 * Kysely over one libsql connection. Its calls are synchronous, so queries never overlap and need no pool; transactions are the
 * group commit's business and not Kysely's.
 */
export function sqliteDialect(connection: Connection): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driverOf(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function driverOf(connection: Connection): Driver {
  const shared = sharedConnection(connection);
  const refuse = async (): Promise<never> => {
    throw new Error('Transactions go through store.write');
  };
  return {
    init: async () => {},
    acquireConnection: async () => shared,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => connection.close(),
  };
}

function sharedConnection(connection: Connection): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = connection.run(query.sql, query.parameters);
      return changes === undefined ? { rows: rows as R[] } : { rows: [], numAffectedRows: BigInt(changes) };
    },
    // An open cursor would keep an old snapshot alive on the shared connection: read in batches instead.
    streamQuery() {
      throw new Error('Streaming is not supported: read in batches');
    },
  };
}
