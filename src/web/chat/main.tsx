import { render } from 'preact';
import { App } from './App';
import { createActs } from './acts';
import { Connection } from './connection';
import { recall, remember } from './memory';
import { embedded, page } from './page';
import type { ActivitySet, Outgoing } from './protocol';
import { type ChatState, START } from './state';
import type { Socket } from './stream';
import { add, type Entry, isHushed, needsMore, receive, settle, withAgent } from './transcript';

/** Typing that is not followed by words ends by itself. */
const TYPING_MS = 8000;
/** Nearer to the end than this, the log follows new messages. */
const NEAR_END = 120;
/** When a history that was read back is over, and what comes is news. */
const QUIET_MS = 1000;

let state: ChatState = START;
let following = true;
let top = 0;
let typingTimer: ReturnType<typeof setTimeout> | undefined;
const kept = recall();

const connection = new Connection({
  origin: location.origin,
  locale: page.locale,
  fetch: (url, init) => fetch(url, init),
  openSocket: (url) => new WebSocket(url) as Socket,
  random: Math.random,
  kept,
  keep: ({ token, outbox }) => remember({ token, outbox } as Parameters<typeof remember>[0]),
  received,
  settled(outgoing, outcome) {
    set({ entries: settle(state.entries, outgoing.clientId, outcome) });
    if (outcome === 'acknowledged' && !withAgent(state.entries) && state.entries.at(-1)?.who === 'me') typing('bot');
  },
  line: (line) => set({ line }),
  lost: () => set({ entries: unsent(recall().outbox), photoPlace: undefined, notice: 'lost' }),
});
const acts = createActs({ get: () => state, set }, connection);

function set(change: Partial<ChatState>): void {
  state = { ...state, ...change };
  draw();
}

function draw(): void {
  const root = document.getElementById('chat');
  if (!root) return;
  if (state.entries.at(-1)?.state === 'sending') following = true;
  render(<App state={state} acts={acts} />, root);
  // Before it is painted, but after the layout that is due anyway.
  requestAnimationFrame(follow);
  if (!state.more && needsMore(state.entries)) void loadMore();
  if (!state.Safety && state.line === 'online') void loadSafety();
}

/** Without a connection words still do; it is tried again with the next message. */
async function loadMore(): Promise<void> {
  const loaded = await import('./answer').catch(() => undefined);
  if (loaded) set({ more: { Answer: loaded.Answer, Card: loaded.Card } });
}

async function loadSafety(): Promise<void> {
  const loaded = await import('./safety').catch(() => undefined);
  if (loaded && !state.Safety) set({ Safety: loaded.Safety });
}

/** The log scrolls in itself, or with the page where there is little height. */
function scroller(): Element | null {
  const log = document.getElementById('log');
  return log && log.scrollHeight > log.clientHeight ? log : document.scrollingElement;
}

function follow(): void {
  const element = scroller();
  if (following && element) element.scrollTop = element.scrollHeight;
}

function received({ activities }: ActivitySet): void {
  const entries = receive(greeted(state.entries, activities), activities);
  const last = activities.at(-1);
  if (last?.type === 'typing') typing(last.channelData?.author === 'agent' ? 'agent' : 'bot');
  else if (activities.some(({ type, from }) => type === 'message' && from?.role !== 'user')) typing(undefined);
  set({ entries });
  if (state.quiet) setTimeout(() => set({ quiet: false }), QUIET_MS);
}

function typing(who: ChatState['typing']): void {
  clearTimeout(typingTimer);
  if (who) typingTimer = setTimeout(() => typing(undefined), TYPING_MS);
  if (state.typing !== who) set({ typing: who });
}

/** The greeting of the page makes room for what the assistant really says. */
const greeted = (entries: readonly Entry[], activities: ActivitySet['activities']) =>
  activities.some(({ type }) => type === 'message') ? entries.filter(({ key }) => key !== '') : entries;

const unsent = (outbox: readonly Outgoing[]) => outbox.reduce(add, START.entries);

/** The first look. */
function begin(): void {
  // Somebody may be writing already: on a slow line the page is there long before its script.
  const early = document.getElementById('text') as HTMLTextAreaElement | null;
  const written = early?.value;
  const writing = early !== null && early === document.activeElement;
  const first = kept.token || !page.greeting ? [] : receive([], [{ type: 'message', text: page.greeting }]);
  set({ entries: [...first, ...unsent(kept.outbox)], quiet: kept.token !== undefined });
  const box = document.getElementById('text') as HTMLTextAreaElement | null;
  if (box && !box.value) box.value = written || kept.draft;
  if (embedded || writing) box?.focus();
  void connection.connect();
  // What is asked may take room away from the log.
  const log = document.getElementById('log');
  if (log) new ResizeObserver(follow).observe(log);
}

// A task of its own: on a slow phone the script's evaluation was one already, and the page must answer to taps in between.
setTimeout(begin);
// Neither event bubbles: pictures make the log longer after it was drawn, scrolling back says it is not to be followed.
addEventListener('load', follow, true);
addEventListener(
  'scroll',
  () => {
    const element = scroller();
    if (!element) return;
    if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END) following = true;
    else if (element.scrollTop < top) following = false;
    top = element.scrollTop;
  },
  true,
);
addEventListener('online', () => connection.wake());
addEventListener('pageshow', (event) => event.persisted && connection.wake());
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (state.asking) acts.ask(false);
  // Pressed three times it leaves the page: the panel must not go with the first.
  else if (!isHushed(state.entries)) acts.close();
});
