import type { CloudPorts } from '../../../src/channels/botframework/cloud';
import botframeworkChannel from '../../../src/channels/botframework/index';
import type { ChannelContext, Handler, HttpRequest, HttpResponse } from '../../../src/channels/channel';
import type { InboundActivity } from '../../../src/turn/index';
import { APP_ID, SERVICE } from '../../contract/fakeAzure';

export const AZURE = { kind: 'azure', appId: APP_ID, appType: 'MultiTenant', password: 'none' } as const;

/** A message somebody writes to the bot in Teams, one to one. */
export const MESSAGE = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: SERVICE,
  from: { id: '29:resident', name: 'Ada Resident' },
  recipient: { id: '28:wandle', name: 'Wandle' },
  conversation: { id: 'a:one-to-one', conversationType: 'personal' },
  text: 'hello',
};

interface Call {
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
}

/** The channel with a recording inlet, called without a server. */
export function channelWith(botframework: ChannelContext['config']['botframework'], ports: CloudPorts = {}) {
  const accepted: InboundActivity[] = [];
  const typed: string[] = [];
  const watchers: ((typing?: 'resident' | 'agent' | 'bot') => void)[] = [];
  const stored: object[] = [];
  const limits = { isOpen: true };
  const clock = { at: 1_700_000_000_000 };
  const context = {
    config: { botframework, publicUrl: 'https://bot.wandlebridge.example' },
    inlet: {
      accept: async (inbound: InboundActivity) => {
        accepted.push(inbound);
        return { duplicate: false, conversationId: 'c1', activityId: 'a1', seq: 1 };
      },
      typing: (id: string, from: string) => typed.push(`${id} ${from}`),
    },
    log: {
      byAddress: async () => (accepted.length > 0 ? { id: 'c1' } : undefined),
      watch: (_id: string, listener: (typeof watchers)[number]) => {
        watchers.push(listener);
        return () => void watchers.splice(watchers.indexOf(listener), 1);
      },
    },
    files: {
      put: async (content: Buffer, meta: object) => {
        stored.push({ size: content.length, ...meta });
        return 'f'.repeat(32);
      },
    },
    allow: async () => limits.isOpen,
    now: () => clock.at,
    logger: { info() {}, warn() {}, error() {} },
  } as unknown as ChannelContext;
  const routes = new Map<string, Handler>();
  const channel = botframeworkChannel(context, ports);
  channel.routes({ route: (_method, path, handler) => routes.set(path, handler), upgrade: () => {} });
  const post = (
    body: object | string,
    { authorization, headers, ip = '127.0.0.1' }: Call = {},
  ): Promise<HttpResponse> => {
    const request: HttpRequest = {
      method: 'POST',
      path: '/api/messages',
      params: {},
      query: new URLSearchParams(),
      search: '',
      headers: {
        host: 'localhost:3978',
        'content-type': 'application/json; charset=utf-8',
        ...(authorization && { authorization }),
        ...headers,
      },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      ip,
    };
    const handler = routes.get('/api/messages');
    if (!handler) throw new Error('no route');
    return handler(request);
  };
  return { accepted, typed, watchers, stored, limits, clock, routes, channel, post };
}
