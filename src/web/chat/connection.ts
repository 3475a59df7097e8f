import { Outbox, type OutboxOptions, Refused } from './outbox';
import type { Activity, ActivitySet, Outgoing, Session } from './protocol';
import { type Socket, Stream } from './stream';

const POLL_MS = 3000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
/** The server answers sooner or not at all. */
const REQUEST_MS = 20_000;
/** So often a web socket may fail before it opened until polling takes its place. */
const SOCKET_TRIES = 2;
const JSON_TYPE = { 'content-type': 'application/json' };

export type Line = 'connecting' | 'online' | 'offline' | 'ended';

/** What outlives the page. */
interface Kept {
  readonly token?: string;
  readonly outbox: readonly Outgoing[];
}

export interface ConnectionOptions {
  /** Where the server is; stream addresses of other hosts are never followed. */
  readonly origin: string;
  readonly locale: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly openSocket: (url: string) => Socket;
  readonly random: () => number;
  readonly kept: Kept;
  readonly keep: (kept: Kept) => void;
  readonly received: (set: ActivitySet) => void;
  readonly settled: OutboxOptions['settled'];
  readonly line: (line: Line) => void;
  /** The earlier conversation cannot be continued; a new one is started. */
  readonly lost: () => void;
}

/**
 * Keeps one conversation going: resumes at the watermark after any interruption, by web socket or else by polling, and
 * sends each message until the server has it. A client id makes sending twice harmless.
 */
export class Connection {
  private readonly options: ConnectionOptions;
  private readonly outbox: Outbox;
  private readonly stream: Stream;
  private token: string | undefined;
  /** Empty while there is no session to send in. */
  private conversationId = '';
  private watermark = '0';
  private socketFailures = 0;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private connecting = false;
  private ended = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.token = options.kept.token;
    this.outbox = new Outbox({
      waiting: options.kept.outbox,
      post: (outgoing) => this.post(outgoing),
      changed: () => this.keep(),
      settled: options.settled,
    });
    const { origin, openSocket, random } = options;
    this.stream = new Stream({
      origin,
      openSocket,
      received: (set) => this.take(set),
      opened: () => {
        this.socketFailures = 0;
      },
      broken: (wasOpen) => {
        if (!wasOpen) this.socketFailures += 1;
        this.schedule(wasOpen ? FIRST_RETRY_MS * random() : 0);
      },
    });
  }

  /** One request: a new conversation with its first words, or what the earlier one has had since. */
  async connect(): Promise<void> {
    if (this.connecting || this.ended) return;
    this.connecting = true;
    const { token, watermark } = this;
    const body = token === undefined ? { start: true, locale: this.options.locale } : { token, watermark };
    try {
      this.begin(await this.request<Session>('/chat/token', JSON.stringify(body), JSON_TYPE));
    } catch (error) {
      if (token && error instanceof Refused && (error.status === 403 || error.status === 404)) this.startAfresh();
      else {
        this.options.line('offline');
        this.backOff();
      }
    } finally {
      this.connecting = false;
    }
  }

  send(outgoing: Outgoing): void {
    this.outbox.add(outgoing);
    this.retry();
  }

  /** Sends again what failed. */
  retry(): void {
    this.failures = 0;
    if (this.conversationId) void this.flush();
    else this.schedule(0);
  }

  /** An adviser sees that the resident writes. Live only, no matter if it arrives. */
  typing(): void {
    void this.tell({ type: 'typing' });
  }

  /** The network may be back, or the device awake. */
  wake(): void {
    this.socketFailures = 0;
    this.failures = 0;
    this.schedule(0);
  }

  /** What the council's list of addresses and places has; an expired token is renewed. @throws Refused, or any error of the network */
  async lookUp<T>(query: string): Promise<T> {
    const path = `/chat/addresses?${query}`;
    try {
      return await this.request<T>(path);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 403) throw error;
      await this.connect();
      return this.request<T>(path);
    }
  }

  async end(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    this.stream.close();
    this.outbox.clear();
    this.options.line('ended');
    if (this.conversationId) await this.tell({ type: 'endOfConversation' });
  }

  private begin(session: Session): void {
    if (this.ended) return;
    this.token = session.token;
    this.conversationId = session.conversationId;
    if (this.outbox.isEmpty) this.failures = 0;
    this.keep();
    this.take(session);
    this.options.line('online');
    if (this.socketFailures < SOCKET_TRIES) this.stream.open(session.streamUrl);
    else this.schedule(POLL_MS);
    void this.flush();
  }

  private startAfresh(): void {
    this.token = undefined;
    this.watermark = '0';
    this.keep();
    this.options.lost();
    this.schedule(0);
  }

  private take(set: ActivitySet): void {
    if (set.watermark) this.watermark = set.watermark;
    this.options.received(set);
  }

  private async flush(): Promise<void> {
    if (await this.outbox.flush()) this.failures = 0;
    else if (!this.ended) {
      this.conversationId = '';
      this.backOff();
    }
  }

  private post({ clientId, activity, files }: Outgoing): Promise<unknown> {
    const channelData = { ...activity.channelData, clientActivityID: clientId };
    const body = JSON.stringify({ ...activity, channelData });
    if (!files) return this.request(this.conversation('activities'), body, JSON_TYPE);
    const form = new FormData();
    form.append('activity', new Blob([body], { type: 'application/vnd.microsoft.activity' }));
    for (const file of files) form.append('file', file, file.name);
    return this.request(this.conversation('upload'), form);
  }

  private tell(activity: Activity): Promise<unknown> {
    return this.request(this.conversation('activities'), JSON.stringify(activity), JSON_TYPE).catch(() => {});
  }

  private conversation(what: string): string {
    return `/v3/directline/conversations/${this.conversationId}/${what}`;
  }

  private async request<T>(path: string, body?: string | FormData, headers = {}): Promise<T> {
    const response = await this.options.fetch(this.options.origin + path, {
      method: body ? 'POST' : 'GET',
      headers: { ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers },
      ...(body && { body }),
      // The last words of a page that is being left.
      keepalive: this.ended,
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    if (!response.ok) throw new Refused(response.status);
    return response.json() as Promise<T>;
  }

  private keep(): void {
    const { token, outbox } = this;
    if (!this.ended) this.options.keep({ ...(token !== undefined && { token }), outbox: outbox.keepable });
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => this.connect(), ms);
  }

  private backOff(): void {
    const ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    this.schedule(ms * (0.5 + this.options.random() / 2));
  }
}
