const KEY = 'wandle.webchat';

interface Opened {
  readonly token: string;
}

/** The tab's conversation, which a reload finds again. Forgotten with the tab. */
export class Session {
  private readonly locale: string;

  constructor(locale: string) {
    this.locale = locale;
  }

  /** A token of the tab's conversation; of a new one, where there is none or it is over. @throws Error without a connection */
  async open(): Promise<Opened> {
    const kept = sessionStorage.getItem(KEY);
    const renewed = kept ? await ask({ token: kept }) : undefined;
    const opened = renewed ?? (await ask({ locale: this.locale }));
    if (!opened) throw new Error('no token');
    sessionStorage.setItem(KEY, opened.token);
    return opened;
  }
}

async function ask(body: object): Promise<Opened | undefined> {
  const response = await fetch('/chat/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === 403 || response.status === 404) return undefined;
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return response.json() as Promise<Opened>;
}
