import { type Harness, SECRET, startHarness } from './harness';

let server: Harness;
beforeAll(async () => {
  server = await startHarness({ origins: ['https://www.example.gov.uk'] });
});
afterAll(() => server.stop());

const BASE = '/v3/directline';
const activitiesOf = (id: string) => `${BASE}/conversations/${id}/activities`;
const message = (text: string, clientActivityID?: string) => ({
  type: 'message',
  text,
  from: { id: 'me' },
  ...(clientActivityID && { channelData: { clientActivityID } }),
});

describe('tokens', () => {
  test('are generated with the secret, and start a conversation once', async () => {
    const generated = await server.call('POST', `${BASE}/tokens/generate`, { bearer: SECRET });
    expect(generated.status).toBe(200);
    expect(generated.body).toEqual({ conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 });
    const first = await server.call('POST', `${BASE}/conversations`, { bearer: generated.body.token });
    expect(first.status).toBe(201);
    expect(first.body.conversationId).toBe(generated.body.conversationId);
    expect(first.body.streamUrl).toMatch(
      /^wss:\/\/chat\.example\.gov\.uk\/v3\/directline\/conversations\/.+\/stream\?watermark=0&t=/,
    );
    const second = await server.call('POST', `${BASE}/conversations`, { bearer: generated.body.token });
    expect(second.status).toBe(200);
    const updates = server.turns.accepted.filter(
      (inbound) => inbound.messageId === `start:${first.body.conversationId}`,
    );
    expect(updates).toHaveLength(1);
  });

  test('carry an unguessable user of the server, or a dl_ user of the secret holder', async () => {
    const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const own = await server.call('POST', `${BASE}/tokens/generate`, {
      bearer: SECRET,
      json: { user: { id: 'alice' } },
    });
    expect(claims(own.body.token).user).toMatch(/^dl_[\w-]{22}$/);
    const given = await server.call('POST', `${BASE}/tokens/generate`, {
      bearer: SECRET,
      json: { user: { id: 'dl_a1' } },
    });
    expect(claims(given.body.token)).toMatchObject({ user: 'dl_a1', conv: given.body.conversationId });
  });

  test('are refreshed while they are good, for the same conversation', async () => {
    const { token, conversationId } = await server.start();
    const refreshed = await server.call('POST', `${BASE}/tokens/refresh`, { bearer: token });
    expect(refreshed.body).toMatchObject({ conversationId, expires_in: 1800 });
    expect((await server.call('GET', activitiesOf(conversationId), { bearer: refreshed.body.token })).status).toBe(200);
    expect((await server.call('POST', `${BASE}/tokens/refresh`, { bearer: SECRET })).status).toBe(403);
  });

  test('are not generated with a token', async () => {
    const { token } = await server.start();
    expect((await server.call('POST', `${BASE}/tokens/generate`, { bearer: token })).status).toBe(403);
  });

  test.each([
    ['missing', undefined, 401, 'Unauthorized'],
    ['forged', 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiZGxfYSJ9.c2lnbmF0dXJl', 403, 'BadArgument'],
    ['a wrong secret', 'not-the-secret', 403, 'BadArgument'],
  ])('%s is refused', async (_name, bearer, status, code) => {
    const { conversationId } = await server.start();
    const answer = await server.call('GET', activitiesOf(conversationId), bearer ? { bearer } : {});
    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
  });

  test('expired ones are refused with 403 TokenExpired', async () => {
    const { token, conversationId } = await server.start();
    server.clock.now += 1801_000;
    const answer = await server.call('GET', activitiesOf(conversationId), { bearer: token });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    expect((await server.call('POST', `${BASE}/tokens/refresh`, { bearer: token })).status).toBe(403);
  });

  test('open no other conversation', async () => {
    const [mine, other] = [await server.start(), await server.start()];
    for (const [method, path] of [
      ['GET', activitiesOf(other.conversationId)],
      ['POST', activitiesOf(other.conversationId)],
      ['GET', `${BASE}/conversations/${other.conversationId}`],
      ['POST', `${BASE}/conversations/${other.conversationId}/upload`],
    ] as const) {
      const answer = await server.call(method, path, {
        bearer: mine.token,
        ...(method === 'POST' && { json: message('x') }),
      });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'BadArgument' } } });
    }
  });

  test('made for some origins serve only those', async () => {
    const json = { trustedOrigins: ['https://www.example.gov.uk'] };
    const { token } = (await server.call('POST', `${BASE}/tokens/generate`, { bearer: SECRET, json })).body;
    const from = (origin: string) =>
      server.call('POST', `${BASE}/conversations`, { bearer: token, headers: { origin } });
    expect((await from('https://evil.example')).status).toBe(403);
    expect((await from('https://www.example.gov.uk')).status).toBe(201);
  });
});

