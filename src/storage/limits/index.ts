import type { RateLimits } from '../store';
import { localRateLimits } from './local';
import { redisRateLimits } from './redis';

/**
 * @param redisUrl `redis://…` where several processes serve the council; else each process counts for itself
 * @param now the clock the windows are measured by
 */
export function createRateLimits(redisUrl?: string, now: () => number = Date.now): RateLimits {
  return redisUrl ? redisRateLimits(redisUrl, now) : localRateLimits(now);
}
