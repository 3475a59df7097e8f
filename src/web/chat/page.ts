/** What the server put into the page: its language, texts and facts (`src/web/site/chatPage.ts` writes it). */
export interface PageSettings {
  /** The language of the texts below. */
  readonly lang: string;
  /** The language the resident asked for: the assistant may speak it where this page does not. */
  readonly locale: string;
  /** What the assistant will say first: shown until it has said it. May be empty. */
  readonly greeting: string;
  /** How days and times are written. */
  readonly dates: string;
  readonly council: string;
  /** Where "leave this page quickly" leads. */
  readonly leaveTo: string;
  /** After so many minutes without a deed the chat is cleared. */
  readonly idleMinutes: number;
  readonly languages: readonly { readonly tag: string; readonly name: string }[];
  readonly texts: { readonly [key: string]: string };
}

export const page: PageSettings = JSON.parse(document.getElementById('chat')?.dataset.settings ?? '{}');

/** A text of the page in its language, with `{name}` filled in. */
export function text(key: string, values: { readonly [name: string]: string } = {}): string {
  const wording = page.texts[key] ?? key;
  return wording.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The chat runs inside the panel that `/chat.js` opens on a page of the council. */
export const embedded = window.parent !== window;
