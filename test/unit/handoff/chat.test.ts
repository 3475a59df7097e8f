import type { QueueView } from '../../../src/handoff/api';
import { claimedBy, residentSees, send, view } from './actions';
import { type Person, randomId, type World, world } from './world';

let desk: World;
let ben: Person;
let cas: Person;
beforeEach(async () => {
  desk = await world();
  ben = await desk.agent('Ben Agent');
  cas = await desk.agent('Cas Agent');
});
afterEach(() => desk.stop());

describe('the queue', () => {
  test('shows lanes in order, own chats with their last words, and who is there', async () => {
    await desk.ask('old');
    desk.clock.now += 1000;
    const urgent = await desk.ask('urgent');
    await desk.store.write((tx) => desk.store.handoffs.update(tx, urgent, { lane: 'emergency' }));
    await claimedBy(desk, ben, 'mine');
    await desk.says('mine', 'Are you there?');
    const queue: QueueView = (await ben.get('/desk/api/queue')).body;
    expect(queue.waiting.map((item) => item.conversationId)).toEqual(['urgent', 'old']);
    expect(queue.waiting[1]).toMatchObject({
      ask: 'I want to talk to a person about my bins',
      channel: 'web',
      epoch: 1,
    });
    expect(queue.mine).toMatchObject([{ conversationId: 'mine', last: { role: 'resident', text: 'Are you there?' } }]);
  });
});

test('of a long queue the lists carry its front and how many there are', async () => {
  for (let index = 0; index < 102; index += 1) {
    await desk.ask(`c${index}`);
    desk.clock.now += 1;
  }
  const queue: QueueView = (await ben.get('/desk/api/queue')).body;
  expect(queue.waiting.map((item) => item.conversationId)).toEqual(
    Array.from({ length: 100 }, (_, index) => `c${index}`),
  );
  expect(queue.waitingCount).toBe(102);
});

describe('a conversation', () => {
  test('opens with the briefing, the whole transcript and the state of each delivery', async () => {
    const handoff = await desk.ask('c1', { channel: 'sms', push: true });
    const { body } = await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
    const { seq } = (await send(ben, 'c1', 'Hello, this is Ben', body.epoch)).body;
    const row = (await desk.store.outbox.ofConversation(desk.store.db, 'c1')).find((one) => one.seq === seq);
    await desk.store.write((tx) =>
      desk.store.outbox.update(tx, row?.id ?? '', { status: 'dead', error: '30003 unreachable' }, desk.clock.now),
    );
    const seen = await view(ben, 'c1');
    expect(seen.briefing).toMatchObject({
      ask: 'I want to talk to a person about my bins',
      facts: [{ name: 'address', value: '10 Sample Road', source: 'verified' }],
    });
    expect(seen.entries.map((entry) => [entry.seq, entry.role])).toEqual([
      [1, 'resident'],
      [2, 'system'],
      [3, 'agent'],
    ]);
    expect(seen.entries[2]).toMatchObject({ author: 'Ben Agent', text: 'Hello, this is Ben' });
    expect(seen.deliveries).toContainEqual({ seq, status: 'dead', reason: '30003 unreachable' });
    expect((await view(ben, 'c1', '?after=2')).entries.map((entry) => entry.seq)).toEqual([3]);
    const trouble = (await ben.get('/desk/api/trouble')).body;
    expect(trouble.items).toMatchObject([{ what: 'outbound', conversationId: 'c1', reason: '30003 unreachable' }]);
  });

  test('every read is in the audit log', async () => {
    await claimedBy(desk, ben, 'c1');
    await view(ben, 'c1');
    await view(ben, 'c1', '?after=1');
    // The briefing is in it even where no row is.
    await view(ben, 'c1', '?after=999');
    const reads = (await desk.store.audit.list(desk.store.db, { limit: 100 })).filter(
      (entry) => entry.action === 'transcript.read',
    );
    expect(reads.map((entry) => [entry.actor, entry.subject])).toEqual([
      [ben.me.id, 'c1'],
      [ben.me.id, 'c1'],
      [ben.me.id, 'c1'],
    ]);
  });

  test('that never asked for a person is not an agent’s business', async () => {
    await desk.store.write((tx) =>
      desk.store.conversations.open(tx, { id: 'p', channel: 'web', address: null, resident: 'r', push: false }, 1),
    );
    expect((await ben.get('/desk/api/conversations/p')).status).toBe(404);
    const sue = await desk.agent('Sue Super', 'supervisor');
    expect((await sue.get('/desk/api/conversations/p')).status).toBe(200);
  });
});

