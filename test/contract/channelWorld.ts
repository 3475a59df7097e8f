import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import botframeworkChannel from '../../src/channels/botframework/index';
import type { Channel, ChannelConfig, ChannelContext } from '../../src/channels/channel';
import directline from '../../src/channels/directline/index';
import smsChannel from '../../src/channels/sms/index';
import { createStandIn } from '../../src/channels/sms/standIn/index';
import { createServer } from '../../src/server';
import { createFolderFiles } from '../../src/storage/files';
import { PNG } from '../files';
import { freePort } from '../server';
import { createWorld, type ScriptedBot, type World } from '../unit/turn/harness';
import { LONG, type Sends } from './channels.cases';
import { APP_ID, type FakeAzure, SERVICE, startAzure } from './fakeAzure';

/** One resident on one channel, before the real server, the real turn engine and a database of its own. */
export interface ResidentWorld {
  /** Answers the HTTP status. */
  send(message: Sends): Promise<number>;
  /** What the resident has been shown of the bot so far, one string a message. */
  shown(): Promise<readonly string[]>;
  /** Everything that went out to the resident, as it went over the wire. */
  wire(): Promise<string>;
  /** Names of the events that only the desk sees. */
  desk(): Promise<readonly string[]>;
  close(): Promise<void>;
}

type Face = Pick<ResidentWorld, 'send' | 'shown' | 'wire'>;
interface Setting {
  readonly context: ChannelContext;
  readonly url: string;
}
interface Adapter {
  readonly config?: (url: string) => Promise<Partial<ChannelConfig['sms']>>;
  readonly make: (context: ChannelContext) => Channel;
  /** Called when the server listens. */
  readonly face: (setting: Setting) => Promise<Face>;
  readonly close?: () => Promise<void>;
}

const none = async () => [];

/** The word that must never reach a resident. */
export const FOR_THE_DESK = 'only-for-the-desk';

const bot: ScriptedBot = async ({ context, text, say, effect }) => {
  if (context.activity.type !== 'message') return;
  if (text === 'long') return say(LONG);
  if (text === 'alarm') {
    effect({
      kind: 'alert',
      what: 'emergency',
      text: FOR_THE_DESK,
      danger: 'general',
      attended: false,
      quiet: false,
      again: false,
    });
    return say('noted');
  }
  if (text === 'choose') {
    const actions = ['Food', 'Garden'].map((title) => ({ type: 'imBack', title, value: title }));
    await context.sendActivity({ type: 'message', text: 'Which bin?', suggestedActions: { to: [], actions } });
    return;
  }
  const files = (context.activity.attachments ?? []).map((file) => ` + ${file.contentType}`);
  return say(`echo ${text}${files.join('')}`);
};

export async function residentOn(channelName: keyof typeof ADAPTERS): Promise<ResidentWorld> {
  const adapter = await ADAPTERS[channelName]();
  const world = await createWorld();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let dying = false;
  const failpoint = (name: string) => {
    if (!dying || name !== 'accept-ack') return;
    dying = false;
    throw new Error('the process dies here');
  };
  const engine = world.engine(bot, { failpoint });
  const context = await contextOf(world, engine, url, adapter);
  const channel = adapter.make(context);
  const quiet = { info() {}, warn() {}, error() {} };
  const server = createServer({ host: '127.0.0.1', port, trustProxy: false, logger: quiet, observe() {} }, [channel]);
  await server.listen();
  await channel.start?.();
  engine.start();
  const face = await adapter.face({ context, url });
  return {
    ...face,
    send(message) {
      dying = message.dies === true;
      return face.send(message);
    },
    async desk() {
      const { db } = world.store;
      const rows = await db.selectFrom('activities').selectAll().where('audience', '=', 'desk').execute();
      return rows.map((row) => (JSON.parse(row.body) as { name: string }).name);
    },
    async close() {
      await channel.close?.();
      await server.close();
      await adapter.close?.();
      await world.close();
    },
  };
}

async function contextOf(
  world: World,
  engine: ReturnType<World['engine']>,
  url: string,
  adapter: Adapter,
): Promise<ChannelContext> {
  const sms = { ...SMS, ...(await adapter.config?.(url)) };
  let ids = 0;
  return {
    config: { ...CONFIG, publicUrl: url, sms },
    inlet: engine.inlet,
    log: engine.log,
    push: engine.push,
    now: world.clock.now,
    randomId: () => `channel-${++ids}`,
    allow: async () => true,
    logger: { info() {}, warn() {}, error() {} },
    files: createFolderFiles(world.folder('files')),
    places: { addresses: none, places: none, near: async () => undefined, area: async () => undefined },
    failpoint() {},
  };
}

const ACCOUNT = `AC${'1'.repeat(32)}`;
const TOKEN = 'the-token-of-the-account';
const RESIDENT = '+447700900123';
const COUNCIL = '+447700900001';
const SMS: ChannelConfig['sms'] = {
  mode: 'live',
  accountSid: ACCOUNT,
  authTokens: [TOKEN],
  from: [COUNCIL],
  messagingServiceSid: undefined,
  apiBaseUrl: undefined,
};
const CONFIG: Omit<ChannelConfig, 'publicUrl' | 'sms'> = {
  webDir: '',
  production: false,
  secrets: ['the-signing-secret-of-the-test'],
  council: { name: 'Wandlebridge Council', shortName: 'Wandlebridge', phone: '020 7946 0000' },
  languages: ['en'],
  directline: { secret: undefined, origins: [] },
  botframework: { kind: 'azure', appId: APP_ID, appType: 'MultiTenant', password: 'none' },
};