describe('conversations', () => {
  test('the bot is told who came and in which locale; clients never see that', async () => {
    const { body } = await server.call('POST', `${BASE}/conversations`, { bearer: SECRET, json: { locale: 'pl-PL' } });
    const update = server.turns.accepted.find((inbound) => inbound.messageId === `start:${body.conversationId}`);
    expect(update).toMatchObject({ logged: false, activity: { type: 'conversationUpdate', locale: 'pl-PL' } });
    expect(await server.turns.conversation(body.conversationId)).toMatchObject({ channel: 'web', language: 'pl' });
    const read = await server.call('GET', activitiesOf(body.conversationId), { bearer: SECRET });
    expect(read.body.activities.map((activity: { type: string }) => activity.type)).toEqual(['message']);
  });

  test('unknown ones, and those of other channels, are 404', async () => {
    await server.turns.open({ id: 'sms-1', channel: 'sms', resident: '+447700900123' });
    for (const id of ['no-such', 'sms-1']) {
      expect(await server.call('GET', `${BASE}/conversations/${id}`, { bearer: SECRET })).toMatchObject({
        status: 404,
        body: { error: { code: 'ConversationNotFound' } },
      });
    }
  });

  test('reconnecting goes on at the watermark, from the start at an empty one, with the new at none', async () => {
    const { token, conversationId } = await server.start();
    const at = async (query: string) =>
      (await server.call('GET', `${BASE}/conversations/${conversationId}${query}`, { bearer: token })).body.streamUrl;
    expect(await at('?watermark=0')).toContain('watermark=0&');
    expect(await at('?watermark=')).toContain('watermark=0&');
    expect(await at('')).toContain('watermark=1&');
    const refused = await server.call('GET', `${BASE}/conversations/${conversationId}?watermark=x`, { bearer: token });
    expect(refused.status).toBe(400);
  });
});

