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
  readonly watermark: string;
  reconnect(conversation: { readonly token: string; readonly streamUrl: string }): void;
}

const EXPIRED_TOKEN = 3;
const DOMAIN = `${location.origin}/v3/directline`;

/** The official client, told what only this page knows: token, language, direction, the nonce of the styles it makes. */
async function show(element: HTMLElement): Promise<void> {
  const { locale = 'en', nonce, offline = '' } = element.dataset;
  const session = new Session(locale);
  try {
    const { token } = await session.open();
    const directLine = WebChat.createDirectLine({
      token,
      domain: DOMAIN,
      conversationStartProperties: { locale },
    });
    directLine.connectionStatus$.subscribe((status) => {
      if (status === EXPIRED_TOKEN) void renew(session, directLine);
    });
    WebChat.renderWebChat({ directLine, locale, nonce, dir: document.dir }, element);
  } catch {
    element.textContent = offline;
  }
}

/** The client renews its token itself while it is awake; after a night's sleep it waits to be given one. */
async function renew(session: Session, directLine: OfficialLine): Promise<void> {
  const { token, conversationId } = await session.open();
  const response = await fetch(`${DOMAIN}/conversations/${conversationId}?watermark=${directLine.watermark}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (response.ok) directLine.reconnect(await response.json());
}

const element = document.getElementById('webchat');
if (element) void show(element);
