import type { Bus } from '../store';
import { localBus } from './local';
import { redisBus } from './redis';

/** @param redisUrl `redis://…` where several processes serve the council; else the wake-ups stay in this process */
export function createBus(redisUrl?: string): Bus {
  return redisUrl ? redisBus(redisUrl) : localBus();
}
