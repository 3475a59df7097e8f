import type { ActivitySet } from './protocol';

/** An empty frame now and then makes the browser notice a dead connection. */
const PROBE_MS = 25_000;

/** The part of a WebSocket that is needed. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

export interface StreamOptions {
  /** Where the server is; the hosts of stream addresses are never followed. */
  readonly origin: string;
  readonly openSocket: (url: string) => Socket;
  readonly received: (set: ActivitySet) => void;
  readonly opened: () => void;
  /** It closed by itself, or never opened. */
  readonly broken: (wasOpen: boolean) => void;
}

/** What the server says as it says it: one web socket at a time, of which nothing is heard any more once it was closed here. */
export class Stream {
  private readonly options: StreamOptions;
  private socket: Socket | undefined;
  private probe: ReturnType<typeof setInterval> | undefined;

  constructor(options: StreamOptions) {
    this.options = options;
  }

  open(streamUrl: string): void {
    this.close();
    const { origin, openSocket, received, opened, broken } = this.options;
    const { pathname, search } = new URL(streamUrl);
    const socket = openSocket(origin.replace(/^http/, 'ws') + pathname + search);
    let wasOpen = false;
    this.socket = socket;
    socket.onopen = () => {
      wasOpen = true;
      this.probe = setInterval(() => socket.send(''), PROBE_MS);
      opened();
    };
    socket.onmessage = ({ data }) => {
      if (this.socket === socket && typeof data === 'string' && data) received(JSON.parse(data));
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.close();
      broken(wasOpen);
    };
  }

  close(): void {
    clearInterval(this.probe);
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
  }
}
