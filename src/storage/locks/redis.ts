import { randomUUID } from 'node:crypto';
import { linkRedis, type RedisLink } from '../redis';
import type { Locks } from '../store';
import { localLocks } from './local';

/** Only the holder, known by its token, may let go or renew. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
/** Renewals within one lease: two may be lost. */
const RENEWALS = 3;

/**
 * Locks between processes: a lease in Redis, renewed while the work runs, so that a crashed holder's lock frees itself. While
 * Redis is down the work runs under the lock of its own process alone; the version check at commit protects.
 */
export function redisLocks(url: string): Locks {
  const link = linkRedis(url);
  const local = localLocks();
  return {
    async tryWith(name, leaseMs, work) {
      const outcome = await local.tryWith(name, leaseMs, () => underLease(link, `wandle:lock:${name}`, leaseMs, work));
      return outcome?.value;
    },
    async close() {
      await Promise.all([local.close(), link.close()]);
    },
  };
}

async function underLease<T>(
  link: RedisLink,
  key: string,
  leaseMs: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  const token = randomUUID();
  const lease = { expiration: { type: 'PX', value: leaseMs }, condition: 'NX' } as const;
  const free = await link.ask(async (client) => (await client.set(key, token, lease)) !== null, true);
  if (!free) return undefined;
  const evaluate = (script: string, ...rest: string[]) =>
    link.ask((client) => client.eval(script, { keys: [key], arguments: [token, ...rest] }), null);
  const renewal = setInterval(() => void evaluate(RENEW, String(leaseMs)), leaseMs / RENEWALS);
  renewal.unref();
  try {
    return { value: await work() };
  } finally {
    clearInterval(renewal);
    await evaluate(RELEASE);
  }
}