describe('activities', () => {
  test('what is posted comes back with the same id and client id, from the token’s user, on the server’s clock', async () => {
    const { token, conversationId } = await server.start();
    const posted = await server.call('POST', activitiesOf(conversationId), {
      bearer: token,
      json: message('Hello', 'c-1'),
    });
    expect(posted.status).toBe(200);
    const { body } = await server.call('GET', `${activitiesOf(conversationId)}?watermark=1`, { bearer: token });
    const resident = (await server.turns.conversation(conversationId))?.resident;
    expect(body.activities[0]).toMatchObject({
      id: posted.body.id,
      text: 'Hello',
      from: { id: resident, role: 'user' },
      channelData: { clientActivityID: 'c-1' },
      conversation: { id: conversationId },
      timestamp: new Date(server.clock.now).toISOString(),
    });
    expect(body.activities[1]).toMatchObject({
      text: 'You said: Hello',
      from: { id: 'bot', role: 'bot' },
      channelData: { author: 'bot' },
    });
    expect(body.watermark).toBe('3');
    const nothing = await server.call('GET', `${activitiesOf(conversationId)}?watermark=3`, { bearer: token });
    expect(nothing.body).toEqual({ activities: [], watermark: '3' });
  });

  test('posting again with the same client id changes nothing and answers the same', async () => {
    const { token, conversationId } = await server.start();
    const post = () =>
      server.call('POST', activitiesOf(conversationId), { bearer: token, json: message('Once', 'same') });
    const [first, second] = [await post(), await post()];
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(server.turns.rows.get(conversationId)?.filter((row) => row.activity.text === 'Once')).toHaveLength(1);
    const other = await server.start();
    const there = await server.call('POST', activitiesOf(other.conversationId), {
      bearer: other.token,
      json: message('Once', 'same'),
    });
    expect(there.body.id).not.toBe(first.body.id);
  });

  test('without a client id each is its own', async () => {
    const { token, conversationId } = await server.start();
    const post = () => server.call('POST', activitiesOf(conversationId), { bearer: token, json: message('Twice') });
    expect((await post()).body.id).not.toBe((await post()).body.id);
  });

  test('only what a client may say goes on', async () => {
    const { token, conversationId } = await server.start();
    const json = {
      ...message('Hi'),
      serviceUrl: 'https://evil.example',
      deliveryMode: 'expectReplies',
      from: { id: 'bot', role: 'bot', name: 'Council' },
      recipient: { id: 'x' },
      conversation: { id: 'other' },
      attachments: [{ contentType: 'image/png', contentUrl: 'https://evil.example/pixel.png' }],
    };
    await server.call('POST', activitiesOf(conversationId), { bearer: token, json });
    const resident = (await server.turns.conversation(conversationId))?.resident;
    expect(server.turns.accepted.at(-1)?.activity).toEqual({
      type: 'message',
      text: 'Hi',
      from: { id: resident, name: '', role: 'user' },
    });
  });

  test.each(['conversationUpdate', 'invoke', 'contactRelationUpdate'])('%s is answered and dropped', async (type) => {
    const { token, conversationId } = await server.start();
    const before = server.turns.accepted.length;
    const answer = await server.call('POST', activitiesOf(conversationId), { bearer: token, json: { type } });
    expect(answer).toMatchObject({ status: 200, body: { id: expect.any(String) } });
    expect(server.turns.accepted).toHaveLength(before);
  });

  test.each(['timer', 'handoff.status'])('a client cannot send the server’s own event %s', async (name) => {
    const { token, conversationId } = await server.start();
    const before = server.turns.accepted.length;
    await server.call('POST', activitiesOf(conversationId), {
      bearer: token,
      json: { type: 'event', name, value: {} },
    });
    expect(server.turns.accepted).toHaveLength(before);
    const json = { type: 'event', name: 'webchat/join' };
    await server.call('POST', activitiesOf(conversationId), { bearer: token, json });
    expect(server.turns.accepted).toHaveLength(before + 1);
  });

  test('typing is passed on live and never stored', async () => {
    const { token, conversationId } = await server.start();
    const before = server.turns.accepted.length;
    const answer = await server.call('POST', activitiesOf(conversationId), { bearer: token, json: { type: 'typing' } });
    expect(answer.status).toBe(200);
    expect(server.turns.typed.at(-1)).toBe('resident');
    expect(server.turns.accepted).toHaveLength(before);
  });

  test('NUL and lone surrogates, which databases refuse, are taken out', async () => {
    const { token, conversationId } = await server.start();
    const body = '{"type":"message","text":"a\\u0000b\\ud800c 👋"}';
    await server.call('POST', activitiesOf(conversationId), { bearer: token, body });
    expect(server.turns.accepted.at(-1)?.activity.text).toBe('ab\ufffdc 👋');
  });

  test.each([
    ['no JSON', '{"type":', 400, 'BadSyntax'],
    ['no object', '[]', 400, 'BadArgument'],
    ['no type', '{"text":"x"}', 400, 'BadArgument'],
    ['text that is no text', '{"type":"message","text":{}}', 400, 'BadArgument'],
    ['over 256 K characters', JSON.stringify({ type: 'message', text: 'x'.repeat(262_144) }), 413, 'MessageSizeTooBig'],
  ])('%s is refused', async (_name, body, status, code) => {
    const { token, conversationId } = await server.start();
    const answer = await server.call('POST', activitiesOf(conversationId), { bearer: token, body });
    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
  });

  test('a megabyte is refused before it is read', async () => {
    const { token, conversationId } = await server.start();
    const body = JSON.stringify({ type: 'message', text: 'x'.repeat(1_100_000) });
    expect((await server.call('POST', activitiesOf(conversationId), { bearer: token, body })).status).toBe(413);
  });

  test('an adviser is shown by name, never by the id of their account', async () => {
    const { token, conversationId } = await server.start();
    server.turns.append(conversationId, 'agent', {
      type: 'message',
      text: 'Hello',
      from: { id: 'agent-17', name: 'Priya' },
      serviceUrl: 'http://inside',
    } as never);
    const { body } = await server.call('GET', activitiesOf(conversationId), { bearer: token });
    const shown = body.activities.at(-1);
    expect(shown).toMatchObject({
      from: { id: 'agent', name: 'Priya', role: 'bot' },
      channelData: { author: 'agent' },
    });
    expect(JSON.stringify(shown)).not.toMatch(/agent-17|inside/);
  });

  test('a flood in one conversation is held with 429; the limit is far above what a person types', async () => {
    const { token, conversationId } = await server.start();
    const other = await server.start();
    const post = (to: typeof other) =>
      server.call('POST', activitiesOf(to.conversationId), { bearer: to.token, json: message('x') });
    server.limits.full = `directline:post:${conversationId}`;
    const refused = await post({ token, conversationId, streamUrl: '' });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
    expect((await post(other)).status).toBe(200);
    expect(server.limits.asked.get(server.limits.full)).toBeGreaterThanOrEqual(300);
    server.limits.full = undefined;
  });
});

