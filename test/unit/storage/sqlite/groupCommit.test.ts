import type { Connection } from '../../../../src/storage/sqlite/connection';
import { groupCommit } from '../../../../src/storage/sqlite/groupCommit';

/** A connection that only writes down what it is told; `failing` statements throw, `ending` ones end the transaction too. */
function fakeConnection(faults: { failing?: string; ending?: string } = {}) {
  const statements: string[] = [];
  let inTransaction = false;
  const connection: Connection = {
    run: () => ({ rows: [] }),
    exec(sql) {
      statements.push(sql);
      if (sql === faults.failing) throw new Error(`${sql} failed`);
      if (sql === 'begin immediate') inTransaction = true;
      if (sql === 'commit' || sql === 'rollback') inTransaction = false;
    },
    get inTransaction() {
      return inTransaction;
    },
    close() {},
  };
  return { connection, statements, end: () => (inTransaction = false) };
}

test('jobs that wait together share one commit, each in its savepoint', async () => {
  const { connection, statements } = fakeConnection();
  const commits = groupCommit(connection);
  const answers = await Promise.all([1, 2].map((n) => commits.write(async () => n)));
  expect(answers).toEqual([1, 2]);
  const job = ['savepoint job', 'release job'];
  expect(statements).toEqual(['begin immediate', ...job, ...job, 'commit']);
});

test('nobody is answered before the commit', async () => {
  const { connection, statements } = fakeConnection();
  const commits = groupCommit(connection);
  const first = commits.write(async () => 1).then(() => statements.at(-1));
  const second = commits.write(async () => {
    throw new Error('no');
  });
  const refused = second.catch(() => statements.at(-1));
  expect(await Promise.all([first, refused])).toEqual(['commit', 'commit']);
});

test('a commit that fails rejects the whole group and the next one goes on', async () => {
  const faults: { failing?: string } = { failing: 'commit' };
  const { connection, statements } = fakeConnection(faults);
  const commits = groupCommit(connection);
  const outcomes = await Promise.allSettled([commits.write(async () => 1), commits.write(async () => 2)]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  expect(statements.at(-1)).toBe('rollback');
  delete faults.failing;
  expect(await commits.write(async () => 3)).toBe(3);
});

test('a failure that ended the transaction (a full disk) is not taken for one job alone', async () => {
  const { connection, end } = fakeConnection();
  const commits = groupCommit(connection);
  const outcomes = await Promise.allSettled([
    commits.write(async () => 1),
    commits.write(async () => {
      end();
      throw new Error('disk is full');
    }),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
});

test('a lock that is not to be had rejects one after another and waits for nobody', async () => {
  const { connection } = fakeConnection({ failing: 'begin immediate' });
  const commits = groupCommit(connection);
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => commits.write(async () => n)));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('close waits for what was handed in and refuses the rest', async () => {
  const { connection, statements } = fakeConnection();
  const commits = groupCommit(connection);
  const written = commits.write(async () => 1);
  await commits.close();
  expect(statements.at(-1)).toBe('commit');
  await expect(written).resolves.toBe(1);
  await expect(commits.write(async () => 2)).rejects.toThrow('closed');
});

test('a long line of jobs is committed in parts', async () => {
  const { connection, statements } = fakeConnection();
  const commits = groupCommit(connection);
  await Promise.all(Array.from({ length: 150 }, (_, n) => commits.write(async () => n)));
  expect(statements.filter((sql) => sql === 'commit')).toHaveLength(3);
});
