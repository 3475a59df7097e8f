import { type FakeAzure, SERVICE, startAzure } from '../../contract/fakeAzure';
import { until } from '../../server';
import { AZURE, channelWith, MESSAGE } from './harness';

let azure: FakeAzure;
beforeAll(async () => {
  // The SDK writes to the console what it refuses.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  azure = await startAzure();
});
afterAll(() => azure.close());
const channel = () => channelWith(AZURE, azure.ports);

describe('who may post', () => {
  test('Azure Bot Service, with a token for this bot and this service', async () => {
    const { post, accepted } = channel();
    expect(await post(MESSAGE, { authorization: await azure.token() })).toEqual({ status: 200 });
    expect(accepted).toHaveLength(1);
  });

  test('nobody without a token', async () => {
    const { post, accepted } = channel();
    expect((await post(MESSAGE)).status).toBe(401);
    expect(accepted).toEqual([]);
  });

  const REFUSED: readonly (readonly [string, Parameters<FakeAzure['token']>, object])[] = [
    ['a token that somebody else signed', [{}, { forged: true }], {}],
    ['an expired token', [{}, { lifetime: '-10m' }], {}],
    ['a token for another bot', [{ aud: '00000000-0000-0000-0000-0000000000bb' }], {}],
    ['a token of another issuer', [{ iss: 'https://issuer.example' }], {}],
    ['a token for another service', [{ serviceurl: 'https://other.example/' }], {}],
    ['a token that names no service', [{ serviceurl: undefined }], {}],
    [
      'a token that the Emulator would send',
      [
        {
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          appid: AZURE.appId,
          ver: '1.0',
          serviceurl: undefined,
        },
      ],
      {},
    ],
    ['a channel that the key is not for', [{}], { channelId: 'sms' }],
    [
      'a service without encryption',
      [{ serviceurl: 'http://smba.azure.example/' }],
      { serviceUrl: 'http://smba.azure.example/' },
    ],
    ['a service on the inside', [{}], { serviceUrl: 'https://127.0.0.1:8443/' }],
  ];
  test.each(REFUSED)('%s is refused', async (_what, token, changes) => {
    const { post, accepted } = channel();
    const answered = await post({ ...MESSAGE, ...changes }, { authorization: await azure.token(...token) });
    expect(answered.status).toBe(403);
    expect(accepted).toEqual([]);
  });

  test.each(['Bearer', 'Bearer x', 'Basic eDp5', 'Bearer e30.e30.e30'])('%s is no token', async (authorization) => {
    expect((await channel().post(MESSAGE, { authorization })).status).toBe(403);
  });

  test('an unsigned token is refused', async () => {
    const [, claims] = (await azure.token()).split('.');
    const head = Buffer.from('{"alg":"none","kid":"azure"}').toString('base64url');
    expect((await channel().post(MESSAGE, { authorization: `Bearer ${head}.${claims}.` })).status).toBe(403);
  });

  test('while the keys are out of reach the channel is asked to come again', async () => {
    const away = await startAzure();
    await away.close();
    const { post } = channelWith(AZURE, away.ports);
    expect((await post(MESSAGE, { authorization: await azure.token() })).status).toBe(503);
  });

  test('without an app id there is no such address', () => {
    expect([...channelWith(undefined).routes.keys()]).toEqual([]);
  });

  test('too much at once is put off', async () => {
    const { post, limits, accepted } = channel();
    limits.isOpen = false;
    expect((await post(MESSAGE, { authorization: await azure.token() })).status).toBe(429);
    expect(accepted).toEqual([]);
  });
});

