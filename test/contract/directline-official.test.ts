import { ConnectionStatus, DirectLine, type DirectLineOptions } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, until } from '../server';
import { FetchXMLHttpRequest } from './xhr';

const SECRET = 'secret-of-the-official-client';
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let server: RunningServer;
const sockets: WebSocket[] = [];
const clients: Client[] = [];

/** The client looks for browser globals when it is made. */
class ObservedWebSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    sockets.push(this);
  }
}

beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest: FetchXMLHttpRequest, WebSocket: ObservedWebSocket });
  server = await startServer({ WANDLE_BOT: 'echo', WANDLE_DIRECTLINE_SECRET: SECRET });
}, 120_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
  sockets.length = 0;
});
afterAll(() => server?.stop());

interface Seen {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly timestamp?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly contentUrl: string }[];
  readonly channelData?: { readonly clientActivityID?: string };
}
interface Client {
  readonly line: DirectLine;
  readonly seen: Seen[];
  texts(): (string | undefined)[];
  post(activity: object): Promise<string>;
  stop(): void;
}

async function connect(options: DirectLineOptions = {}): Promise<Client> {
  const generated = await fetch(`${server.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
  });
  const { token } = (await generated.json()) as { token: string };
  // The client waits 3 s and up to 12 s more before it reconnects, by this number: less than nothing shortens the test.
  const random = { random: () => -0.245 };
  const line = new DirectLine({
    token,
    domain: `${server.url}/v3/directline`,
    ...random,
    ...options,
  } as DirectLineOptions);
  const seen: Seen[] = [];
  const subscription = line.activity$.subscribe({
    next: (activity) => {
      if (activity.type === 'message') seen.push(activity as Seen);
    },
    error: () => {},
  });
  const client: Client = {
    line,
    seen,
    texts: () => seen.map(({ text }) => text),
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

test('starts, is greeted, sends, and sees its own message with its id before the answer', async () => {
  const client = await connect();
  await until('the greeting', () => client.seen.length === 1);
  const id = await client.post({ text: 'Hello', channelData: { clientActivityID: 'c1' } });
  await until('echo and answer', () => client.seen.length === 3);
  expect(client.texts()).toEqual([client.texts()[0], 'Hello', 'Hello']);
  expect(client.seen[1]).toMatchObject({ id, channelData: { clientActivityID: 'c1' } });
  expect(Date.parse(client.seen[2]?.timestamp ?? '')).toBeGreaterThanOrEqual(
    Date.parse(client.seen[1]?.timestamp ?? ''),
  );
  expect(sockets).toHaveLength(1);
});

test('uploads a picture, which comes back as a link that works', async () => {
  const client = await connect();
  await until('the greeting', () => client.seen.length === 1);
  const attachments = [{ contentType: 'image/png', contentUrl: PNG, name: 'bin.png' }];
  const id = await client.post({ text: 'This bin', attachments });
  await until('the picture', () => client.seen.some((activity) => activity.id === id));
  const sent = client.seen.find((activity) => activity.id === id);
  expect(sent).toMatchObject({ text: 'This bin', attachments: [{ contentType: 'image/png', name: 'bin.png' }] });
  const picture = await fetch(sent?.attachments?.[0]?.contentUrl ?? '');
  expect(picture.status).toBe(200);
  expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(PNG.split(',')[1]);
});

test('loses its socket, reconnects by watermark, and misses and repeats nothing', async () => {
  const client = await connect();
  await until('the greeting', () => client.seen.length === 1);
  await client.post({ text: 'one' });
  await until('the first answer', () => client.seen.length === 3);
  sockets.at(-1)?.terminate();
  await client.post({ text: 'two' });
  await until('a second socket', () => sockets.length === 2);
  await until('the second answer', () => client.seen.length >= 5);
  await client.post({ text: 'three' });
  await until('the third answer', () => client.seen.length >= 7);
  expect(client.texts().slice(1)).toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
  expect(new Set(client.seen.map(({ id }) => id)).size).toBe(7);
});

test('polls where web sockets are blocked', async () => {
  const client = await connect({ webSocket: false, pollingInterval: 200 });
  await until('the greeting', () => client.seen.length === 1);
  await client.post({ text: 'by polling' });
  await until('the answer', () => client.seen.length === 3);
  expect(client.texts().slice(1)).toEqual(['by polling', 'by polling']);
  expect(sockets).toHaveLength(0);
});

test('learns that a conversation does not exist', async () => {
  const client = await connect({ secret: SECRET, conversationId: 'no-such-conversation' });
  const statuses: ConnectionStatus[] = [];
  client.line.connectionStatus$.subscribe((status) => statuses.push(status));
  await until('the failure', () => statuses.includes(ConnectionStatus.FailedToConnect));
});
