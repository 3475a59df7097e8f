import type { Locks } from '../store';
import { localLocks } from './local';
import { redisLocks } from './redis';

/** @param redisUrl `redis://…` where several processes serve the council; else the locks are this process's own */
export function createLocks(redisUrl?: string): Locks {
  return redisUrl ? redisLocks(redisUrl) : localLocks();
}
