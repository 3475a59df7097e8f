import { useEffect, useRef, useState } from 'preact/hooks';
import { recall, remember } from '../memory';
import { page, text } from '../page';
import type { Acts, ChatState } from '../state';
import { Idle, isAttended } from './idle';

const LOOK_MS = 1000;
/** What somebody did last is written down this often at most. */
const NOTE_MS = 10_000;
const DEEDS = ['keydown', 'pointerdown', 'wheel'] as const;

/** Asks whether somebody is still there, counting down, and clears the chat when nobody is. */
export function IdleWarning({ state, acts }: { state: ChatState; acts: Acts }) {
  const [left, setLeft] = useState<number>();
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => watch(() => latest.current, acts, setLeft), []);
  if (left === undefined) return null;
  const stay = () => {
    setLeft(undefined);
    document.getElementById('text')?.focus();
  };
  return (
    <section class="ask idle" aria-label={text('idleStay')}>
      <p role="alert">{text('idleAsk')}</p>
      <time role="timer" aria-hidden="true">
        {clock(left)}
      </time>
      <button type="button" id="stay" onClick={stay}>
        {text('idleStay')}
      </button>
    </section>
  );
}

function watch(state: () => ChatState, acts: Acts, show: (left: number | undefined) => void): () => void {
  const look = createLook(state, acts, show);
  const stop = new AbortController();
  const { signal } = stop;
  const touch = () => look.touch();
  for (const deed of DEEDS) addEventListener(deed, touch, { capture: true, passive: true, signal });
  addEventListener('visibilitychange', () => look(), { signal });
  // The browser may keep this page and show it again later, perhaps to somebody else.
  addEventListener('pagehide', () => hide(true), { signal });
  addEventListener(
    'pageshow',
    () => {
      look();
      hide(false);
    },
    { signal },
  );
  const timer = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return () => stop.abort();
}

/** Looks whether somebody is there, and does what follows; notes it for a page that is loaded again. */
function createLook(state: () => ChatState, acts: Acts, show: (left: number | undefined) => void) {
  let touchedAt = recall().at ?? Date.now();
  const idle = new Idle(page.idleMinutes * 60_000, touchedAt);
  let noted = { at: 0, attended: false };
  let seen = state().entries.at(-1)?.key;
  let warned = false;
  const touch = () => {
    touchedAt = Date.now();
    idle.touch(touchedAt);
  };
  const look = () => {
    if (!isUsed(state())) return show(undefined);
    const attended = isAttended(state().entries);
    const last = state().entries.at(-1);
    // A person's words give time to read them.
    if (last?.key !== seen && (last?.who === 'agent' || last?.who === 'system')) touch();
    seen = last?.key;
    if (touchedAt - noted.at > NOTE_MS || attended !== noted.attended) {
      noted = { at: touchedAt, attended };
      remember(noted);
    }
    const left = idle.left(Date.now(), attended);
    if (left === 0) acts.end('endedIdle');
    // Whoever is on the button when the question goes must not fall off the page.
    if (warned && !left && document.activeElement?.id === 'stay') document.getElementById('text')?.focus();
    warned = Boolean(left);
    show(left || undefined);
  };
  return Object.assign(look, { touch });
}

const hide = (hidden: boolean) => {
  document.documentElement.hidden = hidden;
};

/** There is something that others must not see. */
function isUsed({ line, entries, photos }: ChatState): boolean {
  const box = document.getElementById('text') as HTMLTextAreaElement | null;
  return line !== 'ended' && (entries.some(({ who }) => who === 'me') || photos.length > 0 || Boolean(box?.value));
}

/** "1:05" */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
