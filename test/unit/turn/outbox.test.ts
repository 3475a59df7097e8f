import type { Delivery, OutboundMessage } from '../../../src/turn/index';
import { createWorld, echo, eventually, gate, text, type World } from './harness';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const ONE = '+447700900001';
const TWO = '+447700900002';
const accepted = (message: OutboundMessage): Delivery => ({ result: 'accepted', providerId: `P-${message.outboxId}` });

/** A provider that keeps what it was sent and answers as told. */
function provider(answer: (message: OutboundMessage) => Delivery | Promise<Delivery> = accepted) {
  const sent: string[] = [];
  const lookedUp: string[] = [];
  return {
    sent,
    lookedUp,
    async deliver(message: OutboundMessage) {
      sent.push(`${message.address}: ${message.logged.activity.text}`);
      return answer(message);
    },
    async lookUp(message: OutboundMessage): Promise<Delivery> {
      lookedUp.push(message.outboxId);
      return { result: 'maybe', reason: 'not found' };
    },
  };
}

async function rows(address = ONE) {
  const { store } = world;
  const conversation = await store.conversations.byAddress(store.db, 'sms', address);
  return store.outbox.ofConversation(store.db, conversation?.id ?? '');
}
const states = async (address = ONE) => (await rows(address)).map((row) => row.status);
const deskLines = async () => {
  const { store } = world;
  const conversation = await store.conversations.byAddress(store.db, 'sms', ONE);
  const log = await store.log.read(store.db, conversation?.id ?? '', 'desk');
  return log.filter((row) => row.audience === 'desk').map((row) => row.body.value);
};

test('replies go out in order per conversation, one at a time; a stuck one holds up nobody else', async () => {
  const hold = gate();
  const engine = world.engine(echo);
  const sms = provider(async (message) => {
    if (message.logged.activity.text === 'echo first') await hold.opened;
    return accepted(message);
  });
  engine.push.run('sms', sms);
  await text(engine, ONE, 'first');
  await text(engine, ONE, 'second');
  await text(engine, TWO, 'other');
  await eventually(async () => (await states(TWO)).join() === 'accepted');
  await eventually(async () => (await states()).length === 2);
  expect(sms.sent.sort()).toEqual([`${ONE}: echo first`, `${TWO}: echo other`]);
  hold.open();
  await eventually(async () => (await states()).join() === 'accepted,accepted');
  expect(sms.sent.filter((line) => line.startsWith(ONE))).toEqual([`${ONE}: echo first`, `${ONE}: echo second`]);
});

test('no more than twenty messages are on their way at once', async () => {
  const engine = world.engine(echo);
  const hold = gate();
  const sms = provider(async (message) => {
    await hold.opened;
    return accepted(message);
  });
  const numbers = Array.from({ length: 25 }, (_, index) => `+4477009000${index + 10}`);
  await Promise.all(numbers.map((number) => text(engine, number, 'hello')));
  engine.push.run('sms', sms);
  await eventually(() => sms.sent.length === 20);
  hold.open();
  await eventually(() => sms.sent.length === 25);
});

test('what failed is tried again after a growing pause, and is dead after eight attempts', async () => {
  const engine = world.engine(echo);
  const sms = provider(() => ({ result: 'retry', reason: 'busy' }));
  engine.push.run('sms', sms);
  await text(engine, ONE, 'hello');
  const pauses: number[] = [];
  for (let attempt = 1; attempt < 8; attempt++) {
    await eventually(async () => (await rows())[0]?.attempts === attempt && (await states())[0] === 'pending');
    const pause = ((await rows())[0]?.next_at ?? 0) - world.clock.now();
    pauses.push(pause);
    world.clock.advance(pause);
  }
  await eventually(async () => (await states())[0] === 'dead');
  expect(pauses).toEqual([1_500, 3_000, 6_000, 12_000, 24_000, 48_000, 96_000]);
  expect(sms.sent).toHaveLength(8);
  expect((await rows())[0]?.error).toBe('busy');
  expect(await deskLines()).toMatchObject([{ status: 'dead', reason: 'busy' }]);
});

test('a pause the provider asks for is kept', async () => {
  const engine = world.engine(echo);
  engine.push.run(
    'sms',
    provider(() => ({ result: 'retry', reason: 'slow down', afterMs: 7_000 })),
  );
  await text(engine, ONE, 'hello');
  await eventually(async () => (await states())[0] === 'pending' && (await rows())[0]?.attempts === 1);
  expect((await rows())[0]?.next_at).toBe(world.clock.now() + 7_000);
});