describe('what may be posted', () => {
  const post = async (changes: object | string) => {
    const there = channel();
    const body = typeof changes === 'string' ? changes : { ...MESSAGE, ...changes };
    const { status } = await there.post(body, { authorization: await azure.token() });
    return { ...there, status };
  };

  test.each([
    ['invoke', { type: 'invoke', name: 'signin/verifyState' }, 501],
    ['replies in the answer', { deliveryMode: 'expectReplies' }, 501],
    ['no JSON', '{', 400],
    ['no id', { id: undefined }, 400],
    ['no service', { serviceUrl: undefined }, 400],
    ['a service that is no web address', { serviceUrl: 'file:///etc/passwd' }, 400],
    ['a sender that is no account', { from: 'me' }, 400],
    ['a book', { text: 'a'.repeat(20_001) }, 400],
    ['endless ids', { conversation: { id: 'ü'.repeat(512) }, from: { id: 'ü'.repeat(512) } }, 400],
  ])('%s is refused', async (_what, changes, status) => {
    const answered = await post(changes);
    expect(answered.status).toBe(status);
    expect(answered.accepted).toEqual([]);
  });

  test.each(['messageUpdate', 'messageDelete', 'messageReaction', 'installationUpdate', 'endOfConversation'])(
    '%s is acknowledged and left alone',
    async (type) => {
      const { status, accepted } = await post({ type });
      expect({ status, accepted }).toEqual({ status: 200, accepted: [] });
    },
  );

  test('only what a resident says is kept: not their name, not what is for services', async () => {
    const { accepted } = await post({
      callerId: 'x',
      relatesTo: {},
      channelData: { tenant: 1 },
      value: { choice: 'yes' },
    });
    expect(accepted[0]).toMatchObject({
      channel: 'botframework',
      conversation: { resident: 'msteams:29:resident', push: true },
      activity: { text: 'hello', value: { choice: 'yes' } },
    });
    expect(Object.keys(accepted[0]?.activity ?? {}).sort()).toEqual([
      'attachments',
      'entities',
      'from',
      'text',
      'type',
      'value',
    ]);
    expect(JSON.stringify(accepted)).not.toContain('Ada');
  });

  test('the same message has the same id, another or another conversation another one', async () => {
    const ids = await Promise.all(
      [{}, {}, { id: '2' }, { conversation: { id: 'a:other' } }].map(
        async (changes) => (await post(changes)).accepted[0]?.messageId,
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  test('the name by which Teams addresses the bot is no part of what is said', async () => {
    const mention = { type: 'mention', text: '<at>Wandle</at>', mentioned: { id: '28:wandle', name: 'Wandle' } };
    const broken = [
      { type: 'mention' },
      { type: 'mention', text: 'x' },
      { type: 'mention', text: 'x', mentioned: null },
    ];
    const { accepted } = await post({ text: '<at>Wandle</at>&nbsp;bin day ', entities: [...broken, mention] });
    expect(accepted[0]?.activity.text).toBe('bin day');
  });

  test('in a group each person has a conversation of their own', async () => {
    const group = { conversation: { id: '19:group', isGroup: true } };
    const one = await post(group);
    const other = await post({ ...group, from: { id: '29:other' } });
    expect(one.accepted[0]?.conversation).not.toEqual(other.accepted[0]?.conversation);
  });

  test('whoever comes is announced once, by whatever activity; not in groups', async () => {
    const come = { type: 'conversationUpdate', id: undefined };
    const installed = await post({ ...come, membersAdded: [{ id: '28:wandle' }] });
    const joined = await post({ ...come, membersAdded: [{ id: '28:wandle' }, { id: '29:resident' }] });
    expect(installed.accepted).toEqual(joined.accepted);
    expect(joined.accepted[0]).toMatchObject({ logged: false, activity: { membersAdded: [{ id: '29:resident' }] } });
    const group = { conversation: { id: '19:group', conversationType: 'channel' } };
    expect((await post({ ...come, ...group, membersAdded: [{ id: '29:resident' }] })).accepted).toEqual([]);
    const nobody = await post({ ...come, channelId: 'webchat', membersAdded: [{ id: '28:wandle' }] });
    expect(nobody.accepted).toEqual([]);
  });
});

test('typing is passed on both ways, and not more often than it is shown', async () => {
  const { post, typed, watchers, clock, channel: own } = channel();
  const authorization = await azure.token();
  await post({ ...MESSAGE, type: 'typing', id: undefined }, { authorization });
  expect(typed).toEqual([]);
  await post(MESSAGE, { authorization });
  await post({ ...MESSAGE, type: 'typing', id: undefined }, { authorization });
  expect(typed).toEqual(['c1 resident']);
  const before = azure.posted.length;
  for (const who of [undefined, 'resident', 'agent', 'agent'] as const) watchers[0]?.(who);
  clock.at += 3_000;
  watchers[0]?.('agent');
  await until('two signs of typing', () => azure.posted.length === before + 2);
  expect(azure.posted.at(-1)).toMatchObject({
    path: '/uk/v3/conversations/a%3Aone-to-one/activities',
    activity: { type: 'typing', recipient: { id: '29:resident' } },
  });
  await own.close?.();
  expect(watchers).toEqual([]);
});

describe('pictures', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const sent = async (...attachments: readonly object[]) => {
    const there = channel();
    await there.post({ ...MESSAGE, attachments }, { authorization: await azure.token() });
    return { ...there, attachments: there.accepted.at(-1)?.activity.attachments };
  };

  test("are fetched from the service with the bot's own token, and belong to the conversation", async () => {
    azure.files.set('photo', PNG);
    const { attachments, stored } = await sent({
      contentType: 'image/*',
      contentUrl: `${SERVICE}v3/attachments/photo`,
    });
    const contentUrl = `https://bot.wandlebridge.example/api/messages/files/${'f'.repeat(32)}`;
    expect(attachments).toEqual([{ contentType: 'image/png', contentUrl }]);
    expect(stored).toEqual([{ size: PNG.length, name: 'photo.png', type: 'image/png', conversationId: 'c1' }]);
  });

  test('are never fetched from anywhere else', async () => {
    const before = azure.asked.length;
    const elsewhere = [
      `${azure.url}/photo`,
      'https://smba.azure.example.evil.example/x',
      'file:///etc/passwd',
      'x',
      null,
    ];
    const { attachments, stored } = await sent(
      ...elsewhere.slice(0, 4).map((contentUrl) => ({ contentType: 'image/png', contentUrl })),
    );
    expect(attachments).toEqual(Array(4).fill({ contentType: 'image/png' }));
    expect(stored).toEqual([]);
    expect(
      azure.asked.slice(before).filter((path) => !path.startsWith('/keys') && !path.startsWith('/openid')),
    ).toEqual([]);
  });

  test.each([
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['what is too large', Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])],
  ])('%s is not taken, whatever it is called', async (_what, content) => {
    azure.files.set('photo', content);
    const { attachments, stored } = await sent({
      contentType: 'image/png',
      contentUrl: `${SERVICE}v3/attachments/photo`,
    });
    expect(attachments).toEqual([{ contentType: 'image/png' }]);
    expect(stored).toEqual([]);
  });

  test('the words repeated as HTML are no file', async () => {
    const { attachments } = await sent({ contentType: 'text/html', content: '<div>hello</div>' });
    expect(attachments).toEqual([]);
  });
});
