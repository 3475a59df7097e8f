import type { Effect } from '../../../src/conversation/ports';
import { createWorld, eventually, openWeb, type ScriptedBot, say, settled, transcript, type World } from './harness';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Each message is the name of a list of effects. */
async function conversation(script: { readonly [text: string]: readonly Effect[] }, id = 'c') {
  const engine = world.engine(async ({ text, effect, say, facts }) => {
    for (const wanted of script[text] ?? []) effect(wanted);
    await say(`${text} (${facts.hold})`);
  });
  await openWeb(engine, id);
  return async (text: string) => {
    await say(engine, id, text);
    return settled(world, id);
  };
}

const openCase = (reference: string, dedupeKey: string): Effect => ({
  kind: 'open-case',
  reference,
  service: 'missed-bin',
  dedupeKey,
  answers: { stream: 'refuse' },
  facts: { round: 'R1' },
  place: '100',
  position: { lat: 51.5, lon: -0.1 },
  dueAt: 5,
});
const askForPerson: Effect = {
  kind: 'request-handoff',
  reason: 'asked',
  lane: 'normal',
  ask: 'a person please',
  facts: [{ name: 'street', value: 'Sample Road', source: 'said' }],
};

test('a case is opened with its evidence, and the contact is added later', async () => {
  const send = await conversation({
    open: [openCase('MB-1', 'k')],
    contact: [{ kind: 'contact-for-case', reference: 'MB-1', contact: '+447700900123' }],
  });
  await send('open');
  await send('contact');
  const opened = await world.store.cases.openWithKey(world.store.db, 'k');
  expect(opened).toMatchObject({ reference: 'MB-1', conversation_id: 'c', place: '100', lat: 51.5, due_at: 5 });
  expect(opened).toMatchObject({ status: 'open', contact: '+447700900123' });
  expect(JSON.parse(opened?.facts ?? '')).toEqual({ round: 'R1' });
});

test('what is added to a case is kept with it, and lies on the desk as a message', async () => {
  const send = await conversation({
    open: [openCase('MB-1', 'k')],
    add: [{ kind: 'note-for-case', reference: 'MB-1', what: 'not-done', text: 'It is still full.', photo: 'f1' }],
  });
  await send('open');
  await send('add');
  expect(await world.store.cases.notesOf(world.store.db, 'MB-1')).toMatchObject([
    { conversation_id: 'c', what: 'not-done', text: 'It is still full.', photo: 'f1' },
  ]);
  const messages = await world.store.db.selectFrom('handoffs').selectAll().execute();
  expect(messages).toMatchObject([{ status: 'message', reason: 'case-not-done', ask: 'MB-1: It is still full.' }]);
});

test('words that a service never takes are blanked in the log of the message that held them', async () => {
  const send = await conversation({ 'my account is 30124567': [{ kind: 'blank-words', words: ['30124567'] }] });
  await send('hello 30124567');
  await send('my account is 30124567');
  const texts = (await transcript(world, 'c')).join('\n');
  expect(texts).toContain('hello 30124567');
  expect(texts).toContain('my account is ••••••••');
});

test('of two who report the same at once, one opens the case and the other follows it', async () => {
  const { store } = world;
  const bot: ScriptedBot = async ({ facts, effect, say }) => {
    const known = await store.cases.openWithKey(store.db, 'same');
    if (known) effect({ kind: 'follow-case', reference: known.reference, answers: {} });
    else effect(openCase(facts.newReference('MB'), 'same'));
    await say(known ? 'followed' : 'opened');
  };
  const engine = world.engine(bot);
  const ids = ['a', 'b', 'c', 'd'];
  for (const id of ids) await openWeb(engine, id);
  await Promise.all(ids.map((id) => say(engine, id, 'missed')));
  const answers = await Promise.all(ids.map(async (id) => (await settled(world, id)).at(-1)));
  expect(answers.sort()).toEqual(['bot: followed', 'bot: followed', 'bot: followed', 'bot: opened']);
  expect(await store.cases.list(store.db, { limit: 10 })).toHaveLength(1);
  expect((await store.cases.openWithKey(store.db, 'same'))?.followers).toBe(3);
});

