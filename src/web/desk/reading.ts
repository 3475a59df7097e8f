import type { ConversationView, QueueView } from '../../handoff/api';
import type { Api } from './api';
import { type Cell, newsOf } from './state';
import { merge } from './thread';

/** Brings the page's state up to date with the server's. `live`: the page asked by itself. */
export interface Reading {
  queue(live?: boolean): Promise<void>;
  thread(live?: boolean): Promise<void>;
  /** One page further back. */
  earlier(): Promise<void>;
  /** What is on the screen of a page that is looked at counts as seen. */
  look(): void;
}

const PAGE = 200;

export function conversationPath(id: string, rest = ''): string {
  return `/conversations/${encodeURIComponent(id)}${rest}`;
}

export function createReading(api: Api, cell: Cell): Reading {
  const take = (answer: ConversationView): void => {
    const { thread, pending } = cell.get();
    const merged = merge(thread, answer);
    const ids = new Set(merged.entries.map((entry) => entry.id));
    const spoke = answer.entries.some((entry) => entry.role === 'resident');
    cell.set({
      thread: merged,
      pending: pending.filter((one) => one.id === null || !ids.has(one.id)),
      ...(spoke ? { typing: false } : {}),
    });
    look();
  };
  const look = (): void => {
    const { thread, seen } = cell.get();
    if (thread === null || document.visibilityState !== 'visible') return;
    if ((seen[thread.id] ?? -1) < thread.lastSeq) cell.set({ seen: { ...seen, [thread.id]: thread.lastSeq } });
  };
  const readThread = async (live = false): Promise<void> => {
    const { openId, thread } = cell.get();
    if (openId === null) return;
    const after = thread?.id === openId ? `?after=${thread.lastSeq}` : '';
    const answer = await api.get<ConversationView>(conversationPath(openId, after), { live });
    if (cell.get().openId !== openId) return;
    take(answer);
    if (answer.more) await readThread(live);
  };
  let asked = 0;
  let shown = 0;
  return {
    look,
    thread: readThread,
    async queue(live = false) {
      asked += 1;
      const mine = asked;
      const queue = await api.get<QueueView>('/queue', { live });
      // An answer that was overtaken by a later one is older than what is on the screen.
      if (mine < shown) return;
      shown = mine;
      const news = newsOf(cell.get(), queue);
      cell.set({ queue, offset: queue.now - Date.now(), ...(news === '' ? {} : { news }) });
    },
    async earlier() {
      const { thread } = cell.get();
      const first = thread?.entries[0]?.seq;
      if (thread === null || first === undefined) return;
      take(await api.get(conversationPath(thread.id, `?after=${Math.max(0, first - 1 - PAGE)}`)));
    },
  };
}
