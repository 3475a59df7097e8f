import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { ChannelContext, Handler, HttpRequest } from '../../../src/channels/channel';
import smsChannel from '../../../src/channels/sms/index';
import type { InboundActivity } from '../../../src/turn/index';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const SID = `SM${'a'.repeat(32)}`;
const PUBLIC_URL = 'https://bot.wandlebridge.example';

/** The channel with a recording inlet and live mode (no stand-in), and its routes by address. */
function channel(optedOut = false) {
  const accepted: InboundActivity[] = [];
  const consents: [string, boolean][] = [];
  const receipts: unknown[] = [];
  const context = {
    config: {
      publicUrl: PUBLIC_URL,
      production: true,
      sms: {
        mode: 'live',
        accountSid: ACCOUNT,
        authTokens: ['new-token', 'old-token'],
        from: ['+447700900001'],
        messagingServiceSid: undefined,
        apiBaseUrl: undefined,
      },
    },
    inlet: {
      accept: async (inbound: InboundActivity) => {
        accepted.push(inbound);
        if (inbound.optedOut !== undefined) consents.push(['c1', inbound.optedOut]);
        return { duplicate: false, conversationId: 'c1', activityId: 'a1', seq: 1 };
      },
    },
    log: { byAddress: async () => ({ optedOut }) },
    push: { receipt: async (...args: unknown[]) => receipts.push(args) },
  } as unknown as ChannelContext;
  const routes = new Map<string, Handler>();
  smsChannel(context).routes({ route: (_method, path, handler) => routes.set(path, handler), upgrade: () => {} });
  const call = (
    path: string,
    fields: Record<string, string>,
    options: { token?: string; signature?: string; query?: string; type?: string } = {},
  ) => {
    const address = `${PUBLIC_URL}${path}${options.query ?? ''}`;
    const request: HttpRequest = {
      method: 'POST',
      path,
      params: {},
      query: new URLSearchParams(options.query),
      search: options.query ?? '',
      headers: {
        'content-type': options.type ?? 'application/x-www-form-urlencoded',
        'x-twilio-signature':
          options.signature ?? getExpectedTwilioSignature(options.token ?? 'new-token', address, fields),
        host: 'evil.example',
      },
      body: Buffer.from(new URLSearchParams(fields).toString()),
      ip: '127.0.0.1',
    };
    const handler = routes.get(path);
    if (!handler) throw new Error(`no route ${path}`);
    return handler(request);
  };
  return { accepted, consents, receipts, routes, call };
}

const text = (body: string, more: Record<string, string> = {}) => ({
  MessageSid: SID,
  AccountSid: ACCOUNT,
  From: '+447700900123',
  To: '+447700900001',
  Body: body,
  NumMedia: '0',
  ...more,
});
const MESSAGE = '/webhooks/twilio/message';
const STATUS = '/webhooks/twilio/status';

