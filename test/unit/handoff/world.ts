import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Render } from '../../../src/conversation/ports';
import type { Me } from '../../../src/handoff/api';
import { type AgentDesk, createDesk, type DeskOptions } from '../../../src/handoff/index';
import { createServer } from '../../../src/server';
import { localBus } from '../../../src/storage/bus/local';
import { createStore } from '../../../src/storage/index';
import { localRateLimits } from '../../../src/storage/limits/local';
import type { Bus, Store } from '../../../src/storage/store';

/** Monday 23 November 2026, 10:00 in London. */
const START = Date.UTC(2026, 10, 23, 10);

export const PASSWORD = 'correct horse battery';

/** A desk on a real store and a real server, with a clock that moves by hand. */
export interface World {
  readonly url: string;
  readonly store: Store;
  readonly desk: AgentDesk;
  /** What the desk was made with. */
  readonly options: DeskOptions;
  readonly bus: Bus;
  readonly clock: { now: number };
  readonly woken: string[];
  readonly logged: string[];
  /** Signs in somebody new; the first one is the administrator. */
  agent(name: string, role?: Me['role']): Promise<Person>;
  /** A resident asks for a person. Answers the handoff's id. */
  ask(conversationId: string, options?: { readonly channel?: string; readonly push?: boolean }): Promise<string>;
  /** A resident who is known asks once more. Answers the handoff's id. */
  again(conversationId: string): Promise<string>;
  /** A resident writes while an agent holds the conversation (what the turn engine's gate does). */
  says(conversationId: string, text: string): Promise<void>;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export interface Person {
  readonly me: Me;
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, body?: unknown): Promise<Answer>;
}

/** @param databaseUrl a PostgreSQL database instead of the embedded one */
export async function world(options: Partial<DeskOptions> = {}, databaseUrl?: string): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'wandle-desk-'));
  const store = await createStore({ dataDir: dir, databaseUrl, randomId });
  const clock = { now: START };
  const bus = localBus();
  const woken: string[] = [];
  const logged: string[] = [];
  const log = (fields: object, message: string): void => {
    logged.push(JSON.stringify([fields, message]));
  };
  const logger = { info: log, warn: log, error: log };
  const given: DeskOptions = {
    store,
    bus,
    render,
    now: () => clock.now,
    randomId,
    publicUrl: 'http://desk.test',
    wake: (id) => woken.push(id),
    limits: localRateLimits(() => clock.now),
    logger,
    council: { name: 'Wandle Borough Council' },
    webDir: dir,
    ...options,
  };
  const desk = createDesk(given);
  const server = createServer({ host: '127.0.0.1', port: 0, trustProxy: true, logger, observe: () => {} }, [
    desk.routes,
  ]);
  const url = `http://127.0.0.1:${await server.listen()}`;
  const request: World['request'] = (method, path, body, headers = {}) => send(url, method, path, body, headers);
  let admin: Person | undefined;
  const made: World = {
    url,
    store,
    desk,
    options: given,
    bus,
    clock,
    woken,
    logged,
    request,
    async agent(name, role = 'agent') {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@council.test`;
      if (admin === undefined && role !== 'admin') admin = await made.agent('Ada Admin', 'admin');
      const link = admin === undefined ? await desk.ensureAdmin() : await added(admin, { name, email, role });
      const token = link?.split('#link=')[1];
      const answer = await request(
        'POST',
        '/desk/api/link/use',
        { token, name, email, password: PASSWORD },
        fromAnywhere(),
      );
      if (answer.status !== 200) throw new Error(`could not set up ${name}: ${JSON.stringify(answer.body)}`);
      const person = personOf(request, answer);
      admin ??= person;
      return person;
    },
    async ask(conversationId, { channel = 'web', push = false } = {}) {
      return ask(store, clock.now, conversationId, { channel, push });
    },
    again: (conversationId) => queued(store, clock.now, conversationId, 'I want a person again'),
    async says(conversationId, text) {
      await store.write((tx) =>
        store.log.append(
          tx,
          conversationId,
          [
            {
              id: randomId(),
              audience: 'resident',
              type: 'message',
              role: 'resident',
              body: { type: 'message', text },
            },
          ],
          clock.now,
        ),
      );
      bus.publish(`conversation:${conversationId}`);
    },
    async stop() {
      await desk.close();
      await server.close();
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
  return made;
}

export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

async function send(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

let address = 0;
/** Each from an address of its own, so that no test meets another's rate limit. */
export function fromAnywhere(): Record<string, string> {
  address += 1;
  return { 'x-forwarded-for': `192.0.2.${address % 250}.${address}` };
}

async function added(admin: Person, agent: object): Promise<string> {
  const answer = await admin.post('/desk/api/agents', agent);
  return answer.body.link;
}

export function personOf(request: World['request'], answer: Answer): Person {
  const me: Me = answer.body;
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const change = (headers = {}) => ({ cookie, 'x-csrf-token': me.csrf, ...headers });
  return {
    me,
    cookie,
    get: (path, headers = {}) => request('GET', path, undefined, { cookie, ...headers }),
    post: (path, body = {}, headers) => request('POST', path, body, change(headers)),
    delete: (path, body = {}) => request('DELETE', path, body, change()),
  };
}

async function ask(
  store: Store,
  at: number,
  id: string,
  { channel, push }: { readonly channel: string; readonly push: boolean },
): Promise<string> {
  const text = 'I want to talk to a person about my bins';
  await store.write(async (tx) => {
    const address = push ? `+447700900123+${id}` : null;
    await store.conversations.open(tx, { id, channel, address, resident: `resident-${id}`, push, language: 'en' }, at);
    const said = { id: randomId(), audience: 'resident', type: 'message', role: 'resident' } as const;
    await store.log.append(tx, id, [{ ...said, body: { type: 'message', text } }], at);
  });
  return queued(store, at, id, text);
}

async function queued(store: Store, at: number, id: string, text: string): Promise<string> {
  const handoffId = randomId();
  await store.write(async (tx) => {
    const now = await store.conversations.get(tx, id);
    await store.conversations.advance(tx, id, { holdEpoch: now?.hold_epoch ?? 0 }, { hold: 'queued' }, at);
    await store.handoffs.request(tx, {
      id: handoffId,
      conversation_id: id,
      status: 'waiting',
      lane: 'normal',
      reason: 'asked',
      ask: text,
      service: 'missed-bin',
      language: 'en',
      facts: JSON.stringify([{ name: 'address', value: '10 Sample Road', source: 'verified' }]),
      contact: null,
      agent_id: null,
      outcome: null,
      requested_at: at,
      claimed_at: null,
      closed_at: null,
    });
  });
  return handoffId;
}

/** Says the key and its values, so that tests see which text was chosen. */
const render: Render = {
  languages: ['en', 'pl'],
  say: (say, language) => ({ text: `${language} ${say.text} ${JSON.stringify(say.params ?? {})}`, choices: [] }),
  has: () => true,
  words: () => [],
  lexicon: () => [],
};
