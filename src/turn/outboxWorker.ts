import { fromJsonObject } from '../storage/json';
import type { OutboxRow } from '../storage/store';
import { toLogged } from './activity';
import { afterAttempt, afterReceipt, applyChange, type Change, type Receipt } from './delivery';
import type { Delivery, DeliveryHandlers, OutboundMessage, OutboundTask, PushQueue } from './index';
import type { EngineContext } from './options';
import { describeError } from './wakeUps';

/** Messages on their way at once; each is of another conversation. */
const MOST_IN_FLIGHT = 20;

type Unsendable = Extract<Delivery, { readonly result: 'dead' }>;

/** What a worker sends: read from a row, or the reason why there is nothing to send. */
type Read<M> = (engine: EngineContext, row: OutboxRow) => Promise<M | Unsendable>;

const isUnsendable = (read: object): read is Unsendable => 'result' in read;

/** Sends the rows of one kind, in order per order key, until each is delivered or declared dead. */
class OutboxWorker<M extends object> {
  readonly #engine: EngineContext;
  readonly #kind: string;
  readonly #read: Read<M>;
  readonly #handlers: DeliveryHandlers<M>;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #stopped = false;

  constructor(engine: EngineContext, kind: string, read: Read<M>, handlers: DeliveryHandlers<M>) {
    this.#engine = engine;
    this.#kind = kind;
    this.#read = read;
    this.#handlers = handlers;
    this.#unsubscribe = engine.bus.subscribe('outbox', (hint) => {
      if (hint === '' || hint === kind) this.#wake();
    });
    this.#wake();
  }

  /** Takes nothing new; resolves when what is on its way is recorded. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#inFlight.values());
  }

  #wake(): void {
    if (this.#stopped) return;
    this.#lookAgain = true;
    this.#looking ??= this.#lookWhileWoken();
  }

  async #lookWhileWoken(): Promise<void> {
    const { limits, logger } = this.#engine;
    let pause = limits.sweepMs;
    while (this.#lookAgain && !this.#stopped) {
      this.#lookAgain = false;
      pause = await this.#look().catch((error: unknown) => {
        logger.error({ kind: this.#kind, ...describeError(error) }, 'outbox could not be read');
        return limits.sweepMs;
      });
    }
    this.#looking = undefined;
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.#wake(), pause);
  }

  /** Sends what may go now; answers when to look next, in milliseconds. */
  async #look(): Promise<number> {
    const { store, clock, limits } = this.#engine;
    for (const row of await store.outbox.stuck(store.db, this.#kind, clock.now() - limits.stuckAfterMs)) {
      this.#begin(row, () => this.#lookUp(row));
    }
    const next = await store.outbox.nextAt(store.db, this.#kind);
    if (next === undefined) return limits.sweepMs;
    if (next > clock.now()) return Math.min(next - clock.now(), limits.sweepMs);
    // When there is no room, the end of a delivery wakes the worker.
    const room = MOST_IN_FLIGHT - this.#inFlight.size;
    const rows = room > 0 ? await store.write((tx) => store.outbox.take(tx, this.#kind, clock.now(), room)) : [];
    for (const row of rows) this.#begin(row, () => this.#deliver(row));
    return limits.sweepMs;
  }

  #begin(row: OutboxRow, work: () => Promise<void>): void {
    if (this.#inFlight.has(row.id)) return;
    const done = work().then(
      () => {
        this.#inFlight.delete(row.id);
        this.#wake();
      },
      (error: unknown) => {
        // The row stays `sending`: perhaps it was sent, so it is looked up and not sent again. At the next look, not now:
        // where nothing can be written, that would be without end.
        this.#inFlight.delete(row.id);
        this.#engine.logger.error({ outboxId: row.id, ...describeError(error) }, 'delivery ended without a result');
      },
    );
    this.#inFlight.set(row.id, done);
  }

  async #deliver(row: OutboxRow): Promise<void> {
    const message = await this.#read(this.#engine, row);
    const delivery = isUnsendable(message) ? message : await this.#handlers.deliver(message);
    if (delivery.result === 'accepted') this.#engine.failpoint('provider-recorded');
    await this.#record(row, delivery);
  }

  async #lookUp(row: OutboxRow): Promise<void> {
    const { store, clock, limits } = this.#engine;
    const mine = await store.write(async (tx) => {
      const now = await store.outbox.get(tx, row.id);
      if (now?.status !== 'sending' || now.updated_at >= clock.now() - limits.stuckAfterMs) return false;
      await store.outbox.update(tx, row.id, {}, clock.now());
      return true;
    });
    if (!mine) return;
    const message = await this.#read(this.#engine, row);
    const found = isUnsendable(message) ? maybe(message) : await this.#handlers.lookUp(message).catch(lookUpFailed);
    await this.#record(row, found);
  }

  async #record(row: OutboxRow, delivery: Delivery): Promise<void> {
    const { limits, clock, random } = this.#engine;
    await changeRow(this.#engine, row.id, (now) => afterAttempt(now, delivery, clock.now(), limits, random()));
  }
}

