import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { linkRedis } from '../redis';
import type { Bus } from '../store';
import { localBus } from './local';

/** One Redis channel for all topics: every process has readers of most of them, and a wake-up is small. */
const CHANNEL = 'wandle:bus';
const Message = z.object({ from: z.string(), topic: z.string(), hint: z.string() });

/**
 * Wake-ups between processes. Listeners of the same process hear at once and without Redis; while it is down the other
 * processes find what is new when they next poll the log.
 */
export function redisBus(url: string): Bus {
  const local = localBus();
  const self = randomUUID();
  const publisher = linkRedis(url);
  const hear = (text: string): void => {
    const message = Message.safeParse(parse(text));
    if (message.success && message.data.from !== self) local.publish(message.data.topic, message.data.hint);
  };
  // The client subscribes again by itself whenever the connection comes back.
  const subscriber = linkRedis(url, (client) => client.subscribe(CHANNEL, hear));
  return {
    publish(topic, hint = '') {
      local.publish(topic, hint);
      const message = JSON.stringify({ from: self, topic, hint } satisfies z.infer<typeof Message>);
      void publisher.ask((client) => client.publish(CHANNEL, message), 0);
    },
    subscribe: local.subscribe,
    async close() {
      await Promise.all([local.close(), publisher.close(), subscriber.close()]);
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
