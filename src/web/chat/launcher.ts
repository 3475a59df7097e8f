/**
 * The button that a page of the council's site gets from one script tag:
 * `<script src="https://…/chat.js" data-language="auto" defer></script>`. It opens the chat in a frame of our origin, so
 * the page's own styles and policy cannot break it, nor it the page. No imports: this is a plain script.
 */

/** Label texts by language, put in by the build from `text/*.json`. */
declare const LAUNCHER_TEXTS: { readonly [language: string]: { readonly open: string; readonly close: string } };

const STYLE = `
:host { all: initial }
button { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000; min-height: 3.5rem; max-width: calc(100vw - 2rem);
  padding: 0 1.4rem; border: 2px solid #fff; border-radius: 2rem; background: #0b4f4a; color: #fff; font: 600 1.0625rem/1.2 system-ui, sans-serif;
  cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / .3) }
button:hover { background: #073b37 }
button:focus-visible { outline: 3px solid #ffd23f; outline-offset: 2px; box-shadow: 0 0 0 6px #111 }
iframe { position: fixed; inset-block-end: 5.5rem; inset-inline-end: 1rem; z-index: 2147483000; width: 25rem; max-width: calc(100vw - 2rem);
  height: 40rem; max-height: calc(100vh - 7rem); border: 1px solid #6b7a78; border-radius: .75rem; background: Canvas; box-shadow: 0 8px 30px rgb(0 0 0 / .3) }
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
  document.body.append(host);
})();
