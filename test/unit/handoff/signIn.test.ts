import { fromAnywhere, PASSWORD, personOf, randomId, type World, world } from './world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let desk: World;
beforeEach(async () => {
  desk = await world();
});
afterEach(() => desk.stop());

const signIn = (email: string, password: string, headers: Record<string, string> = fromAnywhere()) =>
  desk.request('POST', '/desk/api/session', { email, password }, headers);
const setUp = { name: 'Ada Admin', email: 'ada@council.test', password: PASSWORD };
const tokenOf = (link: string | undefined): string => link?.split('#link=')[1] ?? '';

describe('the first administrator', () => {
  test('gets a link at each start until a password is set; it works once', async () => {
    const first = await desk.desk.ensureAdmin();
    const second = await desk.desk.ensureAdmin();
    expect(second).toMatch(/^http:\/\/desk\.test\/desk#link=/);
    expect((await desk.request('POST', '/desk/api/link/use', { token: tokenOf(first), ...setUp })).status).toBe(410);
    const answers = await Promise.all(
      [1, 2, 3].map(() => desk.request('POST', '/desk/api/link/use', { token: tokenOf(second), ...setUp })),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 410, 410]);
    expect(await desk.desk.ensureAdmin()).toBeUndefined();
  });

  test('the link expires after a day', async () => {
    const token = tokenOf(await desk.desk.ensureAdmin());
    desk.clock.now += 24 * HOUR;
    expect((await desk.request('POST', '/desk/api/link', { token })).status).toBe(410);
    expect((await desk.request('POST', '/desk/api/link/use', { token, ...setUp })).status).toBe(410);
  });

  test('a short password is refused and leaves the link usable', async () => {
    const token = tokenOf(await desk.desk.ensureAdmin());
    const short = await desk.request('POST', '/desk/api/link/use', { token, ...setUp, password: 'short' });
    expect(short.status).toBe(422);
    expect((await desk.request('POST', '/desk/api/link/use', { token, ...setUp })).status).toBe(200);
  });

  test('neither tokens nor passwords are stored or logged as they are', async () => {
    const token = tokenOf(await desk.desk.ensureAdmin());
    const answer = await desk.request('POST', '/desk/api/link/use', { token, ...setUp });
    await signIn(setUp.email, 'not the password');
    const { db } = desk.store;
    const stored = JSON.stringify([
      await db.selectFrom('login_links').selectAll().execute(),
      await db.selectFrom('agents').selectAll().execute(),
      await db.selectFrom('agent_sessions').selectAll().execute(),
      desk.logged,
    ]);
    expect(stored).toContain('$argon2id$');
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(PASSWORD);
    expect(stored).not.toContain('not the password');
    expect(stored).not.toContain(answer.headers.get('set-cookie')?.split(/[=;]/)[1]);
  });
});

describe('sessions', () => {
  test('the cookie is out of reach of scripts and other sites', async () => {
    await desk.agent('Ada Admin', 'admin');
    const answer = await signIn('ADA.admin@council.test ', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^wandle-desk=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
  });

  test('over https the cookie is Secure and bound to the host', async () => {
    const secure = await world({ publicUrl: 'https://desk.test' });
    const token = tokenOf(await secure.desk.ensureAdmin());
    const answer = await secure.request('POST', '/desk/api/link/use', { token, ...setUp });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-wandle-desk=.*; Secure$/);
    await secure.stop();
  });

  test('unknown account, wrong password and a switched-off account get the same answer', async () => {
    const admin = await desk.agent('Ada Admin', 'admin');
    const agent = await desk.agent('Ben Agent');
    await admin.post(`/desk/api/agents/${agent.me.id}/disabled`, { disabled: true });
    const answers = [
      await signIn('nobody@council.test', PASSWORD),
      await signIn('ada.admin@council.test', 'wrong password'),
      await signIn('ben.agent@council.test', PASSWORD),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: answers[0]?.body });
    expect((await agent.get('/desk/api/me')).status).toBe(401);
  });

  test('end after half an hour without use', async () => {
    const agent = await desk.agent('Ben Agent');
    desk.clock.now += 29 * MINUTE;
    expect((await agent.get('/desk/api/me')).status).toBe(200);
    desk.clock.now += 29 * MINUTE;
    expect((await agent.get('/desk/api/me')).status).toBe(200);
    desk.clock.now += 31 * MINUTE;
    expect((await agent.get('/desk/api/me')).status).toBe(401);
  });

  test('what the page asks by itself does not keep a session alive', async () => {
    const agent = await desk.agent('Ben Agent');
    desk.clock.now += 20 * MINUTE;
    expect((await agent.get('/desk/api/queue', { 'x-desk-live': '1' })).status).toBe(200);
    desk.clock.now += 20 * MINUTE;
    expect((await agent.get('/desk/api/queue', { 'x-desk-live': '1' })).status).toBe(401);
  });

  test('end after twelve hours, used or not', async () => {
    const agent = await desk.agent('Ben Agent');
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect((await agent.get('/desk/api/me')).status).toBe(200);
      desk.clock.now += 20 * MINUTE;
    }
    desk.clock.now += 1;
    expect((await agent.get('/desk/api/me')).status).toBe(401);
  });

  test('signing out ends the session', async () => {
    const agent = await desk.agent('Ben Agent');
    expect((await agent.delete('/desk/api/session')).status).toBe(200);
    expect((await agent.get('/desk/api/me')).status).toBe(401);
  });

  test('signing out with open chats needs their return to the queue', async () => {
    const agent = await desk.agent('Ben Agent');
    const id = await desk.ask('c1');
    await agent.post(`/desk/api/handoffs/${id}/claim`, { epoch: 1 });
    expect((await agent.delete('/desk/api/session')).body.error.code).toBe('open-chats');
    expect((await agent.delete('/desk/api/session', { requeue: true })).status).toBe(200);
    expect(await desk.store.handoffs.get(desk.store.db, id)).toMatchObject({ status: 'waiting', lane: 'returning' });
  });

  test('a new one-time link resets the password and ends what was open', async () => {
    const admin = await desk.agent('Ada Admin', 'admin');
    const agent = await desk.agent('Ben Agent');
    const { body } = await admin.post(`/desk/api/agents/${agent.me.id}/link`);
    expect((await agent.get('/desk/api/me')).status).toBe(200);
    const given = { name: 'Ben Agent', email: 'ben.agent@council.test', password: 'another long one' };
    const answer = await desk.request(
      'POST',
      '/desk/api/link/use',
      { token: tokenOf(body.link), ...given },
      fromAnywhere(),
    );
    expect(answer.status).toBe(200);
    expect((await agent.get('/desk/api/me')).status).toBe(401);
    expect((await signIn(given.email, PASSWORD)).status).toBe(401);
    expect((await signIn(given.email, given.password)).status).toBe(200);
  });
});

