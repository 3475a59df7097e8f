import type { Connection } from './connection';
import { nameOf } from './Log';
import { forget, remember } from './memory';
import { embedded, page, text } from './page';
import { type Action, chosen, type Outgoing } from './protocol';
import { type Acts, type ChatState, placeOfPhoto } from './state';
import { add, withAgent } from './transcript';

const MAX_FILES = 4;
/** An adviser is told that the resident writes, this often at most. */
const TYPING_MS = 5000;

export interface Store {
  get(): ChatState;
  set(change: Partial<ChatState>): void;
}

/** What happens when the resident does something. */
export function createActs(store: Store, connection: Connection): Acts {
  let told = 0;
  const box = () => document.getElementById('text') as HTMLTextAreaElement | null;

  const say = (activity: Outgoing['activity'], files: readonly File[] = []) => {
    const outgoing: Outgoing = {
      clientId: crypto.getRandomValues(new Uint32Array(4)).join('-'),
      at: Date.now(),
      activity: { ...activity, locale: page.locale },
      ...(files.length > 0 && { files }),
    };
    store.set({ entries: add(store.get().entries, outgoing), notice: undefined });
    connection.send(outgoing);
  };

  const answer = (activity: Outgoing['activity']) => {
    say(activity);
    box()?.focus();
  };

  return {
    send() {
      const { photos } = store.get();
      const words = box()?.value.trim() ?? '';
      if (words === '' && photos.length === 0) return;
      clear(box());
      store.set({ photos: [], photoPlace: placeOfPhoto(store.get()) });
      say(
        { type: 'message', text: words },
        photos.map(({ file }) => file),
      );
    },
    write(draft) {
      remember({ draft });
      if (!withAgent(store.get().entries) || Date.now() - told < TYPING_MS) return;
      told = Date.now();
      connection.typing();
    },
    choose(action: Action) {
      if (action.type === 'openUrl') return void open(String(action.value), '_blank', 'noopener');
      answer(chosen(action));
    },
    say: answer,
    tell: say,
    lookUp: (query) => connection.lookUp(query),
    attach: (files) => void attach(store, files),
    detach(key) {
      store.set({ photos: store.get().photos.filter((photo) => photo.key !== key) });
      document.getElementById('file')?.focus();
    },
    retry: () => connection.retry(),
    speak(language) {
      const name = page.languages.find(({ tag }) => tag === language)?.name ?? language;
      const value = { choice: `do:language:${language}` };
      if (store.get().entries.length > 0) say({ type: 'message', text: text('speak', { name }), value });
      const url = new URL(location.href);
      url.searchParams.set('lang', language);
      location.replace(url);
    },
    ask(asking) {
      store.set({ asking });
      document.getElementById(asking ? 'endYes' : 'end')?.focus();
    },
    end(how = 'ended') {
      void connection.end();
      forget();
      store.set({ entries: [], photos: [], photoPlace: undefined, asking: false, typing: undefined, notice: how });
      if (document.hasFocus()) document.getElementById('restart')?.focus();
    },
    restart: () => location.reload(),
    save: () => save(store.get()),
    close() {
      if (embedded) window.parent.postMessage('wandle:close', '*');
    },
  };
}

function clear(box: HTMLTextAreaElement | null): void {
  if (box) box.value = '';
  remember({ draft: '' });
}

async function attach(store: Store, files: readonly File[]): Promise<void> {
  const { photosOf } = await import('./photo');
  const added = await photosOf(files);
  const { line, photos, photoPlace } = store.get();
  // It may have been ended in between: nothing is kept then.
  if (line === 'ended') return;
  store.set({
    photos: [...photos, ...added].slice(0, MAX_FILES),
    photoPlace: added.some(({ preview }) => preview) ? undefined : photoPlace,
    notice: added.length < files.length ? 'refusedFile' : undefined,
  });
  document.getElementById('text')?.focus();
}

/** The conversation as a plain text file. */
function save({ entries }: ChatState): void {
  const moment = new Intl.DateTimeFormat(page.dates, { dateStyle: 'medium', timeStyle: 'short' });
  const lines = entries.map((entry) => `${moment.format(entry.at)} ${nameOf(entry)}: ${entry.text}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${lines.join('\n\n')}\n`], { type: 'text/plain' }));
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
