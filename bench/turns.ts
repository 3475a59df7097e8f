import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Activity, ConversationState, MemoryStorage, TestAdapter, type TurnContext } from 'botbuilder';
import { systemClock } from '../src/clock';
import { randomId } from '../src/randomId';
import { createBus } from '../src/storage/bus/index';
import { createStore } from '../src/storage/index';
import { createLocks } from '../src/storage/locks/index';
import { createTurnEngine } from '../src/turn/engine';

/**
 * `npm run -s bench`: turns per second and latency of the turn engine (durable: SQLite, `synchronous=FULL`) and of the bare framework
 * (nothing is kept: memory storage), with the same small bot, in one run. One JSON object on standard output.
 */
const TURNS = 4000;
const CONVERSATIONS = 50;
const silent = { info() {}, warn() {}, error: console.error };

/** A bot with one piece of state a conversation, as every real bot has. */
async function counting(context: TurnContext, state: ConversationState): Promise<void> {
  const count = state.createProperty<number>('count');
  const next = ((await count.get(context, 0)) ?? 0) + 1;
  await count.set(context, next);
  if (context.activity.type === 'message') await context.sendActivity(`${next}: ${context.activity.text}`);
  await state.saveChanges(context);
}

interface Figures {
  readonly turnsPerSecond: number;
  readonly p50ms: number;
  readonly p99ms: number;
}

/** Runs `TURNS` turns, one at a time in each conversation, all conversations at once. */
async function measure(turn: (conversation: number, n: number) => Promise<void>): Promise<Figures> {
  const took: number[] = [];
  const started = performance.now();
  const lane = async (conversation: number): Promise<void> => {
    for (let n = 0; n < TURNS / CONVERSATIONS; n += 1) {
      const at = performance.now();
      await turn(conversation, n);
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: CONVERSATIONS }, (_, index) => lane(index)));
  const seconds = (performance.now() - started) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => Number((took[Math.floor(took.length * share)] ?? 0).toFixed(2));
  return { turnsPerSecond: Math.round(TURNS / seconds), p50ms: at(0.5), p99ms: at(0.99) };
}

async function ours(): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wandle-bench-'));
  const store = await createStore({ dataDir, randomId });
  const [bus, locks] = [createBus(), createLocks()];
  const engine = createTurnEngine({
    store,
    bus,
    locks,
    randomId,
    clock: systemClock(),
    random: Math.random,
    newReference: (letters) => letters,
    apology: () => ({ type: 'message', text: 'sorry' }),
    failpoint: () => {},
    logger: silent,
    bot: (storage) => ({ run: (context) => counting(context, new ConversationState(storage)) }),
  });
  engine.start();
  for (let index = 0; index < CONVERSATIONS; index += 1)
    await engine.inlet.open({ id: `c${index}`, channel: 'bench', resident: 'r' });
  const seen = new Map<string, number>();
  const figures = await measure(async (conversation, n) => {
    const id = `c${conversation}`;
    const answered = new Promise<void>((resolve) => {
      const end = engine.log.watch(id, () => {
        void engine.log.read(id, { after: seen.get(id) ?? 0, limit: 10 }).then((rows) => {
          const reply = rows.find((row) => row.role === 'bot');
          if (!reply) return;
          seen.set(id, reply.seq);
          end();
          resolve();
        });
      });
    });
    const activity = { type: 'message', text: `hello ${n}` };
    await engine.inlet.accept({ channel: 'bench', conversation: { id }, messageId: `${id}-${n}`, activity });
    await answered;
  });
  await engine.drain(5000);
  for (const part of [bus, locks, store]) await part.close();
  rmSync(dataDir, { recursive: true });
  return figures;
}

async function bare(): Promise<Figures> {
  const state = new ConversationState(new MemoryStorage());
  const adapter = new TestAdapter(async (context) => counting(context, state));
  return measure(async (conversation, n) => {
    const activity: Partial<Activity> = {
      type: 'message',
      text: `hello ${n}`,
      conversation: { id: `c${conversation}`, name: '', isGroup: false, conversationType: '' },
    };
    await adapter.receiveActivity(activity);
  });
}

async function main(): Promise<void> {
  await bare();
  const [wandle, framework] = [await ours(), await bare()];
  const ratio = Number((wandle.turnsPerSecond / framework.turnsPerSecond).toFixed(2));
  process.stdout.write(`${JSON.stringify({ turns: TURNS, conversations: CONVERSATIONS, wandle, framework, ratio })}\n`);
}

void main();
