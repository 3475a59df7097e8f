import type { Me, QueueView } from '../../handoff/api';
import type { Pending, Thread } from './thread';

export type Tab = 'chats' | 'messages' | 'trouble' | 'history' | 'accounts';

export interface State {
  readonly me: Me;
  readonly tab: Tab;
  readonly queue: QueueView | null;
  /** Server's clock minus this one's, in ms: waiting times are the server's. */
  readonly offset: number;
  readonly openId: string | null;
  readonly thread: Thread | null;
  readonly pending: readonly Pending[];
  readonly typing: boolean;
  readonly connected: boolean;
  readonly problem: string;
  /** For the polite live region. */
  readonly news: string;
  /** The last sequence number looked at, by conversation. */
  readonly seen: { readonly [conversationId: string]: number };
}

/** The page's state, and who is told of its changes. */
export interface Cell {
  get(): State;
  set(patch: Partial<State>): void;
  subscribe(listener: () => void): () => void;
}

export function createCell(me: Me): Cell {
  const listeners = new Set<() => void>();
  let state: State = {
    me,
    tab: 'chats',
    queue: null,
    offset: 0,
    openId: null,
    thread: null,
    pending: [],
    typing: false,
    connected: true,
    problem: '',
    news: '',
    seen: {},
  };
  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Chats whose resident has written something the agent has not looked at. */
export function unread({ queue, seen }: Pick<State, 'queue' | 'seen'>): readonly string[] {
  return (queue?.mine ?? [])
    .filter(({ last, conversationId }) => last?.role === 'resident' && last.seq > (seen[conversationId] ?? 0))
    .map((chat) => chat.conversationId);
}

/** What a screen reader should hear of a new answer; '' when nothing came. The same words again differ by a space that nobody hears. */
export function newsOf(before: Pick<State, 'queue' | 'seen' | 'news'>, queue: QueueView): string {
  const news = newsIn(before, queue);
  return news !== '' && news === before.news ? `${news}\u00a0` : news;
}

function newsIn(before: Pick<State, 'queue' | 'seen'>, queue: QueueView): string {
  if (queue.waitingCount > (before.queue?.waitingCount ?? 0)) return `${queue.waitingCount} waiting in the queue`;
  const now = unread({ queue, seen: before.seen }).length;
  if (now <= unread(before).length) return '';
  return now === 1 ? 'One chat has a new message' : `${now} chats have new messages`;
}