/** The message of a row, for a channel. */
const messageOf: Read<OutboundMessage> = async ({ store }, row) => {
  const conversation = row.conversation_id && (await store.conversations.get(store.db, row.conversation_id));
  if (!conversation || row.seq === null) return { result: 'dead', reason: 'no conversation' };
  if (conversation.opted_out === 1) return { result: 'dead', reason: 'opted out' };
  if (conversation.address === null) return { result: 'dead', reason: 'no address' };
  const logged = await store.log.one(store.db, conversation.id, row.seq);
  if (!logged || logged.erased_at !== null) return { result: 'dead', reason: 'erased' };
  const { id: conversationId, address } = conversation;
  return { outboxId: row.id, conversationId, address, attempt: row.attempts, logged: toLogged(logged) };
};

/** A row that brings its own content. */
const taskOf: Read<OutboundTask> = async (_engine, row) =>
  row.body === null
    ? { result: 'dead', reason: 'nothing to send' }
    : { outboxId: row.id, attempt: row.attempts, body: fromJsonObject(row.body) };

const lookUpFailed = (): Delivery => ({ result: 'maybe', reason: 'look-up failed' });

/** A half-sent row that could not be sent today was perhaps sent all the same. */
const maybe = ({ reason }: { readonly reason: string }): Delivery => ({ result: 'maybe', reason });

/** Reads a row, decides, writes: in one transaction. Answers false where there is no such row. */
async function changeRow(
  engine: EngineContext,
  id: string,
  decide: (row: OutboxRow) => Change | undefined,
): Promise<boolean> {
  const { store, clock, bus } = engine;
  const changed = await store.write(async (tx) => {
    // Touching the row first makes a receipt and a result that come at once wait for each other (PostgreSQL).
    await store.outbox.update(tx, id, {}, clock.now());
    const row = await store.outbox.get(tx, id);
    const change = row && decide(row);
    if (row && change) await applyChange(engine, tx, row, change, clock.now());
    return row && { row, changed: change !== undefined };
  });
  if (!changed) return false;
  const { row } = changed;
  if (changed.changed && row.conversation_id !== null) {
    bus.publish(`conversation:${row.conversation_id}`);
    bus.publish('desk', row.conversation_id);
  }
  if (changed.changed) bus.publish('outbox', row.kind);
  return true;
}

export interface DrainablePushQueue extends PushQueue {
  /** Stops all workers; false when something was still on its way after `ms`. */
  drain(ms: number): Promise<boolean>;
}

export function createPushQueue(engine: EngineContext): DrainablePushQueue {
  const workers = new Set<{ stop(): Promise<void> }>();
  function start<M extends object>(kind: string, read: Read<M>, handlers: DeliveryHandlers<M>) {
    const worker = new OutboxWorker(engine, kind, read, handlers);
    workers.add(worker);
    return { stop: () => worker.stop().finally(() => workers.delete(worker)) };
  }
  return {
    run: (kind, handlers) => start(kind, messageOf, handlers),
    runTasks: (kind, handlers) => start(kind, taskOf, handlers),
    async isKnown(kind, providerId) {
      return (await engine.store.outbox.byProviderId(engine.store.db, kind, providerId)) !== undefined;
    },
    receipt: (outboxId: string, receipt: Receipt) => changeRow(engine, outboxId, (row) => afterReceipt(row, receipt)),
    async drain(ms) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), ms);
      });
      const stopped = Promise.all([...workers].map((worker) => worker.stop())).then(() => true);
      return Promise.race([stopped, late]).finally(() => clearTimeout(timer));
    },
  };
}