describe('what is refused', () => {
  test('a change without the CSRF token, or from another site', async () => {
    const agent = await desk.agent('Ben Agent');
    const { cookie } = agent;
    const change = { available: false };
    expect((await desk.request('POST', '/desk/api/me/available', change, { cookie })).body.error.code).toBe('csrf');
    const wrong = await agent.post('/desk/api/me/available', change, { 'x-csrf-token': 'x'.repeat(22) });
    expect(wrong.body.error.code).toBe('csrf');
    const elsewhere = await agent.post('/desk/api/me/available', change, { origin: 'https://evil.test' });
    expect(elsewhere).toMatchObject({ status: 403, body: { error: { code: 'origin' } } });
    expect((await agent.post('/desk/api/me/available', change, { origin: desk.url })).status).toBe(200);
  });

  test('everything, without a session', async () => {
    for (const path of ['me', 'queue', 'history', 'messages', 'trouble', 'agents', 'conversations/c1'])
      expect((await desk.request('GET', `/desk/api/${path}`)).status).toBe(401);
  });

  test('administration, to others', async () => {
    const agent = await desk.agent('Ben Agent');
    expect((await agent.get('/desk/api/agents')).body.error.code).toBe('rights');
    const added = await agent.post('/desk/api/agents', { name: 'Eve', email: 'eve@council.test', role: 'admin' });
    expect(added.status).toBe(403);
  });

  test('guessing, per account and per address; the right password too, until the quarter of an hour is over', async () => {
    await desk.agent('Ben Agent');
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await signIn('ben.agent@council.test', 'guess')).status).toBe(401);
    expect((await signIn('ben.agent@council.test', PASSWORD)).status).toBe(429);
    const one = fromAnywhere();
    // Links count like passwords, and are quicker to try.
    const tries = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () =>
          desk.request('POST', '/desk/api/link', { token: randomId() + randomId() }, one),
        ),
      );
    // Ninety colleagues who start at nine o'clock come from one address; whoever tries every door does too.
    await tries(90);
    expect((await signIn('ada.admin@council.test', PASSWORD, one)).status).toBe(200);
    await tries(109);
    expect((await signIn('ada.admin@council.test', PASSWORD, one)).status).toBe(429);
    desk.clock.now += 15 * MINUTE;
    expect((await signIn('ben.agent@council.test', PASSWORD)).status).toBe(200);
  });

  test('a body that is not JSON, or not what was asked for', async () => {
    const bad = await fetch(`${desk.url}/desk/api/session`, { method: 'POST', body: '{' });
    expect(bad.status).toBe(400);
    expect((await desk.request('POST', '/desk/api/session', { email: 1 })).status).toBe(422);
  });

  test('a second account with the same e-mail address', async () => {
    const admin = await desk.agent('Ada Admin', 'admin');
    const twin = { name: 'Twin', email: 'ADA.ADMIN@council.test', role: 'agent' };
    expect((await admin.post('/desk/api/agents', twin)).body.error.code).toBe('email');
  });
});

test('every account action is in the audit log, by whom', async () => {
  const admin = await desk.agent('Ada Admin', 'admin');
  const agent = await desk.agent('Ben Agent');
  await admin.post(`/desk/api/agents/${agent.me.id}/disabled`, { disabled: true });
  const entries = await desk.store.audit.list(desk.store.db, { limit: 100 });
  const actions = entries.map((entry) => `${entry.actor === admin.me.id ? 'ada' : 'ben'} ${entry.action}`);
  expect(actions).toEqual(
    expect.arrayContaining(['ada set-password', 'ada agent.add', 'ben set-password', 'ada agent.disable']),
  );
});

test('a person is who they are to the page', async () => {
  const answer = await (await desk.agent('Ben Agent')).get('/desk/api/me');
  expect(personOf(desk.request, answer).me).toMatchObject({
    name: 'Ben Agent',
    role: 'agent',
    council: 'Wandle Borough Council',
  });
});
