import type { Connection } from './connection';

/** Jobs that may share one commit: bounds how long the event loop is held and how much one failed commit takes along. */
const GROUP_LIMIT = 64;

interface Job {
  /** Runs inside the transaction; answers what to do once the group is committed. */
  readonly run: () => Promise<() => void>;
  readonly reject: (reason: unknown) => void;
}

export interface GroupCommit {
  /** @see Store.write. Must not be called from within `work`: it would wait for itself. */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything handed in before is committed; refuses what comes after. */
  close(): Promise<void>;
}

/**
 * Jobs waiting together run one after another in one `begin immediate … commit`, each in a savepoint of its own. One that fails
 * is rolled back and rejected alone. Nobody is answered before the commit, the one moment that costs a disk flush.
 */
export function groupCommit(connection: Connection): GroupCommit {
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  const runAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Everything that arrives with the same turn of the event loop joins the group.
      await new Promise((resolve) => setImmediate(resolve));
      await commitGroup(connection, waiting);
    }
    running = undefined;
  };

  return {
    write<T>(work: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('The store is closed'));
      return new Promise<T>((resolve, reject) => {
        const run = async () => {
          const value = await work();
          return () => resolve(value);
        };
        waiting.push({ run, reject });
        running ??= runAll();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

/** Takes jobs from `waiting`, also those that come while it runs, up to the limit. Never throws: each job hears for itself. */
async function commitGroup(connection: Connection, waiting: Job[]): Promise<void> {
  const group: Job[] = [];
  const answers: (() => void)[] = [];
  try {
    connection.exec('begin immediate');
    for (let job = waiting.shift(); job; job = group.length < GROUP_LIMIT ? waiting.shift() : undefined) {
      group.push(job);
      answers.push(await runJob(connection, job));
    }
    connection.exec('commit');
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback');
    // Without a transaction (the lock was not to be had) nobody was taken: the first in line hears of it.
    const rejected = group.length > 0 ? group : waiting.splice(0, 1);
    for (const job of rejected) job.reject(error);
    return;
  }
  for (const answer of answers) answer();
}

async function runJob(connection: Connection, job: Job): Promise<() => void> {
  connection.exec('savepoint job');
  try {
    const answer = await job.run();
    connection.exec('release job');
    return answer;
  } catch (error) {
    // A full disk or a failed write ends the whole transaction: then the group fails together.
    if (!connection.inTransaction) throw error;
    connection.exec('rollback to job');
    connection.exec('release job');
    return () => job.reject(error);
  }
}