test('a dead message is shown on the desk and the next one goes on', async () => {
  const engine = world.engine(echo);
  const sms = provider((message) =>
    message.logged.activity.text === 'echo bad' ? { result: 'dead', reason: '21211' } : accepted(message),
  );
  engine.push.run('sms', sms);
  await text(engine, ONE, 'bad');
  await text(engine, ONE, 'good');
  await eventually(async () => (await states()).join() === 'dead,accepted');
  expect(await deskLines()).toMatchObject([{ status: 'dead', reason: '21211' }]);
});

test('whoever opts out after the reply was queued gets nothing', async () => {
  const engine = world.engine(echo);
  const { conversationId: id } = await text(engine, ONE, 'hello');
  await eventually(async () => (await states())[0] === 'pending');
  const stop = { channel: 'sms', conversation: { id }, messageId: 'stop', activity: { type: 'event' } };
  await engine.inlet.accept({ ...stop, optedOut: true });
  const sms = provider();
  engine.push.run('sms', sms);
  await eventually(async () => (await states())[0] === 'dead');
  expect(sms.sent).toEqual([]);
  expect((await rows())[0]?.error).toBe('opted out');
});

describe('receipts', () => {
  test('may come before the provider has answered, and are not taken back by its answer', async () => {
    const engine = world.engine(echo);
    const hold = gate();
    const sms = provider(async (message) => {
      await hold.opened;
      return accepted(message);
    });
    engine.push.run('sms', sms);
    await text(engine, ONE, 'hello');
    await eventually(() => sms.sent.length === 1);
    const id = (await rows())[0]?.id ?? '';
    expect(await engine.push.receipt(id, { state: 'delivered', providerId: `P-${id}` })).toBe(true);
    hold.open();
    await engine.drain(1_000);
    expect(await rows()).toMatchObject([{ status: 'delivered', provider_id: `P-${id}` }]);
    expect(await engine.push.isKnown('sms', `P-${id}`)).toBe(true);
    expect(await engine.push.isKnown('sms', 'P-other')).toBe(false);
  });

  test('never go backwards', async () => {
    const engine = world.engine(echo);
    engine.push.run('sms', provider());
    await text(engine, ONE, 'hello');
    await eventually(async () => (await states())[0] === 'accepted');
    const id = (await rows())[0]?.id ?? '';
    const receive = (state: 'accepted' | 'delivered' | 'failed', providerId = `P-${id}`) =>
      engine.push.receipt(id, { state, providerId, reason: '30003' });
    await receive('failed', 'of another message');
    expect(await states()).toEqual(['accepted']);
    await receive('delivered');
    await receive('accepted');
    await receive('failed');
    expect(await states()).toEqual(['delivered']);
  });

  test('a failure is final and shown on the desk', async () => {
    const engine = world.engine(echo);
    engine.push.run('sms', provider());
    await text(engine, ONE, 'hello');
    await eventually(async () => (await states())[0] === 'accepted');
    const id = (await rows())[0]?.id ?? '';
    await engine.push.receipt(id, { state: 'failed', providerId: `P-${id}`, reason: '30005' });
    expect(await rows()).toMatchObject([{ status: 'dead', error: '30005' }]);
    expect(await deskLines()).toMatchObject([{ status: 'dead', reason: '30005' }]);
  });

  test('for a message nobody knows are refused', async () => {
    const engine = world.engine(echo);
    expect(await engine.push.receipt('nothing', { state: 'delivered', providerId: 'P' })).toBe(false);
  });
});

