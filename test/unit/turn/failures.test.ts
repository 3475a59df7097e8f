import {
  createWorld,
  echo,
  eventually,
  gate,
  lostLocks,
  openWeb,
  say,
  settled,
  text,
  transcript,
  WEB,
  type World,
} from './harness';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** An engine that dies at a failpoint: what follows in that turn never happens, and it takes no further step. */
function dying(at: string, onlyOnce = true) {
  let deaths = 0;
  const failpoint = (name: string) => {
    if (name !== at || (onlyOnce && deaths > 0)) return;
    deaths += 1;
    throw new Error('killed');
  };
  return world.engine(echo, { failpoint });
}

describe('a process that dies', () => {
  test('before the commit leaves nothing of the turn, and the next process answers once', async () => {
    const engine = dying('turn-commit', false);
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await eventually(() => world.outcomes.includes('storage'));
    await engine.drain(1_000);
    expect(await transcript(world, 'c', 'desk')).toEqual(['resident: hello']);
    expect(
      (await world.store.states.load(world.store.db, ['directline/conversations/c/'])).get(
        'directline/conversations/c/',
      )?.version,
    ).toBe(0);

    world.engine(echo).start();
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: echo hello']);
  });

  test('after the commit has answered, and nobody answers again', async () => {
    const engine = dying('commit-wake');
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await settled(world, 'c');
    await engine.drain(1_000);
    const next = world.engine(echo);
    next.start();
    await say(next, 'c', 'again');
    expect(await settled(world, 'c')).toEqual([
      'resident: hello',
      'bot: echo hello',
      'resident: again',
      'bot: echo again',
    ]);
  });

  test('before it acknowledges has stored the message: the channel’s repeat is a duplicate, the answer comes once', async () => {
    const engine = dying('accept-ack');
    await openWeb(engine, 'c');
    await expect(say(engine, 'c', 'hello', 'm')).rejects.toThrow('killed');
    const next = world.engine(echo);
    expect(await say(next, 'c', 'hello', 'm')).toMatchObject({ duplicate: true, seq: 1 });
    next.start();
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: echo hello']);
  });

  test('is counted, from the second attempt on, by the process that takes over', async () => {
    const first = dying('ack-turn', false);
    await openWeb(first, 'c');
    await say(first, 'c', 'hello');
    await eventually(() => world.outcomes.length === 1);
    await first.drain(1_000);
    const attempts = async () => (await world.store.inbox.nextDue(world.store.db, 'c', world.clock.now()))?.attempts;
    expect(await attempts()).toBe(0);
    const second = dying('ack-turn', false);
    second.wake('c');
    await eventually(() => world.outcomes.length === 2);
    await second.drain(1_000);
    expect(await attempts()).toBe(1);
  });

  test('a few times in one turn is no poison yet; always in the same turn is', async () => {
    const engine = world.engine(echo, {
      limits: { attempts: 4 },
      failpoint: (name) => {
        if (name === 'ack-turn') throw new Error('killed');
      },
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    const attempts = async () => (await world.store.inbox.nextDue(world.store.db, 'c', world.clock.now()))?.attempts;
    for (let started = 0; started < 4; started++) {
      engine.wake('c');
      await eventually(async () => ((await attempts()) ?? 99) >= started);
    }
    engine.start();
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: Sorry (none)']);
    const [dead] = await world.store.inbox.dead(world.store.db, 10);
    expect(dead).toMatchObject({ status: 'dead', error: 'begun 4 times, never ended' });
  });
});

describe('a bot that fails', () => {
  test('three times: an apology, a line for the desk, and the next message is answered', async () => {
    let runs = 0;
    const engine = world.engine(async (turn) => {
      if (turn.text !== 'poison') return echo(turn);
      runs += 1;
      await turn.say('half an answer');
      throw new TypeError('boom');
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'poison');
    await say(engine, 'c', 'hello');
    expect(await settled(world, 'c')).toEqual([
      'resident: poison',
      'resident: hello',
      'bot: Sorry (none)',
      'bot: echo hello',
    ]);
    expect(runs).toBe(3);
    expect(await transcript(world, 'c', 'desk')).toContain('system: turn.dead');
    const [dead] = await world.store.inbox.dead(world.store.db, 10);
    expect(dead?.error).toBe('failed 3 times: BotFailed: TypeError');
  });

  test('twice: the third run answers, once', async () => {
    let runs = 0;
    const engine = world.engine(async (turn) => {
      await turn.say('answer');
      runs += 1;
      if (runs < 3) throw new Error('not yet');
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: answer']);
  });

  test('the operator’s log gets no word of the resident', async () => {
    const engine = world.engine(async ({ text }) => {
      throw new Error(`cannot read "${text}"`);
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'my secret');
    await settled(world, 'c');
    expect(world.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.logged)).not.toContain('secret');
  });

  test('on a timer: dead and shown, but nobody gets an unprompted apology', async () => {
    const engine = world.engine(async ({ context, effect }) => {
      if (context.activity.type === 'event') throw new Error('boom');
      effect({ kind: 'set-timer', name: 'later', at: world.clock.now() + 1_000 });
    });
    engine.start();
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await settled(world, 'c');
    world.clock.advance(1_000);
    expect(await settled(world, 'c', 'desk')).toEqual(['resident: hello', 'system: turn.dead']);
  });
});

test('a run that takes too long ends with an apology, and its late result never arrives', async () => {
  const hold = gate();
  const ended: string[] = [];
  const engine = world.engine(
    async (turn) => {
      if (turn.text === 'slow') await hold.opened;
      await turn.context.sendActivity({ type: 'typing' });
      await echo(turn);
      ended.push(turn.text);
    },
    { limits: { runMs: 60 } },
  );
  await openWeb(engine, 'c');
  await say(engine, 'c', 'slow');
  await eventually(async () => (await transcript(world, 'c')).length > 1);
  hold.open();
  await eventually(() => ended.includes('slow'));
  expect(world.bus.published).not.toContain('conversation:c typing:bot');
  await say(engine, 'c', 'quick');
  expect(await settled(world, 'c')).toEqual([
    'resident: slow',
    'bot: Sorry (none)',
    'resident: quick',
    'bot: echo quick',
  ]);
});

describe('conflicts', () => {
  test('two processes that lost their locks answer each message once', async () => {
    const engines = [1, 2, 3].map(() => world.engine(echo, { locks: lostLocks }));
    for (const engine of engines) engine.start();
    const [first] = engines;
    if (!first) throw new Error('no engine');
    await openWeb(first, 'c');
    const words = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(words.map((word) => say(first, 'c', word)));
    const said = await settled(world, 'c');
    expect(said.filter((line) => line.startsWith('bot')).sort()).toEqual(words.map((word) => `bot: echo ${word}`));
  });

  test('a conflict runs the turn again with fresh facts and is no failure', async () => {
    let runs = 0;
    const engine = world.engine(async ({ facts, say }) => {
      runs += 1;
      await say(`speaks ${facts.language}`);
      if (runs > 5) return;
      const conversation = await world.store.conversations.get(world.store.db, 'c');
      const expected = { holdEpoch: conversation?.hold_epoch ?? 0 };
      const patch = { language: `l${runs}` };
      await world.store.write((tx) => world.store.conversations.advance(tx, 'c', expected, patch, 0));
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: speaks l5']);
    expect(world.outcomes).toEqual([...Array(5).fill('conflict'), 'answered']);
  });
});

describe('a person who holds the conversation', () => {
  const hold = async (agent: string | null) => {
    const { store } = world;
    const now = await store.conversations.get(store.db, 'c');
    const patch = { hold: agent ? ('agent' as const) : ('bot' as const), hold_agent: agent };
    await store.write((tx) => store.conversations.advance(tx, 'c', { holdEpoch: now?.hold_epoch ?? 0 }, patch, 0));
  };

  test('is not talked over: the bot’s reply that was under way is refused', async () => {
    const claimed = gate();
    const engine = world.engine(async (turn) => {
      await claimed.opened;
      await echo(turn);
    });
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await hold('agent-1');
    claimed.open();
    expect(await settled(world, 'c')).toEqual(['resident: hello']);
    expect(world.outcomes.at(-1)).toBe('silent');
  });

  test('gets what the resident writes; given back, the bot goes on', async () => {
    const engine = world.engine(echo);
    await openWeb(engine, 'c');
    await hold('agent-1');
    await say(engine, 'c', 'hello');
    expect(await settled(world, 'c')).toEqual(['resident: hello']);
    expect(world.bus.published).toContain('desk c');
    await hold(null);
    await say(engine, 'c', 'bot?');
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'resident: bot?', 'bot: echo bot?']);
  });

  test('is not interrupted by timers: they ring later', async () => {
    const engine = world.engine(async ({ context, effect, say }) => {
      if (context.activity.type === 'event') return say('ring');
      effect({ kind: 'set-timer', name: 'later', at: world.clock.now() + 1_000, value: 7 });
    });
    engine.start();
    await openWeb(engine, 'c');
    await say(engine, 'c', 'hello');
    await settled(world, 'c');
    await hold('agent-1');
    world.clock.advance(1_000);
    await settled(world, 'c');
    await hold(null);
    expect(await transcript(world, 'c')).toEqual(['resident: hello']);
    world.clock.advance(60_000);
    expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: ring']);
  });
});

test('storage that is away for a moment costs time, no message and no attempt', async () => {
  let away = false;
  const { store } = world;
  const engine = world.engine(echo, {
    store: {
      ...store,
      write: (work) => (away ? Promise.reject(new Error('connection lost')) : store.write(work)),
    },
  });
  engine.start();
  await openWeb(engine, 'c');
  await say(engine, 'c', 'hello');
  away = true;
  await eventually(() => world.outcomes.filter((outcome) => outcome === 'storage').length > 4);
  away = false;
  expect(await settled(world, 'c')).toEqual(['resident: hello', 'bot: echo hello']);
});

test('every committed turn wakes readers, the desk and, for push channels, the outbox', async () => {
  const engine = world.engine(echo);
  const { conversationId } = await text(engine, '+447700900123', 'hello');
  await settled(world, conversationId);
  await eventually(() => world.bus.published.filter((topic) => topic === 'outbox sms').length >= 2);
  expect(world.bus.published).toContain(`conversation:${conversationId}`);
  expect(world.bus.published).toContain(`desk ${conversationId}`);
  expect(world.bus.published).not.toContain(`outbox ${WEB}`);
});
