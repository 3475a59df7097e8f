import { createBus } from '../../../src/storage/bus/index';
import type { TurnEngine } from '../../../src/turn/engine';
import {
  createWorld,
  echo,
  eventually,
  gate,
  openWeb,
  type ScriptedBot,
  say,
  settled,
  transcript,
  WEB,
  type World,
} from './harness';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

describe('order', () => {
  test('a conversation is answered in the order in which it was accepted', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => say(engine, 'c', text)));
    const said = await settled(world, 'c');
    const accepted = said.filter((line) => line.startsWith('resident'));
    expect(said.filter((line) => line.startsWith('bot'))).toEqual(
      accepted.map((line) => line.replace('resident: ', 'bot: echo ')),
    );
    expect(said).toHaveLength(8);
  });

  test('a slow conversation does not hold up another', async () => {
    const slow = gate();
    const engine = world.engine(async (turn) => {
      if (turn.text === 'slow') await slow.opened;
      await turn.say(`echo ${turn.text}`);
    });
    await openWeb(engine, 'one');
    await openWeb(engine, 'two');
    await say(engine, 'one', 'slow');
    await say(engine, 'one', 'after it');
    await say(engine, 'two', 'quick');
    expect(await settled(world, 'two')).toEqual(['resident: quick', 'bot: echo quick']);
    expect(await transcript(world, 'one')).toEqual(['resident: slow', 'resident: after it']);
    slow.open();
    expect((await settled(world, 'one')).slice(2)).toEqual(['bot: echo slow', 'bot: echo after it']);
  });

  test('no more conversations run at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const hold = gate();
    const engine = world.engine(
      async () => {
        most = Math.max(most, ++running);
        await hold.opened;
        running -= 1;
      },
      { limits: { parallel: 2 } },
    );
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) await openWeb(engine, id);
    await Promise.all(ids.map((id) => say(engine, id, 'hello')));
    await eventually(() => running === 2);
    hold.open();
    for (const id of ids) await settled(world, id);
    expect(most).toBe(2);
  });
});

describe('accepting', () => {
  test('the second message of one id changes nothing and gets the same answer', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    const first = await say(engine, 'c', 'hello', 'same');
    const second = await say(engine, 'c', 'hello', 'same');
    expect(second).toEqual({ ...first, duplicate: true });
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: echo hello']);
  });

  test('id, time and parties are the server’s, dangerous fields are dropped', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    const activity = {
      type: 'message',
      text: 'hello',
      id: 'theirs',
      serviceUrl: 'https://attacker.example',
      deliveryMode: 'expectReplies',
      from: { id: 'somebody else', name: 'Ana', role: 'bot' },
      channelData: { clientActivityID: 'x1' },
    };
    const { activityId } = await engine.inlet.accept({
      channel: WEB,
      conversation: { id: 'c' },
      messageId: '1',
      activity,
    });
    const [logged] = await engine.log.read('c', { after: 0, limit: 1 });
    expect(logged).toMatchObject({
      seq: 1,
      role: 'resident',
      activity: { id: activityId, timestamp: '2023-11-14T22:13:20.000Z' },
    });
    expect(logged?.activity).toMatchObject({
      from: { id: 'dl_c', name: 'Ana', role: 'user' },
      channelData: { clientActivityID: 'x1' },
    });
    expect(logged?.activity).not.toHaveProperty('serviceUrl');
    expect(logged?.activity).not.toHaveProperty('deliveryMode');
    expect(logged?.activity.id).not.toBe('theirs');
  });

  test.each(['timer', 'handoff.status', 'handoff.initiate'])(
    'a client cannot forge the server’s %s event',
    async (name) => {
      const names: unknown[] = [];
      const engine = world.engine(async ({ context }) => void names.push(context.activity.name));
      await openWeb(engine, 'c');
      const send = (messageId: string, event: string) => {
        const activity = { type: 'event', name: event, value: { name: 'reminder:x' } };
        return engine.inlet.accept({ channel: WEB, conversation: { id: 'c' }, messageId, activity });
      };
      await send('1', name);
      await send('2', 'their.own');
      await settled(world, 'c');
      expect(names).toEqual([undefined, 'their.own']);
    },
  );

  test('what was erased before its turn reaches the bot without its words', async () => {
    const engine = world.engine(async ({ text, say }) => say(`got "${text}"`), {
      locks: { tryWith: async () => undefined, close: async () => {} },
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'my secret');
    await world.store.write((tx) => world.store.log.erase(tx, 'c', 1, 'asked', 0));
    await engine.drain(1_000);
    world.engine(async ({ text, say }) => say(`got "${text}"`)).start();
    await settled(world, 'c');
    expect((await world.store.log.one(world.store.db, 'c', 2))?.body.text).toBe('got ""');
  });

  test('an unknown conversation is refused and nothing is stored', async () => {
    const engine = world.engine(echo);
    await expect(say(engine, 'nowhere', 'hello')).rejects.toThrow('no such conversation');
  });

  test('what is not logged reaches the bot and no reader', async () => {
    const engine = world.engine(({ context, say }) => say(`got ${context.activity.type} ${context.activity.locale}`));
    await openWeb(engine, 'c');
    const activity = { type: 'conversationUpdate', locale: 'pl' };
    const accepted = await engine.inlet.accept({
      channel: WEB,
      conversation: { id: 'c' },
      messageId: '1',
      activity,
      logged: false,
    });
    expect(accepted).toMatchObject({ activityId: null, seq: null, duplicate: false });
    expect(await settled(world, 'c', 'desk')).toEqual(['bot: got conversationUpdate pl']);
  });

  test('two first messages of one address open one conversation', async () => {
    const engine = world.engine(echo);
    const conversation = { address: '+447700900123', resident: '+447700900123', push: true };
    const accept = (messageId: string) =>
      engine.inlet.accept({ channel: 'sms', conversation, messageId, activity: { type: 'message', text: messageId } });
    const [one, two] = await Promise.all([accept('a'), accept('b')]);
    expect(one?.conversationId).toBe(two?.conversationId);
  });

  test('opting out is stored, and stays stored when a turn commits meanwhile', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await consent(engine, 'stop', true);
    await settled(world, 'c');
    expect((await engine.log.conversation('c'))?.optedOut).toBe(true);
  });

  test('an opt-out that is repeated after the opt-in changes nothing', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    await consent(engine, 'stop', true);
    await consent(engine, 'start', false);
    expect((await consent(engine, 'stop', true)).duplicate).toBe(true);
    expect((await engine.log.conversation('c'))?.optedOut).toBe(false);
  });
});