const ADAPTERS = { web, sms, botframework } satisfies Record<string, () => Adapter | Promise<Adapter>>;
export const CHANNELS = Object.keys(ADAPTERS) as readonly (keyof typeof ADAPTERS)[];

/** The page's own way in, by Direct Line. */
function web(): Adapter {
  return {
    make: directline,
    async face({ url }) {
      const started = await fetch(`${url}/chat/token`, { method: 'POST', body: '{"start":true}' });
      const { conversationId, token } = (await started.json()) as { conversationId: string; token: string };
      const base = `${url}/v3/directline/conversations/${conversationId}`;
      const authorization = (forged = false) => ({ authorization: `Bearer ${forged ? forge(token) : token}` });
      const read = async () => (await fetch(`${base}/activities`, { headers: authorization() })).text();
      return {
        async send({ text, id, as }) {
          const activity = JSON.stringify({ type: 'message', text, channelData: { clientActivityID: id } });
          const body = as === 'with a picture' ? formOf(activity) : as === 'malformed' ? activity.slice(1) : activity;
          const path = as === 'with a picture' ? '/upload' : '/activities';
          const request = { method: 'POST', headers: authorization(as === 'forged'), body };
          return (await fetch(base + path, request)).status;
        },
        async shown() {
          const { activities } = JSON.parse(await read()) as { activities: readonly Shown[] };
          return activities.filter(({ from }) => from.role === 'bot').map(asShown);
        },
        wire: read,
      };
    },
  };
}

interface Shown {
  readonly from: { readonly role?: string };
  readonly text: string;
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string }[] };
}
const asShown = ({ text, suggestedActions }: Shown) =>
  [text, ...(suggestedActions?.actions ?? []).map(({ title }) => `[${title}]`)].join(' ');

/** The same claims for another resident, with the old signature. */
function forge(token: string): string {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), user: 'dl_somebody-else' };
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

function formOf(activity: string): FormData {
  const form = new FormData();
  form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }));
  form.append('file', new Blob([PNG]), 'bin.png');
  return form;
}

/** Twilio's way in, by signed webhook; the answers go out to a stand-in of its API. */
function sms(): Adapter {
  const standIn = createStandIn({ accountSid: ACCOUNT, authToken: TOKEN, webhook: '', now: () => 0 });
  return {
    config: async () => ({ apiBaseUrl: await standIn.listen() }),
    make: smsChannel,
    async face({ url }) {
      const shown = async () => standIn.record.all({ to: RESIDENT }).map((message) => message.body);
      return {
        async send({ text, id, as }) {
          const address = `${url}/webhooks/twilio/message`;
          const body = fieldsOf(text, id, as);
          const signature = getExpectedTwilioSignature(as === 'forged' ? 'guessed' : TOKEN, address, body);
          const headers = { 'x-twilio-signature': signature };
          return (await fetch(address, { method: 'POST', headers, body: new URLSearchParams(body) })).status;
        },
        shown,
        wire: async () => JSON.stringify(standIn.record.all()),
      };
    },
    close: () => standIn.close(),
  };
}

function fieldsOf(text: string, id: string, as: Sends['as']): Record<string, string> {
  const sid = `SM${Buffer.from(id).toString('hex').padStart(32, '0')}`;
  const media = { MediaUrl0: 'https://api.twilio.com/media/1', MediaContentType0: 'image/png' };
  return {
    ...(as !== 'malformed' && { MessageSid: sid }),
    AccountSid: ACCOUNT,
    From: RESIDENT,
    To: COUNCIL,
    Body: text,
    NumMedia: as === 'with a picture' ? '1' : '0',
    ...(as === 'with a picture' && media),
  };
}

/** Teams, by Azure Bot Service: signed posts come in, the answers go to a stand-in of its API. */
async function botframework(): Promise<Adapter> {
  const azure = await startAzure();
  azure.files.set('bin.png', PNG);
  return {
    make: (context) => botframeworkChannel(context, azure.ports),
    face: async ({ url }) => ({
      async send(message) {
        const authorization = await azure.token({}, message.as === 'forged' ? { forged: true } : {});
        const headers = { authorization, 'content-type': 'application/json' };
        const body = JSON.stringify(fromTeams(message));
        return (await fetch(`${url}/api/messages`, { method: 'POST', headers, body })).status;
      },
      shown: async () => messagesTo(azure).map(asShown),
      wire: async () => JSON.stringify(azure.posted),
    }),
    close: () => azure.close(),
  };
}

const messagesTo = ({ posted }: FakeAzure) =>
  posted.map(({ activity }) => activity).filter(({ type }) => type === 'message') as readonly Shown[];

const fromTeams = ({ text, id, as }: Sends) => ({
  type: 'message',
  ...(as !== 'malformed' && { id }),
  channelId: 'msteams',
  serviceUrl: SERVICE,
  from: { id: '29:resident', name: 'Ada Resident' },
  recipient: { id: '28:wandle' },
  conversation: { id: 'a:one-to-one', conversationType: 'personal' },
  text,
  ...(as === 'with a picture' && {
    attachments: [{ contentType: 'image/*', contentUrl: `${SERVICE}v3/attachments/bin.png` }],
  }),
});
