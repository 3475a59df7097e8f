import type { Me, Push } from '../../handoff/api';
import { type Api, Refusal } from './api';
import { forgetDrafts } from './drafts';
import { createHandling, type Handling } from './handling';
import { connect, type Live } from './live';
import { createReading, type Reading } from './reading';
import { type Cell, createCell, type State, type Tab } from './state';
import { createWriting, type Guard, type Writing } from './writing';

/** Everything the page does, without its looks. */
export interface Controller extends Writing, Handling {
  readonly state: () => State;
  subscribe(listener: () => void): () => void;
  show(tab: Tab): void;
  /** Null: back to the lists. */
  open(id: string | null): void;
  earlier(): Promise<void>;
  available(available: boolean): Promise<void>;
  signOut(requeue: boolean): Promise<void>;
  dismiss(): void;
  stop(): void;
}

/** Without a socket the page looks for itself this often. */
const LOOK_EVERY_MS = 15_000;

export function createController(api: Api, me: Me, onSignedOut: () => void): Controller {
  const cell = createCell(me);
  const reading = createReading(api, cell);
  const guard = guardOf(cell, reading, onSignedOut);
  const live = connect({
    onPush: listenerOf(cell, reading, guard),
    onState: (connected) => cell.set({ connected, ...(connected ? { problem: '' } : {}) }),
    onSignedOut,
  });
  const turnTo = turner(cell, live);
  const stop = lookAround(cell, reading, guard);
  void guard(() => reading.queue());
  return {
    ...createWriting(api, cell, reading, guard),
    ...createHandling(api, cell, reading, guard, turnTo),
    ...account(api, cell, reading, guard, onSignedOut),
    state: cell.get,
    subscribe: cell.subscribe,
    show: (tab) => cell.set({ tab, problem: '' }),
    dismiss: () => cell.set({ problem: '' }),
    open(id) {
      turnTo(id);
      cell.set({ problem: '' });
      void guard(() => reading.thread());
    },
    earlier: () => guard(reading.earlier),
    stop() {
      stop();
      live.close();
    },
  };
}

/** Shows what went wrong. A session that is over leads to the sign-in; a refused change means that the page is behind. */
function guardOf(cell: Cell, reading: Reading, onSignedOut: () => void): Guard {
  return async (work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) return cell.set({ problem: 'The server cannot be reached. Trying again …' });
      if (error.status === 401) return onSignedOut();
      cell.set({ problem: error.message });
      if (error.status === 409) await Promise.allSettled([reading.queue(), reading.thread()]);
    }
  };
}

const TYPING_LASTS_MS = 5000;

function listenerOf(cell: Cell, reading: Reading, guard: Guard): (push: Push) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let behind = false;
  const typing = (): void => {
    cell.set({ typing: true });
    clearTimeout(timer);
    timer = setTimeout(() => cell.set({ typing: false }), TYPING_LASTS_MS);
  };
  const catchUp = oneAtATime(async () => {
    await guard(async () => {
      if (behind) {
        behind = false;
        await reading.thread(true);
      }
      await reading.queue(true);
    });
  });
  return (push) => {
    const { openId } = cell.get();
    if (push.type === 'typing') {
      if (push.id === openId) typing();
      return;
    }
    if (push.type === 'hello' || (push.type === 'conversation' && push.id === openId)) behind = true;
    catchUp();
  };
}

/** However often it is asked for while it runs, it runs once more. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}

function turner(cell: Cell, live: Live): (id: string | null) => void {
  return (id) => {
    if (id === cell.get().openId) return;
    live.watch(id);
    cell.set({ openId: id, thread: null, typing: false });
  };
}

/** Looks by itself while the socket is away, and notes when the page is looked at again. */
function lookAround(cell: Cell, reading: Reading, guard: Guard): () => void {
  const timer = setInterval(() => {
    if (cell.get().connected) return;
    void guard(async () => {
      await reading.queue(true);
      await reading.thread(true);
    });
  }, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', reading.look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', reading.look);
  };
}

type Account = Pick<Controller, 'available' | 'signOut'>;

function account(api: Api, cell: Cell, reading: Reading, guard: Guard, onSignedOut: () => void): Account {
  return {
    available: (available) =>
      guard(async () => {
        await api.post('/me/available', { available });
        cell.set({ me: { ...cell.get().me, available } });
        await reading.queue();
      }),
    signOut: (requeue) =>
      guard(async () => {
        await api.delete('/session', { requeue });
        forgetDrafts();
        onSignedOut();
      }),
  };
}
