/**
 * The button that a page of the council's site gets from one script tag:
 * `<script src="https://…/chat.js" data-language="auto" defer></script>`. It opens the chat in a frame of our origin, so
 * the page's own styles and policy cannot break it, nor it the page. No imports: this is a plain script.
 */

/** Label texts by language, put in by the build from `text/*.json`. */
declare const LAUNCHER_TEXTS: { readonly [language: string]: { readonly open: string; readonly close: string } };

/**
 * The page's own rules end at the shadow root, and `!important` inside is stronger than outside. `em` is the reader's own letter size:
 * `rem` would be whatever the page makes of it.
 */
const STYLE = `
:host { all: initial !important }
button { position: fixed; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483000; min-height: 3.3em; max-width: calc(100vw - 2em);
  padding: 0 1.4em; border: 2px solid #fff; border-radius: 2em; background: #0b4f4a; color: #fff; font: 600 1.0625em/1.2 system-ui, sans-serif;
  cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / .3) }
button:hover { background: #073b37 }
button:focus-visible { outline: 3px solid #ffd23f; outline-offset: 2px; box-shadow: 0 0 0 6px #111 }
iframe { position: fixed; inset-block-end: 5.5em; inset-inline-end: 1em; z-index: 2147483000; width: 25em; max-width: calc(100vw - 2em);
  height: 40em; max-height: calc(100vh - 7em); border: 1px solid #6b7a78; border-radius: .75em; background: Canvas; box-shadow: 0 8px 30px rgb(0 0 0 / .3) }
[hidden] { display: none }
@media (max-width: 30rem), (max-height: 30rem) {
  iframe { inset: 0; width: 100vw; max-width: none; height: 100dvh; max-height: none; border: 0; border-radius: 0 }
  button[aria-expanded=true] { display: none }
}
@media print { button, iframe { display: none } }`;

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  if (!script) return;
  const origin = new URL(script.src).origin;
  const wanted = script.dataset.language;
  const language = !wanted || wanted === 'auto' ? document.documentElement.lang || 'en' : wanted;
  const texts = LAUNCHER_TEXTS[language] ?? LAUNCHER_TEXTS[language.split('-')[0] ?? ''] ?? LAUNCHER_TEXTS.en;
  if (!texts) return;

  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = texts.open;
  button.setAttribute('aria-expanded', 'false');
  shadow.append(button);
  let frame: HTMLIFrameElement | undefined;

  const show = (open: boolean) => {
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.title = texts.open;
      frame.allow = 'geolocation';
      frame.src = `${origin}/chat?lang=${encodeURIComponent(language)}`;
      shadow.append(frame);
    }
    if (frame) frame.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? texts.close : texts.open;
    (open ? frame : button)?.focus();
  };
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  addEventListener('message', (event) => {
    if (event.origin === origin && event.source === frame?.contentWindow && event.data === 'wandle:close') show(false);
  });
  // In the top layer no transform, filter, clipping or stacking of the page holds.
  host.popover = 'manual';
  document.body.append(host);
  host.showPopover?.();
})();
