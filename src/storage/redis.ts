import { createClient } from 'redis';

/** A Redis that does not answer within this is treated as gone, milliseconds. */
const ANSWER_MS = 1_000;
/** Longest pause between attempts to connect again, milliseconds. */
const RECONNECT_MS = 2_000;

export type RedisClient = ReturnType<typeof newClient>;

/** A connection that comes back by itself and never throws into its users. */
export interface RedisLink {
  /** The command's answer, or `otherwise` while Redis is down, slow, or refuses. */
  ask<T>(command: (client: RedisClient) => Promise<T>, otherwise: T): Promise<T>;
  close(): Promise<void>;
}

/** Connects in the background; `onConnected` runs once, when the first connection stands. */
export function linkRedis(
  url: string,
  onConnected: (client: RedisClient) => Promise<unknown> = async () => {},
): RedisLink {
  const client = newClient(url);
  // Every failure is answered by `ask`; without a listener it would end the process.
  client.on('error', () => {});
  const ignore = () => {};
  client
    .connect()
    .then(() => onConnected(client))
    .catch(ignore);
  return {
    async ask(command, otherwise) {
      if (!client.isReady) return otherwise;
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<typeof otherwise>((resolve) => {
        timer = setTimeout(() => resolve(otherwise), ANSWER_MS);
      });
      const answer = command(client).catch(() => otherwise);
      return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
    },
    async close() {
      if (client.isOpen) client.destroy();
    },
  };
}

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 10_000,
    socket: { connectTimeout: 5_000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, RECONNECT_MS) },
  });
}
