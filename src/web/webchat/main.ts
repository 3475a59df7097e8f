import { Session } from './session';

/** What is used of the official bundle, which the page loads before this script. */
declare const WebChat: {
  createDirectLine(options: {
    readonly token: string;
    readonly domain: string;
    readonly conversationStartProperties: { readonly locale: string };
  }): OfficialLine;
  renderWebChat(options: object, element: HTMLElement): void;
};

interface OfficialLine {
  readonly connectionStatus$: { subscribe(next: (status: number) => void): void };
  end(): void;
}

const EXPIRED_TOKEN = 3;

/**
 * The official client, told what only this page knows: token, language, direction, the nonce of the styles it makes. It renews its
 * token itself while it is awake; after a night's sleep it gives up, and gets a new connection to the same conversation here.
 */
async function show(element: HTMLElement, session: Session): Promise<void> {
  const { locale = 'en', nonce, offline = '' } = element.dataset;
  try {
    const { token } = await session.open();
    const directLine = WebChat.createDirectLine({
      token,
      domain: `${location.origin}/v3/directline`,
      conversationStartProperties: { locale },
    });
    directLine.connectionStatus$.subscribe((status) => {
      if (status !== EXPIRED_TOKEN) return;
      directLine.end();
      void show(element, session);
    });
    WebChat.renderWebChat({ directLine, locale, nonce, dir: document.dir }, element);
  } catch {
    if (!element.firstChild) element.textContent = offline;
  }
}

const element = document.getElementById('webchat');
if (element) void show(element, new Session(element.dataset.locale ?? 'en'));