test('a follower who tells of danger makes the case due earlier, and that is kept with it', async () => {
  const raise = { dueAt: 3, facts: { urgent: true, raised: { danger: 'walkers' } } };
  const send = await conversation({
    open: [openCase('MB-1', 'k')],
    follow: [{ kind: 'follow-case', reference: 'MB-1', answers: {}, raise }],
  });
  await send('open');
  await send('follow');
  const open = await world.store.cases.openWithKey(world.store.db, 'k');
  expect(open).toMatchObject({ due_at: 3, followers: 1 });
  expect(JSON.parse(open?.facts ?? '')).toEqual({ round: 'R1', urgent: true, raised: { danger: 'walkers' } });
});

test('a turn that fails after its effects opens no case', async () => {
  const engine = world.engine(async ({ effect }) => {
    effect(openCase('MB-1', 'k'));
    throw new Error('boom');
  });
  await openWeb(engine, 'c');
  await say(engine, 'c', 'open');
  await settled(world, 'c');
  expect(await world.store.cases.list(world.store.db, { limit: 10 })).toEqual([]);
});

describe('handoff', () => {
  test('a request queues the conversation and tells the desk only', async () => {
    const send = await conversation({ person: [askForPerson] });
    expect(await send('person')).toEqual(['resident: person', 'bot: person (bot)']);
    expect(await transcript(world, 'c', 'desk')).toContain('system: handoff.initiate');
    const { store } = world;
    expect(await store.conversations.get(store.db, 'c')).toMatchObject({ hold: 'queued', hold_epoch: 1 });
    const waiting = await store.handoffs.openOf(store.db, 'c');
    expect(waiting).toMatchObject({ status: 'waiting', lane: 'normal', ask: 'a person please', reason: 'asked' });
    expect(JSON.parse(waiting?.facts ?? '')).toEqual(askForPerson.facts);
    expect(await send('hello')).toContain('bot: hello (queued)');
  });

  test('asking twice keeps one place; an emergency moves it to the fast lane', async () => {
    const safety = { name: 'Safety', value: 'Do not call', source: 'said' } as const;
    const urgent: Effect = { ...askForPerson, lane: 'emergency', reason: 'emergency', ask: 'help', facts: [safety] };
    const send = await conversation({ person: [askForPerson], help: [urgent] });
    await send('person');
    await send('help');
    const { store } = world;
    expect(await store.handoffs.queue(store.db)).toHaveLength(1);
    const open = await store.handoffs.openOf(store.db, 'c');
    expect(open).toMatchObject({ lane: 'emergency', reason: 'emergency', ask: 'help' });
    expect(JSON.parse(open?.facts ?? '')).toEqual([safety, ...askForPerson.facts]);
    expect(await store.conversations.get(store.db, 'c')).toMatchObject({ hold: 'queued', hold_epoch: 1 });
  });

  test('cancelling gives the conversation back to the bot', async () => {
    const send = await conversation({ person: [askForPerson], never: [{ kind: 'cancel-handoff' }] });
    await send('person');
    await send('never');
    const { store } = world;
    expect(await store.handoffs.openOf(store.db, 'c')).toBeUndefined();
    expect(await store.conversations.get(store.db, 'c')).toMatchObject({ hold: 'bot', hold_epoch: 2 });
  });

  test('a message is left without a hold', async () => {
    const send = await conversation({
      call: [{ kind: 'leave-message', ask: 'call me', how: 'callback', contact: '+447700900123' }],
    });
    await send('call');
    const { store } = world;
    expect(await store.handoffs.list(store.db, { status: 'message', limit: 10 })).toMatchObject([
      { reason: 'callback', ask: 'call me', contact: '+447700900123', conversation_id: 'c' },
    ]);
    expect(await store.conversations.get(store.db, 'c')).toMatchObject({ hold: 'bot', hold_epoch: 0 });
  });
});

