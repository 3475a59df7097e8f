import { randomUUID } from 'node:crypto';
import { linkRedis } from '../redis';
import type { RateLimits } from '../store';

/** A sorted set of the moments counted, by key: drops what has left the window, counts what is left, adds this one if it may. */
const ALLOW = `
redis.call('zremrangebyscore', KEYS[1], '-inf', ARGV[1] - ARGV[2])
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('zadd', KEYS[1], ARGV[1], ARGV[4])
redis.call('pexpire', KEYS[1], ARGV[2])
return 1`;

/** Limits over all processes. While Redis is down everything is allowed: a resident must not be locked out by our outage. */
export function redisRateLimits(url: string, now: () => number): RateLimits {
  const link = linkRedis(url);
  return {
    async allow(key, limit, windowMs) {
      const parameters = [now(), windowMs, limit, randomUUID()].map(String);
      const options = { keys: [`wandle:limit:${key}`], arguments: parameters };
      return (await link.ask<unknown>((client) => client.eval(ALLOW, options), 1)) === 1;
    },
    close: link.close,
  };
}
