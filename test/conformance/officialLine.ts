import { DirectLine, type DirectLineOptions } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { FetchXMLHttpRequest } from './xhr';

interface Seen {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly timestamp?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl?: string;
    readonly content?: unknown;
  }[];
  readonly suggestedActions?: unknown;
  readonly channelData?: { readonly clientActivityID?: string };
}

/** The official client library, with what it said and saw. */
export interface Client {
  readonly line: DirectLine;
  /** Every activity in the order it came. */
  readonly all: Seen[];
  /** The messages among them. */
  seen(): Seen[];
  texts(): (string | undefined)[];
  /** What ended the stream of activities, if it has ended. */
  ended(): string | undefined;
  /** Resolves with the id, or `retry` where the client could not tell what became of it. */
  post(activity: object): Promise<string>;
  stop(): void;
}

/** The web sockets that clients opened, oldest first. */
export const sockets: WebSocket[] = [];
const clients: Client[] = [];
let elsewhere: string | undefined;

class ObservedWebSocket extends WebSocket {
  constructor(url: string) {
    super(elsewhere ? url.replace(/^wss?:\/\/[^/]+/, elsewhere.replace('http', 'ws')) : url);
    sockets.push(this);
  }
}

/** The client looks for browser globals when it is made. `host`: where streams really are, for a server that believes to be elsewhere. */
export function installBrowserGlobals(host?: string): void {
  elsewhere = host;
  Object.assign(globalThis, { XMLHttpRequest: FetchXMLHttpRequest, WebSocket: ObservedWebSocket });
}

export function stopClients(): void {
  for (const client of clients.splice(0)) client.stop();
  sockets.length = 0;
}

/** A client that waits 3 s less a little before it reconnects, instead of up to 15 s: by its own random number. */
export function connect(url: string, options: DirectLineOptions): Client {
  const random = { random: () => -0.245 };
  const line = new DirectLine({ domain: `${url}/v3/directline`, ...random, ...options } as DirectLineOptions);
  const all: Seen[] = [];
  let ended: string | undefined;
  const subscription = line.activity$.subscribe({
    next: (activity) => all.push(activity as Seen),
    error: (error: Error) => {
      ended = error.message;
    },
  });
  const seen = () => all.filter(({ type }) => type === 'message');
  const client: Client = {
    line,
    all,
    seen,
    texts: () => seen().map(({ text }) => text),
    ended: () => ended,
    post: (activity) =>
      new Promise((resolve, reject) => {
        line
          .postActivity({ type: 'message', from: { id: 'ignored' }, ...activity } as never)
          .subscribe(resolve, reject);
      }),
    stop() {
      subscription.unsubscribe();
      line.end();
    },
  };
  clients.push(client);
  return client;
}

/** What the site's own page does: a token without a secret; or a renewed one. */
export async function siteToken(url: string, body: object = {}): Promise<{ token: string; conversationId: string }> {
  const response = await fetch(`${url}/chat/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return response.json() as Promise<{ token: string; conversationId: string }>;
}
