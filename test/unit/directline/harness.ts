import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ChannelConfig, ChannelContext, Routes } from '../../../src/channels/channel';
import directline from '../../../src/channels/directline/index';
import { createServer } from '../../../src/server';
import type { InboundActivity, Inlet, LoggedActivity, LogReader } from '../../../src/turn/index';

export const SECRET = 'a-direct-line-secret';
const SIGNING = 'signing-secret-of-the-test';

/** A log in memory that answers each message with `You said: …`, and greets who comes. */
class MemoryTurns implements Inlet, LogReader {
  readonly accepted: InboundActivity[] = [];
  readonly typed: string[] = [];
  /** Set to hold the bot back. */
  silent = false;
  readonly rows = new Map<string, LoggedActivity[]>();
  private readonly conversations = new Map<
    string,
    { id: string; channel: string; resident: string; language: string | null; ended: boolean }
  >();
  private readonly byMessage = new Map<string, LoggedActivity | null>();
  private readonly wakes = new EventEmitter().setMaxListeners(0);
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  async open(given: { id: string; channel: string; resident: string; language?: string }): Promise<void> {
    if (!this.conversations.has(given.id)) this.conversations.set(given.id, { language: null, ended: false, ...given });
  }

  async accept(inbound: InboundActivity) {
    const id = 'id' in inbound.conversation ? inbound.conversation.id : '';
    const known = this.byMessage.get(inbound.messageId);
    if (known !== undefined) {
      return { duplicate: true, conversationId: id, activityId: known?.activity.id ?? null, seq: known?.seq ?? null };
    }
    this.accepted.push(inbound);
    const conversation = this.conversations.get(id);
    if (conversation && inbound.ends) conversation.ended = true;
    const row = inbound.logged === false ? null : this.append(id, 'resident', inbound.activity);
    this.byMessage.set(inbound.messageId, row);
    if (!this.silent) {
      const text = inbound.activity.type === 'conversationUpdate' ? 'Welcome' : `You said: ${inbound.activity.text}`;
      this.append(id, 'bot', { type: 'message', text });
    }
    return { duplicate: false, conversationId: id, activityId: row?.activity.id ?? null, seq: row?.seq ?? null };
  }

  append(
    id: string,
    role: LoggedActivity['role'],
    activity: Partial<LoggedActivity['activity']> & { type: string },
  ): LoggedActivity {
    const rows = this.rows.get(id) ?? [];
    const row = {
      seq: rows.length + 1,
      at: this.now(),
      role,
      activity: { ...activity, id: randomBytes(8).toString('hex') },
    };
    this.rows.set(id, [...rows, row as LoggedActivity]);
    this.wakes.emit(id);
    return row as LoggedActivity;
  }

  typing(conversationId: string, from: 'resident' | 'agent' | 'bot'): void {
    this.typed.push(from);
    this.wakes.emit(conversationId, from);
  }

  async conversation(id: string) {
    const found = this.conversations.get(id);
    return found && { ...found, address: null, lastSeq: this.rows.get(id)?.length ?? 0, optedOut: false };
  }

  async byAddress() {
    return undefined;
  }

  async read(id: string, { after, limit }: { after: number; limit: number }) {
    return (this.rows.get(id) ?? []).filter((row) => row.seq > after).slice(0, limit);
  }

  watch(id: string, listener: (typing?: 'resident' | 'agent' | 'bot') => void): () => void {
    this.wakes.on(id, listener);
    return () => this.wakes.off(id, listener);
  }

  watchers(id: string): number {
    return this.wakes.listenerCount(id);
  }
}

export interface Harness {
  readonly url: string;
  readonly turns: MemoryTurns;
  readonly clock: { now: number };
  /** Rate limits by key: what the channel asked for. Setting `full` refuses all that begin with it. */
  readonly limits: Limits;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** A started conversation of a new resident. */
  start(): Promise<Started>;
  stop(): Promise<void>;
}
interface Limits {
  readonly asked: Map<string, number>;
  full: string | undefined;
}
interface CallOptions {
  readonly bearer?: string;
  readonly json?: unknown;
  readonly body?: string | Buffer | FormData;
  readonly headers?: Record<string, string>;
}
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is looked at freely in tests
  readonly body: any;
}
export interface Started {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

/** The channel behind the real server, on a free port, with a log in memory. */
export async function startHarness(
  options: { secrets?: string[]; origins?: string[]; parts?: readonly Routes[] } = {},
): Promise<Harness> {
  const clock = { now: Date.parse('2026-11-24T19:10:00Z') };
  const limits: Limits = { asked: new Map(), full: undefined };
  const turns = new MemoryTurns(() => clock.now);
  const config = {
    ...CONFIG,
    secrets: options.secrets ?? [SIGNING],
    directline: { secret: SECRET, origins: options.origins ?? [] },
  };
  const context = createContext(config, turns, clock, limits);
  const channel = directline(context);
  const quiet = { info() {}, warn() {}, error() {} };
  const server = createServer({ host: '127.0.0.1', port: 0, trustProxy: false, logger: quiet, observe() {} }, [
    channel,
    ...(options.parts ?? []),
  ]);
  const url = `http://127.0.0.1:${await server.listen()}`;
  const call: Harness['call'] = async (method, path, { bearer, json, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body: body as string }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    url,
    turns,
    clock,
    limits,
    call,
    async start() {
      const { body } = await call('POST', '/v3/directline/conversations', { bearer: SECRET, json: {} });
      return { ...body, streamUrl: body.streamUrl.replace(/^wss?:\/\/[^/]+/, url.replace('http', 'ws')) };
    },
    async stop() {
      await channel.close?.();
      await server.close();
    },
  };
}

const CONFIG: Omit<ChannelConfig, 'secrets' | 'directline'> = {
  publicUrl: 'https://chat.example.gov.uk',
  webDir: '',
  production: false,
  council: { name: 'Wandlebridge Council', shortName: 'Wandlebridge', phone: '020 7946 0000' },
  languages: ['en', 'pl'],
  sms: {
    mode: 'simulated',
    accountSid: '',
    authTokens: [],
    from: [],
    messagingServiceSid: undefined,
    apiBaseUrl: undefined,
  },
};

function createContext(
  config: ChannelConfig,
  turns: MemoryTurns,
  clock: { now: number },
  limits: Limits,
): ChannelContext {
  const counts = new Map<string, number>();
  const files = new Map<string, { content: Buffer; name: string; type: string; conversationId: string }>();
  const randomId = () => randomBytes(16).toString('base64url');
  return {
    config,
    inlet: turns,
    log: turns,
    push: undefined as never,
    now: () => clock.now,
    randomId,
    async allow(key, limit) {
      const used = (counts.get(key) ?? 0) + 1;
      counts.set(key, used);
      limits.asked.set(key, limit);
      return used <= limit && !(limits.full && key.startsWith(limits.full));
    },
    logger: { info() {}, warn() {}, error() {} },
    files: {
      async put(content, meta) {
        const id = randomId();
        files.set(id, { content, ...meta });
        return id;
      },
      get: async (id) => files.get(id),
    },
    places: {
      addresses: async (words) => [{ kind: 'address', label: `${words}, WB1 2AB` }],
      places: async (words) => [{ kind: 'street', label: words, position: { lat: 51.4, lon: -0.2 } }],
      near: async ({ lat }) => (lat > 51 ? 'Sample Road' : undefined),
      area: async () => undefined,
    },
    failpoint() {},
  };
}
