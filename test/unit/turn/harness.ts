import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConversationState, type Storage, type TurnContext } from 'botbuilder';
import type { Effect } from '../../../src/conversation/ports';
import { EFFECTS, TURN, type TurnFacts } from '../../../src/conversation/turn';
import { createBus } from '../../../src/storage/bus/index';
import { createStore } from '../../../src/storage/index';
import { createLocks } from '../../../src/storage/locks/index';
import type { Bus, Locks, Store } from '../../../src/storage/store';
import { createTurnEngine, type TurnEngine } from '../../../src/turn/engine';
import type { Limits, TurnEngineOptions } from '../../../src/turn/options';
import { newFolder } from '../../folder';

// The machine may be busy with other suites; no test waits longer than it must.
jest.setTimeout(30_000);

/** What a scripted bot may do in a turn. */
interface Script {
  readonly context: TurnContext;
  readonly facts: TurnFacts;
  readonly text: string;
  say(text: string): Promise<void>;
  effect(effect: Effect): void;
  /** How many turns this conversation has had before, kept in BotState. */
  count(): Promise<number>;
}
export type ScriptedBot = (turn: Script) => Promise<void>;

export interface World {
  readonly store: Store;
  readonly bus: Bus & { readonly published: string[] };
  readonly clock: { now(): number; advance(ms: number): void };
  readonly outcomes: string[];
  readonly logged: object[];
  /** A new engine on the same store: another process, or the same after a restart. */
  engine(bot: ScriptedBot, options?: EngineChanges): TurnEngine;
  /** A folder of this name that goes when the world does. */
  folder(name: string): string;
  close(): Promise<void>;
}
type EngineChanges = Partial<Omit<TurnEngineOptions, 'limits'>> & { readonly limits?: Partial<Limits> };

/** @param databaseUrl a throw-away PostgreSQL, emptied first; else a new embedded database */
export async function createWorld(databaseUrl?: string): Promise<World> {
  const dataDir = newFolder('turn');
  let ids = 0;
  const randomId = () => `id-${++ids}`;
  const store = await createStore({ dataDir, databaseUrl, randomId });
  if (databaseUrl) await empty(store);
  const bus = recordingBus();
  const locks = createLocks();
  let shift = 0;
  const advance = (ms: number) => {
    shift += ms;
  };
  const clock = { now: () => 1_700_000_000_000 + shift, advance };
  const engines: TurnEngine[] = [];
  const outcomes: string[] = [];
  const logged: object[] = [];
  const note = (fields: object) => void logged.push(fields);
  const defaults = {
    store,
    bus,
    locks,
    clock,
    randomId,
    random: () => 0.5,
    newReference: (letters: string) => `${letters}-${++ids}`,
    apology: (language: string | undefined) => ({ type: 'message', text: `Sorry (${language ?? 'none'})` }),
    failpoint: () => {},
    logger: { info: note, warn: note, error: note },
    observe: (outcome: string) => void outcomes.push(outcome),
  };
  return {
    store,
    bus,
    clock,
    outcomes,
    logged,
    engine(bot, { limits, ...changes } = {}) {
      const quick = { retryMs: 1, busyMs: 2, sweepMs: 10, ...limits };
      const engine = createTurnEngine({
        ...defaults,
        bot: (storage) => scripted(bot, storage),
        ...changes,
        limits: quick,
      });
      engines.push(engine);
      return engine;
    },
    folder: (name) => join(dataDir, name),
    async close() {
      await Promise.all(engines.map((engine) => engine.drain(1_000)));
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function empty({ db }: Store): Promise<void> {
  const tables = ['activities', 'inbox', 'outbox', 'states', 'case_followers', 'cases', 'handoffs', 'audit'] as const;
  for (const table of tables) await db.deleteFrom(table).execute();
  await db.deleteFrom('conversations').execute();
}

function scripted(bot: ScriptedBot, storage: Storage) {
  const state = new ConversationState(storage);
  const turns = state.createProperty<number>('turns');
  return {
    async run(context: TurnContext) {
      const before = await turns.get(context, 0);
      await bot({
        context,
        facts: context.turnState.get<TurnFacts>(TURN),
        text: context.activity.text ?? '',
        say: async (text) => void (await context.sendActivity(text)),
        effect: (effect) => void context.turnState.get<Effect[]>(EFFECTS).push(effect),
        count: async () => before,
      });
      await turns.set(context, before + 1);
      await state.saveChanges(context);
    },
  };
}

export const echo: ScriptedBot = ({ context, text, say }) =>
  context.activity.type === 'message' ? say(`echo ${text}`) : Promise.resolve();

/** The bus of one process, with what was published written down. */
function recordingBus(): World['bus'] {
  const bus = createBus();
  const published: string[] = [];
  return {
    ...bus,
    published,
    publish(topic, hint) {
      published.push(hint ? `${topic} ${hint}` : topic);
      bus.publish(topic, hint);
    },
  };
}

/** Locks that let everybody in: as when Redis has lost them. */
export const lostLocks: Locks = {
  tryWith: async (_name, _leaseMs, work) => ({ value: await work() }),
  close: async () => {},
};

/** Waits for a condition, not for a time. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition never came true');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A promise to be kept by the test. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

export const WEB = 'directline';

export async function openWeb(engine: TurnEngine, id: string): Promise<void> {
  await engine.inlet.open({ id, channel: WEB, resident: `dl_${id}` });
}

let messages = 0;
export function say(engine: TurnEngine, conversationId: string, text: string, messageId = `m-${++messages}`) {
  const activity = { type: 'message', text };
  return engine.inlet.accept({ channel: WEB, conversation: { id: conversationId }, messageId, activity });
}

export function text(engine: TurnEngine, address: string, words: string) {
  const conversation = { address, resident: address, push: true };
  const activity = { type: 'message', text: words };
  return engine.inlet.accept({ channel: 'sms', conversation, messageId: `m-${++messages}`, activity });
}

/** `resident: hello`, `bot: echo hello`, and for the desk `system: <event name>`, in order. */
export async function transcript({ store }: World, conversationId: string, reader: 'resident' | 'desk' = 'resident') {
  const rows = await store.log.read(store.db, conversationId, reader);
  return rows.map((row) => `${row.role}: ${row.body.text ?? row.body.name}`);
}

/** Waits until nothing pending is due in a conversation, and answers its transcript. */
export async function settled(world: World, conversationId: string, reader: 'resident' | 'desk' = 'resident') {
  const { store, clock } = world;
  await eventually(async () => (await store.inbox.nextDue(store.db, conversationId, clock.now())) === undefined);
  return transcript(world, conversationId, reader);
}