const consent = (engine: TurnEngine, messageId: string, optedOut: boolean) =>
  engine.inlet.accept({ channel: WEB, conversation: { id: 'c' }, messageId, activity: { type: 'event' }, optedOut });

test('a reader hears of what another process stored, also when the wake-up is lost', async () => {
  const writer = world.engine(echo);
  const reader = world.engine(echo, { store: { ...world.store, kind: 'postgres' }, bus: createBus() });
  await openWeb(writer, 'c');
  let heard = 0;
  const stop = reader.log.watch('c', () => {
    heard += 1;
  });
  await say(writer, 'c', 'hello');
  await eventually(() => heard > 0);
  stop();
});

test('typing is live only: from the bot at once, never in the log', async () => {
  const hold = gate();
  const engine = world.engine(async ({ context, say }) => {
    await context.sendActivity({ type: 'typing' });
    await hold.opened;
    await say('done');
  });
  await openWeb(engine, 'c');
  const seen: (string | undefined)[] = [];
  engine.log.watch('c', (typing) => seen.push(typing));
  await say(engine, 'c', 'hello');
  await eventually(() => seen.includes('bot'));
  engine.inlet.typing('c', 'agent');
  await eventually(() => seen.includes('agent'));
  hold.open();
  expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: done']);
});

test('the bot can still change and take back what it said in this turn, and nothing older', async () => {
  const bot: ScriptedBot = async ({ context, text }) => {
    if (text === 'old') return void (await context.updateActivity({ id: 'id-1', type: 'message', text: 'x' }));
    const first = await context.sendActivity('first');
    const second = await context.sendActivity('second');
    await context.updateActivity({ id: first?.id ?? '', type: 'message', text: 'better' });
    await context.deleteActivity(second?.id ?? '');
  };
  const engine = world.engine(bot);
  await openWeb(engine, 'c');
  await say(engine, 'c', 'hello');
  expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: better']);
  await say(engine, 'c', 'old');
  expect((await settled(world, 'c')).at(-1)).toBe('bot: Sorry (none)');
});

test('BotState is kept from turn to turn', async () => {
  const engine = world.engine(async ({ count, say }) => say(`turn ${await count()}`));
  await openWeb(engine, 'c');
  for (const text of ['a', 'b', 'c']) await say(engine, 'c', text);
  const said = (await settled(world, 'c')).filter((line) => line.startsWith('bot'));
  expect(said).toEqual(['bot: turn 0', 'bot: turn 1', 'bot: turn 2']);
});

test('drain finishes what is under way and takes nothing after it', async () => {
  const hold = gate();
  const engine = world.engine(async ({ say }) => {
    await hold.opened;
    await say('done');
  });
  engine.start();
  await openWeb(engine, 'c');
  await say(engine, 'c', 'hello');
  const drained = engine.drain(2_000);
  hold.open();
  expect(await drained).toBe(true);
  expect(await transcript(world, 'c')).toEqual(['resident: hello', 'bot: done']);
  await say(engine, 'c', 'too late');
  expect(await transcript(world, 'c')).toHaveLength(3);
  world.engine(echo).start();
  expect((await settled(world, 'c')).at(-1)).toBe('bot: echo too late');
});