describe('what a resident has sent', () => {
  const png = 'a'.repeat(32);
  const files = new Map([
    [png, { content: Buffer.from('picture'), name: 'kerb "1".png', type: 'image/png', conversationId: 'c1' }],
    ['b'.repeat(32), { content: Buffer.from('<script>'), name: 'x.svg', type: 'image/svg+xml', conversationId: 'c1' }],
    ['c'.repeat(32), { content: Buffer.from('other'), name: 'x.png', type: 'image/png', conversationId: 'c2' }],
  ]);
  let photos: World;
  let dee: Person;
  beforeEach(async () => {
    photos = await world({ files: { get: async (id) => files.get(id) } });
    dee = await photos.agent('Dee Agent');
    await photos.ask('c1');
  });
  afterEach(() => photos.stop());

  test('is shown to those who may read the conversation, and every look is in the audit log', async () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: `http://desk.test/v3/directline/files/${png}`, name: 'kerb.png' },
      { contentType: 'image/png', contentUrl: 'javascript:alert(1)', name: 'bad.png' },
    ];
    const row = { id: randomId(), audience: 'resident', type: 'message', role: 'resident' } as const;
    await photos.store.write((tx) =>
      photos.store.log.append(tx, 'c1', [{ ...row, body: { type: 'message', attachments } }], photos.clock.now),
    );
    const { entries } = await view(dee, 'c1');
    const url = `/desk/api/conversations/c1/files/${png}`;
    expect(entries.at(-1)?.attachments).toEqual([
      { name: 'kerb.png', url, image: true },
      { name: 'bad.png', url: null, image: true },
    ]);
    const answer = await dee.get(url);
    expect(answer).toMatchObject({ status: 200, body: 'picture' });
    expect(answer.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''kerb%20_1_.png");
    // A copy in the browser would be shown to whoever sits there next.
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const entry = (await photos.store.audit.list(photos.store.db, { limit: 100 })).find(
      (one) => one.action === 'file.read',
    );
    expect(entry).toMatchObject({ actor: dee.me.id, subject: 'c1' });
  });

  test('never runs, and never comes out by another conversation', async () => {
    const svg = await dee.get(`/desk/api/conversations/c1/files/${'b'.repeat(32)}`);
    expect(svg.headers.get('content-type')).toBe('application/octet-stream');
    expect(svg.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(svg.headers.get('content-security-policy')).toContain('sandbox');
    expect((await dee.get(`/desk/api/conversations/c1/files/${'c'.repeat(32)}`)).status).toBe(404);
    expect((await photos.request('GET', `/desk/api/conversations/c1/files/${png}`)).status).toBe(401);
  });
});

