import { setImmediate as nextRound } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ChannelContext, HttpResponse, Upgrade } from '../channel';
import type { Presenter } from './outbound';
import { readPage } from './paging';
import { Refusal } from './refusal';

/** Bytes that may wait for a slow reader; past this the socket is closed and the reader catches up by its watermark. */
const MAX_BUFFERED = 1024 * 1024;
/** A socket that has not answered a ping by the next one is gone. */
const PING_MS = 30_000;
/** How long a socket may take to say goodbye on drain. */
const CLOSE_MS = 2000;
/** Clients send nothing but empty frames. */
const MAX_FRAME = 4096;
/** Official clients send one in a while; whoever sends more only costs. */
const FRAMES_A_MINUTE = 600;
/** Tabs of one conversation. Past this the oldest is closed: it may be one of a network that has gone. */
const MAX_SOCKETS = 20;

/** Closed by the server: the conversation has ended, going away, flooded, slow, unable to read the log. */
const NORMAL = 1000;
const GOING_AWAY = 1001;
const POLICY = 1008;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN = 1013;

const NO_HANDSHAKE_BODY = JSON.stringify(
  new Refusal(400, 'BadArgument', 'This is no web socket handshake').response().body,
);
/** Instead of the page that the library would answer. */
const NO_HANDSHAKE = [
  'HTTP/1.1 400 Bad Request',
  'Connection: close',
  'Content-Type: application/json; charset=utf-8',
  `Content-Length: ${Buffer.byteLength(NO_HANDSHAKE_BODY)}`,
  '',
  NO_HANDSHAKE_BODY,
].join('\r\n');

export interface Streams {
  /** Completes the upgrade and sends what follows `after`, then everything new, each activity once and in order. */
  open(upgrade: Upgrade, conversationId: string, after: number): HttpResponse | undefined;
  close(): Promise<void>;
}

/** Sockets that follow the log. A wake-up only means "read again after the last number sent": none can be lost or doubled. */
export function createStreams(
  { log, logger, now }: Pick<ChannelContext, 'log' | 'logger' | 'now'>,
  presenter: Presenter,
): Streams {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME });
  server.on('wsClientError', (_error, socket) => socket.end(NO_HANDSHAKE));
  const heartbeat = beat(server);
  const join = createTabs();
  return {
    open({ raw, socket, head }, conversationId, after) {
      server.handleUpgrade(raw, socket, head, (webSocket) => {
        const follower = follow(webSocket, conversationId, after, { log, logger, presenter });
        webSocket.on('close', follower.stop);
        join(conversationId, webSocket);
        holdFlood(webSocket, now);
        webSocket.on('error', () => webSocket.terminate());
      });
      return undefined;
    },
    async close() {
      clearInterval(heartbeat);
      for (const socket of server.clients) socket.close(GOING_AWAY);
      const patience = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, CLOSE_MS);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(patience);
    },
  };
}

interface FollowOptions extends Pick<ChannelContext, 'log' | 'logger'> {
  readonly presenter: Presenter;
}

function follow(socket: WebSocket, conversationId: string, after: number, { log, logger, presenter }: FollowOptions) {
  let last = after;
  let reading = false;
  let again = false;

  const send = (frame: object) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED) return socket.close(TRY_AGAIN, 'reconnect with your watermark');
    socket.send(JSON.stringify(frame));
  };
  const page = async (): Promise<boolean> => {
    const rows = await readPage(log, conversationId, last);
    const newest = rows.at(-1);
    if (!newest) return false;
    const set = await presenter.set(conversationId, rows, last);
    last = newest.seq;
    send(set);
    if (rows.some(({ role, activity }) => role === 'resident' && activity.type === 'endOfConversation'))
      socket.close(NORMAL, 'the conversation has ended');
    return true;
  };
  const pump = async () => {
    again = true;
    if (reading) return;
    reading = true;
    try {
      while (again && socket.readyState === socket.OPEN) {
        again = false;
        // The embedded database answers without I/O: only a pause lets a broken socket be noticed, and others be served.
        while (socket.readyState === socket.OPEN && (await page())) await nextRound();
      }
    } catch (error) {
      logger.warn(
        { error: error instanceof Error ? error.name : 'unknown', conversationId },
        'stream could not be read',
      );
      socket.close(INTERNAL_ERROR);
    } finally {
      reading = false;
    }
  };

  const stop = log.watch(conversationId, (typing) => {
    if (typing === undefined) void pump();
    else if (typing !== 'resident') send(presenter.typing(conversationId, typing));
  });
  void pump();
  return { stop };
}

/** Keeps the sockets of each conversation, oldest first. */
function createTabs() {
  const tabs = new Map<string, Set<WebSocket>>();
  return (conversationId: string, socket: WebSocket): void => {
    const sockets = tabs.get(conversationId) ?? new Set();
    tabs.set(conversationId, sockets.add(socket));
    const [oldest] = sockets;
    if (sockets.size > MAX_SOCKETS) oldest?.close(POLICY, 'too many sockets');
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) tabs.delete(conversationId);
    });
  };
}

/** Closes a socket whose client sends too much, and cuts it when that goes on. */
function holdFlood(socket: WebSocket, now: () => number): void {
  let minute = now();
  let frames = 0;
  const count = () => {
    if (now() - minute >= 60_000) [minute, frames] = [now(), 0];
    frames += 1;
    if (frames === FRAMES_A_MINUTE + 1) socket.close(POLICY, 'too many frames');
    if (frames > 2 * FRAMES_A_MINUTE) socket.terminate();
  };
  socket.on('message', count).on('ping', count);
}

/** Finds sockets whose other end is gone without a word (a phone in a tunnel). */
function beat(server: WebSocketServer): NodeJS.Timeout {
  const waiting = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (waiting.has(socket)) {
        socket.terminate();
        continue;
      }
      waiting.add(socket);
      socket.once('pong', () => waiting.delete(socket));
      socket.ping();
    }
  }, PING_MS);
  return timer.unref();
}