describe('the inbound webhook', () => {
  it('stores a signed text and answers an empty response', async () => {
    const site = channel();
    const reply = await site.call(MESSAGE, text('u missed my bin ąę 🗑'));
    expect([reply.status, reply.body]).toEqual([200, expect.stringContaining('<Response/>')]);
    expect(site.accepted).toEqual([
      expect.objectContaining({
        channel: 'sms',
        messageId: SID,
        conversation: { address: '+447700900123>+447700900001', resident: '+447700900123', push: true },
        activity: expect.objectContaining({ type: 'message', text: 'u missed my bin ąę 🗑' }),
      }),
    ]);
  });

  it.each([
    ['the older token (rotation)', { token: 'old-token' }, 200],
    ['an unknown token', { token: 'guessed' }, 403],
    ['no signature', { signature: '' }, 403],
    ['nonsense for a signature', { signature: 'ééé' }, 403],
    ['JSON', { type: 'application/json' }, 415],
  ])('signed with %s is answered %#', async (_what, options, status) => {
    const site = channel();
    expect((await site.call(MESSAGE, text('hello'), options)).status).toBe(status);
    expect(site.accepted.length).toBe(status === 200 ? 1 : 0);
  });

  it('refuses fields changed after signing, another account, and a message without its id', async () => {
    const site = channel();
    const signature = getExpectedTwilioSignature('new-token', `${PUBLIC_URL}${MESSAGE}`, text('hello'));
    expect((await site.call(MESSAGE, text('hello!'), { signature })).status).toBe(403);
    expect((await site.call(MESSAGE, text('hello', { AccountSid: `AC${'2'.repeat(32)}` }))).status).toBe(403);
    expect((await site.call(MESSAGE, text('hello', { MessageSid: 'x' }))).status).toBe(400);
    expect(site.accepted).toEqual([]);
  });

  it('takes names in brackets and many fields, which break naive parsers', async () => {
    const site = channel();
    const odd = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`extra[${i}]`, 'x']));
    expect((await site.call(MESSAGE, text('hello', odd))).status).toBe(200);
  });

  it('keeps only media of the provider and a shared position', async () => {
    const site = channel();
    await site.call(
      MESSAGE,
      text('', {
        NumMedia: '2',
        MediaUrl0: 'https://api.twilio.com/m/1',
        MediaContentType0: 'image/jpeg',
        MediaUrl1: 'http://169.254.169.254/',
        MediaContentType1: 'image/png',
        Latitude: '51.4',
        Longitude: '-0.18',
      }),
    );
    const activity = site.accepted[0]?.activity;
    expect(activity?.attachments?.map((file) => file.contentUrl)).toEqual(['https://api.twilio.com/m/1']);
    expect(activity?.entities).toEqual([{ type: 'GeoCoordinates', latitude: 51.4, longitude: -0.18 }]);
  });

  it.each(['STOP', ' stop ', 'Cancel', 'END', 'unsubscribe'])('%s opts out and is not for the bot', async (word) => {
    const site = channel();
    await site.call(MESSAGE, text(word));
    expect(site.consents).toEqual([['c1', true]]);
    expect(site.accepted[0]?.activity).toMatchObject({ type: 'event', name: 'sms.stop', text: word });
  });

  it.each(['yes', 'Start', 'unstop'])('%s is for the bot, unless the number is opted out', async (word) => {
    const inside = channel(false);
    await inside.call(MESSAGE, text(word));
    expect([inside.accepted[0]?.activity.type, inside.consents]).toEqual(['message', []]);
    const outside = channel(true);
    await outside.call(MESSAGE, text(word));
    expect(outside.consents).toEqual([['c1', false]]);
  });

  it('the provider has the last word on consent', async () => {
    const site = channel(false);
    await site.call(MESSAGE, text('start', { OptOutType: 'START' }));
    expect(site.consents).toEqual([['c1', false]]);
  });

  it('an empty position is none', async () => {
    const site = channel();
    await site.call(MESSAGE, text('hello', { Latitude: '', Longitude: '' }));
    expect(site.accepted[0]?.activity.entities).toEqual([]);
  });

  it.each(['?x=a%20b', "?who=council's&empty="])('a signature over the query %s fits as it was sent', async (query) => {
    const site = channel();
    expect((await site.call(MESSAGE, text('hello'), { query })).status).toBe(200);
  });

  it('"stop the form" is a sentence, not an opt-out', async () => {
    const site = channel();
    await site.call(MESSAGE, text('please stop the form'));
    expect([site.consents, site.accepted[0]?.activity.type]).toEqual([[], 'message']);
  });
});

describe('the status webhook', () => {
  const receipt = (status: string, more = {}) => ({
    MessageSid: SID,
    MessageStatus: status,
    AccountSid: ACCOUNT,
    ...more,
  });

  it.each([
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['sent', 'accepted'],
    ['undelivered', 'failed'],
  ])('%s is recorded as %s', async (given, state) => {
    const site = channel();
    expect((await site.call(STATUS, receipt(given), { query: '?id=o1' })).status).toBe(200);
    expect(site.receipts).toEqual([['o1', { state, providerId: SID }]]);
  });

  it('passes over what it does not know, and refuses what is not signed for that row', async () => {
    const site = channel();
    expect((await site.call(STATUS, receipt('teleported'), { query: '?id=o1' })).status).toBe(200);
    const signature = getExpectedTwilioSignature('new-token', `${PUBLIC_URL}${STATUS}?id=o2`, receipt('delivered'));
    expect((await site.call(STATUS, receipt('delivered'), { query: '?id=o1', signature })).status).toBe(403);
    expect(site.receipts).toEqual([]);
  });
});

it('there is no phone page in production', () => {
  expect([...channel().routes.keys()]).toEqual([MESSAGE, STATUS]);
});