describe('writing', () => {
  test('reaches the resident under the agent’s name, in order, and once however often it is sent', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const again = { text: 'Hello', epoch, clientId: randomId() };
    const path = '/desk/api/conversations/c1/messages';
    const answers = await Promise.all([1, 2, 3].map(() => ben.post(path, again)));
    await send(ben, 'c1', 'Second', epoch);
    expect(new Set(answers.map((answer) => answer.body.seq)).size).toBe(1);
    expect(answers.filter((answer) => !answer.body.duplicate)).toHaveLength(1);
    const rows = await desk.store.log.read(desk.store.db, 'c1', 'resident', { after: 2 });
    expect(rows.map((row) => [row.role, row.body.text])).toEqual([
      ['agent', 'Hello'],
      ['agent', 'Second'],
    ]);
    expect(rows[0]?.body).toMatchObject({ from: { name: 'Ben Agent', role: 'bot' } });
  });

  test('a repeat is answered like the first even when the hold has gone', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const message = { text: 'Bye', epoch, clientId: randomId() };
    const first = await ben.post('/desk/api/conversations/c1/messages', message);
    await ben.post('/desk/api/conversations/c1/requeue', { epoch });
    const repeat = await ben.post('/desk/api/conversations/c1/messages', message);
    expect(repeat).toMatchObject({ status: 200, body: { seq: first.body.seq, duplicate: true } });
  });

  test('under a stale hold it is refused with what was missed, and stored nowhere', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    const { lastSeq } = await view(ben, 'c1');
    await ben.post('/desk/api/conversations/c1/requeue', { epoch });
    const queue: QueueView = (await cas.get('/desk/api/queue')).body;
    const item = queue.waiting[0];
    const other = await cas.post(`/desk/api/handoffs/${item?.handoffId}/claim`, { epoch: item?.epoch });
    await send(cas, 'c1', 'Cas here', other.body.epoch);
    const answer = await send(ben, 'c1', 'Too late', epoch, { seen: lastSeq });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toMatchObject({ code: 'stale', owner: 'Cas Agent', hold: { epoch: other.body.epoch } });
    const missed = answer.body.error.missed.map((entry: { text: string }) => entry.text);
    expect(missed).toEqual([
      expect.stringContaining('agent.requeued'),
      expect.stringContaining('agent.joined'),
      'Cas here',
    ]);
    expect(await residentSees(desk, 'c1')).not.toContain('Too late');
  });

  test('an agent learns nothing of a conversation by guessing at it', async () => {
    await desk.store.write((tx) =>
      desk.store.conversations.open(tx, { id: 'p', channel: 'web', address: null, resident: 'r', push: false }, 1),
    );
    await desk.says('p', 'a private matter');
    expect(JSON.stringify((await send(ben, 'p', 'Hello', 7)).body)).not.toContain('private');
    expect((await ben.post('/desk/api/conversations/p/notes', { text: 'Hm', clientId: randomId() })).status).toBe(404);
  });

  test('a colleague cannot write with the right epoch', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    expect((await send(cas, 'c1', 'Hello', epoch)).body.error).toMatchObject({ code: 'stale', owner: 'Ben Agent' });
  });

  test('nothing goes to a resident who has opted out', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    await desk.store.write((tx) =>
      desk.store.conversations.advance(tx, 'c1', { holdEpoch: epoch }, { opted_out: 1 }, desk.clock.now),
    );
    expect((await send(ben, 'c1', 'Hello', epoch)).body.error.code).toBe('opted-out');
  });

  test('empty and endless words are refused', async () => {
    const epoch = await claimedBy(desk, ben, 'c1');
    expect((await send(ben, 'c1', ' \n ', epoch)).status).toBe(422);
    expect((await send(ben, 'c1', 'x'.repeat(4001), epoch)).status).toBe(422);
  });

  test('a note is for the desk alone and is never delivered', async () => {
    const handoff = await desk.ask('c1', { channel: 'sms', push: true });
    await ben.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
    const before = (await desk.store.outbox.ofConversation(desk.store.db, 'c1')).length;
    await cas.post('/desk/api/conversations/c1/notes', { text: 'Careful: angry', clientId: randomId() });
    const rows = await desk.store.log.read(desk.store.db, 'c1', 'resident');
    expect(JSON.stringify(rows)).not.toContain('Careful');
    expect(await desk.store.outbox.ofConversation(desk.store.db, 'c1')).toHaveLength(before);
    const { entries } = await view(ben, 'c1');
    expect(entries.at(-1)).toMatchObject({ kind: 'note', text: 'Careful: angry', author: 'Cas Agent' });
  });
});
