import { sql } from 'kysely';
import { openPostgres } from '../../../src/storage/postgres';
import { describeWith } from '../../services';

/** Opens once `count` callers wait at it; those that come later pass. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    if (++arrived >= count) open();
    return opened;
  };
}

describeWith('postgres', (service) => {
  test('a transaction that PostgreSQL ends to break a deadlock is run again', async () => {
    const database = openPostgres(service.url);
    await database.write(async (tx) => {
      await sql`create table counters (id text primary key, n bigint)`.execute(tx);
      await sql`insert into counters values ('a', 0), ('b', 0)`.execute(tx);
    });
    const bothHold = barrier(2);
    let runs = 0;
    const count = (first: string, second: string) =>
      database.write(async (tx) => {
        runs++;
        await sql`update counters set n = n + 1 where id = ${first}`.execute(tx);
        await bothHold();
        await sql`update counters set n = n + 1 where id = ${second}`.execute(tx);
      });
    await Promise.all([count('a', 'b'), count('b', 'a')]);
    const { rows } = await sql<{ n: number }>`select n from counters`.execute(database.db);
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(runs).toBe(3);
    await database.close();
  }, 20_000);

  test('a time comes back as a number; what else fails is not run again', async () => {
    const database = openPostgres(service.url);
    const { rows } = await sql<{ at: number }>`select 1795448074955::bigint as at`.execute(database.db);
    expect(rows).toEqual([{ at: 1795448074955 }]);
    let runs = 0;
    const failing = database.write(async (tx) => {
      runs++;
      await sql`select 1 / 0`.execute(tx);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(runs).toBe(1);
    await database.close();
  });

  test('a server that restarts costs the statements under way, not the process', async () => {
    const database = openPostgres(service.url);
    await sql`select 1`.execute(database.db);
    await service.stop();
    await expect(sql`select 1`.execute(database.db)).rejects.toThrow();
    await service.start();
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.db);
    expect(rows).toEqual([{ one: 1 }]);
    await database.close();
  }, 60_000);
});