describe('a message found half sent', () => {
  /** A worker that dies after the provider has the message and before that is recorded. */
  async function halfSent() {
    const engine = world.engine(echo, {
      failpoint: (name) => {
        if (name === 'provider-recorded') throw new Error('killed');
      },
    });
    const sms = provider();
    engine.push.run('sms', sms);
    await text(engine, ONE, 'hello');
    await eventually(() => sms.sent.length === 1);
    await engine.drain(1_000);
    expect(await states()).toEqual(['sending']);
    return (await rows())[0]?.id ?? '';
  }

  test('waits for its receipt, is then looked up and never sent again', async () => {
    const id = await halfSent();
    const engine = world.engine(echo);
    const sms = provider();
    engine.push.run('sms', sms);
    await text(engine, TWO, 'meanwhile');
    await eventually(async () => (await states(TWO))[0] === 'accepted');
    expect(sms.lookedUp).toEqual([]);
    world.clock.advance(60_001);
    await eventually(async () => (await states())[0] === 'maybe');
    expect(sms.lookedUp).toEqual([id]);
    expect(sms.sent).toEqual([`${TWO}: echo meanwhile`]);
    expect(await deskLines()).toMatchObject([{ status: 'maybe', reason: 'not found' }]);
  });

  test('is left alone while this process is still sending it', async () => {
    const engine = world.engine(echo);
    const hold = gate();
    const sms = provider(async (message) => {
      if (message.address === ONE) await hold.opened;
      return accepted(message);
    });
    engine.push.run('sms', sms);
    await text(engine, ONE, 'hello');
    await eventually(() => sms.sent.length === 1);
    world.clock.advance(60_001);
    await text(engine, TWO, 'meanwhile');
    await eventually(async () => (await states(TWO))[0] === 'accepted');
    expect(sms.lookedUp).toEqual([]);
    hold.open();
    await eventually(async () => (await states())[0] === 'accepted');
  });

  test('is settled by its receipt without a look-up', async () => {
    const id = await halfSent();
    const engine = world.engine(echo);
    const sms = provider();
    engine.push.run('sms', sms);
    await engine.push.receipt(id, { state: 'accepted', providerId: 'P' });
    world.clock.advance(60_001);
    await text(engine, ONE, 'next');
    await eventually(async () => (await states()).join() === 'accepted,accepted');
    expect(sms.lookedUp).toEqual([]);
  });

  test('is sent when the look-up says that it was not', async () => {
    await halfSent();
    const engine = world.engine(echo, { limits: { stuckAfterMs: 1_000 } });
    const sms = {
      ...provider(),
      lookUp: async (): Promise<Delivery> => ({ result: 'retry', reason: 'never arrived', afterMs: 0 }),
    };
    engine.push.run('sms', sms);
    world.clock.advance(1_001);
    await eventually(async () => (await states())[0] === 'accepted');
    expect(sms.sent).toEqual([`${ONE}: echo hello`]);
  });

  test('is "maybe" when the look-up fails', async () => {
    await halfSent();
    const engine = world.engine(echo);
    engine.push.run('sms', { ...provider(), lookUp: () => Promise.reject(new Error('away')) });
    world.clock.advance(60_001);
    await eventually(async () => (await states())[0] === 'maybe');
    expect((await rows())[0]?.error).toBe('look-up failed');
  });
});

test('a delivery that throws is treated as half sent, not as unsent', async () => {
  const engine = world.engine(echo);
  const sms = provider(() => Promise.reject(new Error('socket hang up')));
  engine.push.run('sms', sms);
  await text(engine, ONE, 'hello');
  await eventually(() => sms.sent.length === 1);
  world.clock.advance(60_001);
  await eventually(async () => (await states())[0] === 'maybe');
  expect(sms.sent).toHaveLength(1);
});

test('two workers never send the same message', async () => {
  const engines = [world.engine(echo), world.engine(echo)];
  const workers = engines.map((engine) => {
    const sms = provider();
    engine.push.run('sms', sms);
    return sms;
  });
  const [engine] = engines;
  if (!engine) throw new Error('no engine');
  const words = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(words.map((word) => text(engine, `+44770090000${word}`, word)));
  await eventually(() => workers.flatMap((sms) => sms.sent).length >= words.length);
  await Promise.all(engines.map((each) => each.drain(1_000)));
  expect(workers.flatMap((sms) => sms.sent)).toHaveLength(words.length);
});

test('a delivery that cannot be recorded is looked up again after a pause, not at once', async () => {
  const away = new Error('disk full');
  const { store, bus } = world;
  let writes = 0;
  let broken = false;
  const failing = {
    ...store,
    write: (async (work: Parameters<typeof store.write>[0]) => {
      if (!broken) return store.write(work);
      writes += 1;
      await new Promise(setImmediate);
      throw away;
    }) as typeof store.write,
  };
  const engine = world.engine(echo, { store: failing, bus, limits: { sweepMs: 50, stuckAfterMs: 0 } });
  const sms = provider(async (message) => {
    broken = true;
    world.clock.advance(10);
    return accepted(message);
  });
  engine.push.run('sms', sms);
  await text(engine, ONE, 'hello');
  await eventually(() => writes > 1);
  const before = writes;
  for (let round = 0; round < 1_000; round += 1) await new Promise(setImmediate);
  expect(writes - before).toBeLessThan(50);
});
