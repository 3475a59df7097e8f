import { WebSocket } from 'ws';
import { randomId } from '../../src/randomId';
import { createStore } from '../../src/storage/index';
import type { Store } from '../../src/storage/store';
import { type RunningServer, startServer, until } from '../server';
import { describeWith } from '../services';

const MINUTE = 60_000;
const MESSAGES = 40;

describeWith('postgres', (postgres) => {
  describeWith('redis', (redis) => {
    const running: RunningServer[] = [];
    let store: Store;
    const env = (more: Readonly<Record<string, string>> = {}) => ({
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      WANDLE_SECRET: 'the-same-secret-for-every-process',
      ...more,
    });
    /** Both at once: each finds the other making the tables, the demo borough and the first account. */
    const startTwo = async (more: Readonly<Record<string, string>> = {}) => {
      const [one, other] = await Promise.all([startServer(env(more)), startServer(env(more))]);
      running.push(one, other);
      return [one, other] as const;
    };
    beforeEach(async () => {
      store = await createStore({ dataDir: '', databaseUrl: postgres.url, randomId });
    });
    afterEach(async () => {
      const codes = await Promise.all(running.splice(0).map((server) => server.stop()));
      await store.close();
      expect(codes.filter((code) => code !== 0)).toEqual([]);
    });

    it(
      'start together on an empty database, and answer a text',
      async () => {
        const [one] = await startTwo();
        const status = await text(one, '+447700900401', 'I want to report a pothole');
        expect(status).toBe(202);
        const answered = () => repliesByInbound(store);
        const [replies] = await until('an answer', async () => {
          const found = await answered();
          return found.length > 0 && found;
        });
        expect(replies).toMatchObject({ status: 'done' });
        expect(replies?.replies).toBeGreaterThan(0);
      },
      MINUTE,
    );

    it(
      'answer each message once and in order, whichever of the two it comes to',
      async () => {
        const servers = await startTwo({ WANDLE_BOT: 'echo' });
        const { conversationId, token } = await startChat(servers[0]);
        const texts = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
        for (const [index, said] of texts.entries()) {
          const path = `/v3/directline/conversations/${conversationId}/activities`;
          await call(servers[index % 2] ?? servers[0], 'POST', path, token, { type: 'message', text: said });
        }
        await until('all answers', async () => (await unsettled(store)) === 0);
        const log = await store.log.read(store.db, conversationId, 'desk');
        const said = (role: string) => log.filter((row) => row.role === role).map(({ body }) => body.text);
        expect(said('resident')).toEqual(texts);
        expect(said('bot')).toEqual(['Welcome', ...texts]);
      },
      MINUTE,
    );

    it(
      'bring what one of them answers to a reader of the other',
      async () => {
        const [one, other] = await startTwo({ WANDLE_BOT: 'echo' });
        const { conversationId, token } = await startChat(one);
        const path = `/v3/directline/conversations/${conversationId}`;
        const { streamUrl } = await call<{ streamUrl: string }>(other, 'GET', `${path}?watermark=0`, token);
        const socket = new WebSocket(streamUrl);
        const seen: (string | undefined)[] = [];
        socket.on('message', (frame) => {
          const { activities } = JSON.parse(String(frame)) as { activities: { type: string; text?: string }[] };
          seen.push(...activities.filter(({ type }) => type === 'message').map(({ text }) => text));
        });
        await call(one, 'POST', `${path}/activities`, token, { type: 'message', text: 'hello' });
        await until('the answer', () => seen.length >= 3);
        expect(seen).toEqual(['Welcome', 'hello', 'hello']);
        socket.terminate();
      },
      MINUTE,
    );

    it(
      'send each text once, whichever of the two sends it',
      async () => {
        const servers = await startTwo({ WANDLE_BOT: 'echo' });
        const numbers = Array.from({ length: MESSAGES }, (_, index) => `+4477009005${String(index).padStart(2, '0')}`);
        await Promise.all(numbers.map((number, index) => text(servers[index % 2] ?? servers[0], number, 'hello')));
        const sent = async (number: string) => {
          const shown = await Promise.all(servers.map((server) => phone(server, number)));
          return shown.flat().filter(({ mine }) => !mine);
        };
        await until('everything to be sent', async () => (await unsettled(store)) === 0);
        for (const number of numbers) expect(await sent(number)).toMatchObject([{ text: 'hello' }]);
      },
      MINUTE,
    );
  });
});

async function call<T>(server: RunningServer, method: string, path: string, token: string, json?: object): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = json && { body: JSON.stringify(json) };
  const response = await fetch(server.url + path, { method, headers, ...body });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

interface Chat {
  readonly conversationId: string;
  readonly token: string;
}

async function startChat(server: RunningServer): Promise<Chat> {
  const { token } = await call<Chat>(server, 'POST', '/chat/token', '');
  return call(server, 'POST', '/v3/directline/conversations', token);
}

async function text(server: RunningServer, from: string, body: string): Promise<number> {
  const response = await fetch(`${server.url}/sms/messages`, { method: 'POST', body: JSON.stringify({ from, body }) });
  return response.status;
}

async function phone(server: RunningServer, number: string): Promise<{ mine: boolean; text: string }[]> {
  const response = await fetch(`${server.url}/sms/messages?number=${encodeURIComponent(number)}`);
  return ((await response.json()) as { messages: { mine: boolean; text: string }[] }).messages;
}

/** How many messages still wait for their turn, how many replies to be sent. */
async function unsettled({ db }: Store): Promise<number> {
  const inbox = await db
    .selectFrom('inbox')
    .select('id')
    .where('status', '=', 'pending')
    .where('kind', '=', 'activity')
    .execute();
  const outbox = await db.selectFrom('outbox').select('id').where('status', 'in', ['pending', 'sending']).execute();
  return inbox.length + outbox.length;
}

/** Every text that was accepted and settled, with the number of replies to it. */
async function repliesByInbound(store: Store) {
  const settled = await store.db
    .selectFrom('inbox')
    .selectAll()
    .where('channel', '=', 'sms')
    .where('kind', '=', 'activity')
    .where('status', '!=', 'pending')
    .execute();
  return Promise.all(
    settled.map(async (row) => {
      const log = await store.log.read(store.db, row.conversation_id, 'resident');
      return { status: row.status, replies: log.filter(({ role }) => role === 'bot').length };
    }),
  );
}