describe('timers', () => {
  const timer = (at: number, name = 'form-left'): Effect => ({ kind: 'set-timer', name, at, value: { step: 1 } });
  const ring: ScriptedBot = async ({ context, text, effect, say }) => {
    const { type, name, value } = context.activity;
    if (type === 'event') return say(`${name} ${JSON.stringify(value)}`);
    if (text === 'set') effect(timer(world.clock.now() + 1_000));
    if (text === 'cancel') effect({ kind: 'cancel-timer', name: 'form-left' });
    if (text === 'cancel all') effect({ kind: 'cancel-timers' });
  };

  test('one rings when it is due, not before, with its value', async () => {
    const engine = world.engine(ring);
    engine.start();
    await openWeb(engine, 'c');
    await say(engine, 'c', 'set');
    await settled(world, 'c');
    world.clock.advance(999);
    expect(await settled(world, 'c')).toEqual(['resident: set']);
    world.clock.advance(1);
    expect(await settled(world, 'c')).toEqual(['resident: set', 'bot: timer {"name":"form-left","value":{"step":1}}']);
  });

  test('all of a conversation can be cancelled at once', async () => {
    const engine = world.engine(ring);
    engine.start();
    await openWeb(engine, 'c');
    await openWeb(engine, 'other');
    for (const words of ['set', 'cancel all']) await say(engine, 'c', words);
    await say(engine, 'other', 'set');
    await settled(world, 'c');
    await settled(world, 'other');
    world.clock.advance(1_000);
    await eventually(async () => (await settled(world, 'other')).length === 2);
    expect(await settled(world, 'c')).toEqual(['resident: set', 'resident: cancel all']);
  });

  test('one that is set again or cancelled does not ring', async () => {
    const engine = world.engine(ring);
    engine.start();
    await openWeb(engine, 'c');
    await say(engine, 'c', 'set');
    await settled(world, 'c');
    world.clock.advance(500);
    await say(engine, 'c', 'set');
    await settled(world, 'c');
    world.clock.advance(500);
    expect(await settled(world, 'c')).toHaveLength(2);
    await say(engine, 'c', 'cancel');
    await settled(world, 'c');
    world.clock.advance(10_000);
    expect(await settled(world, 'c')).toEqual(['resident: set', 'resident: set', 'resident: cancel']);
  });

  test('one may set itself again', async () => {
    const engine = world.engine(async ({ context, effect, say }) => {
      effect(timer(world.clock.now() + 1_000));
      if (context.activity.type === 'event') await say('ring');
    });
    engine.start();
    await openWeb(engine, 'c');
    await say(engine, 'c', 'set');
    for (const rings of [1, 2, 3]) {
      await settled(world, 'c');
      world.clock.advance(1_000);
      await eventually(async () => (await transcript(world, 'c')).length === 1 + rings);
    }
  });
});

test('the language is kept, and whether the resident chose it', async () => {
  const send = await conversation({ po: [{ kind: 'set-language', language: 'pl', explicit: true }] });
  await send('po');
  expect(await world.store.conversations.get(world.store.db, 'c')).toMatchObject({
    language: 'pl',
    language_explicit: 1,
  });
});

test('audit rows hold no words of the resident; the desk sees an alarm', async () => {
  const send = await conversation({
    x: [
      { kind: 'note-misunderstood', text: 'my words' },
      {
        kind: 'alert',
        what: 'emergency',
        text: 'my house burns',
        danger: 'general',
        attended: false,
        quiet: false,
        again: false,
      },
    ],
  });
  await send('x');
  const rows = await world.store.audit.list(world.store.db, { limit: 10 });
  expect(rows.map((row) => row.action).sort()).toEqual(['alert.emergency', 'misunderstood']);
  expect(rows.map((row) => row.detail)).toEqual(['{"seq":1}', '{"seq":1}']);
  expect(JSON.stringify(rows)).not.toMatch(/words|burns/);
  expect(await transcript(world, 'c', 'desk')).toContain('system: alert');
  expect(await transcript(world, 'c')).not.toContain('system: alert');
});