describe('CORS', () => {
  const PATHS = [
    '/tokens/generate',
    '/tokens/refresh',
    '/conversations',
    '/conversations/a',
    '/conversations/a/activities',
    '/conversations/a/upload',
  ];
  test.each(PATHS)('preflight of %s', async (path) => {
    const answer = await server.call('OPTIONS', BASE + path, { headers: { origin: 'https://www.example.gov.uk' } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://www.example.gov.uk');
    expect(answer.headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, x-ms-bot-agent, x-requested-with',
    );
    expect(answer.headers.get('access-control-max-age')).toBe('86400');
    expect(answer.headers.get('access-control-allow-methods')).toMatch(/GET|POST/);
  });

  test('other origins get no permission; refusals can be read by allowed ones', async () => {
    const from = (origin: string) => server.call('GET', activitiesOf('a'), { headers: { origin } });
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const allowed = await from('https://chat.example.gov.uk');
    expect(allowed.status).toBe(401);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://chat.example.gov.uk');
    expect(allowed.headers.get('vary')).toBe('Origin');
  });
});

describe('POST /chat/token', () => {
  test('gives a token that can start a conversation', async () => {
    const { status, body } = await server.call('POST', '/chat/token');
    expect({ status, body }).toEqual({
      status: 200,
      body: { conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 },
    });
    expect((await server.call('POST', `${BASE}/conversations`, { bearer: body.token })).status).toBe(201);
  });

  test('starts in one request, with the first words and a stream that goes on after them', async () => {
    const { status, body } = await server.call('POST', '/chat/token', { json: { start: true, locale: 'pl' } });
    expect(status).toBe(201);
    expect(body.activities).toMatchObject([{ text: 'Welcome' }]);
    expect(body.watermark).toBe('1');
    expect(body.streamUrl).toContain('watermark=1&');
    expect(await server.turns.conversation(body.conversationId)).toMatchObject({ language: 'pl' });
  });

  test('goes on with a conversation whose token expired in the night', async () => {
    const { token, conversationId } = (await server.call('POST', '/chat/token', { json: { start: true } })).body;
    server.clock.now += 8 * 3_600_000;
    const resumed = await server.call('POST', '/chat/token', { json: { token, watermark: '0' } });
    expect(resumed).toMatchObject({ status: 200, body: { conversationId, activities: [{ text: 'Welcome' }] } });
    expect((await server.call('GET', activitiesOf(conversationId), { bearer: resumed.body.token })).status).toBe(200);
    server.clock.now += 25 * 3_600_000;
    expect((await server.call('POST', '/chat/token', { json: { token } })).status).toBe(403);
  });

  test('is not given to other sites', async () => {
    expect((await server.call('POST', '/chat/token', { headers: { origin: 'https://evil.example' } })).status).toBe(
      403,
    );
  });

  test('answers without the bot when it takes its time', async () => {
    server.turns.silent = true;
    const { status, body } = await server.call('POST', '/chat/token', { json: { start: true } });
    server.turns.silent = false;
    expect(status).toBe(201);
    expect(body).toMatchObject({ activities: [], watermark: '0' });
  });
});
