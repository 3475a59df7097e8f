import fc from 'fast-check';
import type { TurnEngine } from '../../../src/turn/engine';
import { describeWith } from '../../services';
import { createWorld, lostLocks, openWeb, type ScriptedBot, say, settled, type World } from './harness';

/** Opens a case and counts, so that a turn that was run twice, or half, shows. */
const bot: ScriptedBot = async ({ text, say, effect, count, facts }) => {
  const reference = facts.newReference('MB');
  effect({ kind: 'open-case', reference, service: 'missed-bin', dedupeKey: text, answers: {}, facts: {} });
  await say(`${await count()}: ${text}`);
};

const arbitraryRun = fc.record({
  messages: fc.array(
    fc.record({
      conversation: fc.constantFrom('a', 'b', 'c'),
      engine: fc.nat({ max: 1 }),
      repeated: fc.boolean(),
      /** The next message is sent when this one is stored, not at once. */
      awaited: fc.boolean(),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  /** Which of the failpoints passed, in order, end the turn there. */
  deaths: fc.array(fc.boolean(), { maxLength: 40 }),
  locksLost: fc.boolean(),
});
type Run = typeof arbitraryRun extends fc.Arbitrary<infer T> ? T : never;

async function play(world: World, run: Run): Promise<readonly string[]> {
  const deaths = [...run.deaths];
  const failpoint = () => {
    if (deaths.shift()) throw new Error('killed');
  };
  const options = { failpoint, limits: { attempts: 1_000 }, ...(run.locksLost ? { locks: lostLocks } : {}) };
  const engines = [world.engine(bot, options), world.engine(bot, options)];
  for (const id of ['a', 'b', 'c']) await openWeb(engines[0] as TurnEngine, id);
  const sent: string[] = [];
  const sending: Promise<unknown>[] = [];
  for (const [index, message] of run.messages.entries()) {
    const engine = engines[message.engine] as TurnEngine;
    const send = () => say(engine, message.conversation, `m${index}`, `id-${index}`).catch(() => undefined);
    const done = message.repeated ? Promise.all([send(), send()]) : send();
    sending.push(done);
    if (message.awaited) await done;
    sent.push(`${message.conversation}: m${index}`);
  }
  await Promise.all(sending);
  await Promise.all(engines.map((engine) => engine.drain(1_000)));
  return sent;
}

async function check(world: World, run: Run): Promise<void> {
  const sent = await play(world, run);
  world.engine(bot, { limits: { attempts: 1_000 } }).start();
  for (const id of ['a', 'b', 'c']) {
    const said = await settled(world, id, 'desk');
    const heard = said.filter((line) => line.startsWith('resident: ')).map((line) => line.slice(10));
    const answers = said.filter((line) => line.startsWith('bot: ')).map((line) => line.slice(5));
    expect(answers).toEqual(heard.map((text, index) => `${index}: ${text}`));
    const accepted = sent.filter((line) => line.startsWith(id)).map((line) => line.slice(3));
    expect(heard.toSorted()).toEqual(accepted.toSorted());
    const log = await world.store.log.read(world.store.db, id, 'desk');
    expect(log.map((row) => row.seq)).toEqual(log.map((_, index) => index + 1));
  }
  expect(await world.store.cases.list(world.store.db, { limit: 99 })).toHaveLength(sent.length);
}

/** Whatever dies when: each message is answered once, in order, with one case and one step of state. */
function holds(open: () => Promise<World>, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(arbitraryRun, async (run) => {
    const world = await open();
    try {
      await check(world, run);
    } finally {
      await world.close();
    }
  });
  return fc.assert(property, { numRuns });
}

test('no turn is lost, doubled or half done on the embedded database', () => holds(() => createWorld(), 25), 60_000);

describeWith('postgres', (server) => {
  test('no turn is lost, doubled or half done', () => holds(() => createWorld(server.url), 15), 60_000);
});
