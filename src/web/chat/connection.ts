import type { Activity, ActivitySet, Outgoing, Session } from './protocol';

const POLL_MS = 3000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
/** The server's own limit is above this, so that it is the one to decide. */
const REQUEST_MS = 20_000;
/** An empty frame now and then makes the browser notice a dead connection. */
const PROBE_MS = 25_000;
/** So often a web socket may fail before it opened until polling takes its place. */
const SOCKET_TRIES = 2;

export type Line = 'connecting' | 'online' | 'offline' | 'ended';

/** The part of a WebSocket that is needed. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

export interface ConnectionOptions {
  /** Where the server is; stream and picture addresses of other hosts are never followed. */
  readonly origin: string;
  readonly locale: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly openSocket: (url: string) => Socket;
  readonly random: () => number;
  /** Token and unsent messages of an earlier page; kept with every change. */
  readonly kept: { readonly token?: string; readonly outbox: readonly Outgoing[] };
  readonly keep: (kept: { readonly token?: string; readonly outbox: readonly Outgoing[] }) => void;
  readonly received: (set: ActivitySet) => void;
  readonly settled: (outgoing: Outgoing, state: 'sending' | 'failed' | 'refused' | 'acknowledged') => void;
  readonly line: (line: Line) => void;
  /** The earlier conversation cannot be continued; a new one has been started. */
  readonly lost: () => void;
}

export interface Connection {
  connect(): Promise<void>;
  send(outgoing: Outgoing): void;
  /** Sends again what failed. */
  retry(): void;
  /** Live only, once, no matter if it arrives. */
  typing(): void;
  /** The network may be back, or the device awake. */
  wake(): void;
  end(): Promise<void>;
}

/** The server's answer was not a success. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/**
 * Keeps one conversation going: resumes at the watermark after any interruption, by web socket or else by polling, and
 * sends each message until the server has it. A client id makes sending twice harmless.
 */
export function createConnection(options: ConnectionOptions): Connection {
  let { token, outbox }: { token?: string | undefined; outbox: readonly Outgoing[] } = options.kept;
  let conversationId = '';
  let watermark = '0';
  let socket: Socket | undefined;
  let socketFailures = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let probe: ReturnType<typeof setInterval> | undefined;
  let connecting = false;
  let flushing = false;
  let ended = false;

  const keep = () =>
    !ended && options.keep({ ...(token !== undefined && { token }), outbox: outbox.filter(({ files }) => !files) });
  const request = async <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const response = await options.fetch(options.origin + path, {
      method: 'POST',
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body: body as string,
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    if (!response.ok) throw new Refused(response.status);
    return response.json() as Promise<T>;
  };
  const json = { 'content-type': 'application/json' };
  const conversation = (what: string) => `/v3/directline/conversations/${conversationId}/${what}`;

  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(connect, ms);
  };
  const backOff = () => {
    const ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures += 1;
    schedule(ms * (0.5 + options.random() / 2));
  };
  const take = (set: ActivitySet) => {
    if (set.watermark) watermark = set.watermark;
    options.received(set);
  };

  async function connect(): Promise<void> {
    if (connecting || ended) return;
    connecting = true;
    try {
      const resumed = token !== undefined;
      const body = resumed ? { token, watermark } : { start: true, locale: options.locale };
      begin(await request<Session>('/chat/token', JSON.stringify(body), json));
    } catch (error) {
      if (error instanceof Refused && token && (error.status === 403 || error.status === 404)) startAfresh();
      else {
        options.line('offline');
        backOff();
      }
    } finally {
      connecting = false;
    }
  }

  function begin(session: Session): void {
    if (ended) return;
    ({ token, conversationId } = session);
    if (outbox.length === 0) failures = 0;
    keep();
    take(session);
    options.line('online');
    if (socketFailures < SOCKET_TRIES) listen(session.streamUrl);
    else schedule(POLL_MS);
    void flush();
  }

  function startAfresh(): void {
    token = undefined;
    watermark = '0';
    keep();
    options.lost();
    schedule(0);
  }

  function hangUp(): void {
    clearInterval(probe);
    const old = socket;
    socket = undefined;
    old?.close();
  }

  function listen(streamUrl: string): void {
    hangUp();
    const { pathname, search } = new URL(streamUrl);
    const mine = options.openSocket(options.origin.replace(/^http/, 'ws') + pathname + search);
    let opened = false;
    socket = mine;
    mine.onopen = () => {
      opened = true;
      socketFailures = 0;
      probe = setInterval(() => mine.send(''), PROBE_MS);
    };
    mine.onmessage = ({ data }) => {
      if (socket === mine && typeof data === 'string' && data) take(JSON.parse(data));
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      hangUp();
      if (!opened) socketFailures += 1;
      schedule(opened ? FIRST_RETRY_MS * options.random() : 0);
    };
  }

  async function flush(): Promise<void> {
    if (flushing) return;
    flushing = true;
    try {
      for (let next = outbox[0]; next && conversationId && !ended; next = outbox[0]) {
        if (!(await deliver(next))) break;
        outbox = outbox.slice(1);
        failures = 0;
        keep();
      }
    } finally {
      flushing = false;
    }
  }

  /** False when it has to wait for a better connection. */
  async function deliver(outgoing: Outgoing): Promise<boolean> {
    options.settled(outgoing, 'sending');
    try {
      await post(outgoing);
      options.settled(outgoing, 'acknowledged');
      return true;
    } catch (error) {
      const status = error instanceof Refused ? error.status : 0;
      if (status >= 400 && status < 500 && ![401, 403, 404, 408, 429].includes(status)) {
        options.settled(outgoing, 'refused');
        return true;
      }
      options.settled(outgoing, 'failed');
      conversationId = '';
      backOff();
      return false;
    }
  }

  function post({ clientId, activity, files }: Outgoing): Promise<unknown> {
    const body = JSON.stringify({ ...activity, channelData: { ...activity.channelData, clientActivityID: clientId } });
    if (!files) return request(conversation('activities'), body, json);
    const form = new FormData();
    form.append('activity', new Blob([body], { type: 'application/vnd.microsoft.activity' }));
    for (const file of files) form.append('file', file, file.name);
    return request(conversation('upload'), form);
  }

  const tell = (activity: Activity) =>
    request(conversation('activities'), JSON.stringify(activity), json).catch(() => {});
  const retry = () => {
    failures = 0;
    if (conversationId) void flush();
    else schedule(0);
  };
  return {
    connect,
    retry,
    send(outgoing) {
      outbox = [...outbox, outgoing];
      keep();
      retry();
    },
    typing: () => void tell({ type: 'typing' }),
    wake() {
      socketFailures = 0;
      failures = 0;
      schedule(0);
    },
    async end() {
      ended = true;
      clearTimeout(timer);
      hangUp();
      outbox = [];
      if (conversationId) await tell({ type: 'endOfConversation' });
      token = undefined;
      options.line('ended');
    },
  };
}
