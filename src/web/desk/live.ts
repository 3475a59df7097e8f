import type { Push, Watch } from '../../handoff/api';

export interface Live {
  /** Which conversation is on the screen. */
  watch(id: string | null): void;
  close(): void;
}

interface Listener {
  onPush(push: Push): void;
  onState(connected: boolean): void;
  onSignedOut(): void;
}

const SIGNED_OUT = 4401;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** The socket that says when there is something new. It comes back by itself; whoever listens catches up on `hello`. */
export function connect(listener: Listener): Live {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let open: string | null = null;
  let ended = false;

  const say = (): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'watch', id: open } satisfies Watch));
  };
  const dial = (): void => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/desk/stream`);
    socket.onopen = () => {
      wait = FIRST_WAIT_MS;
      listener.onState(true);
      say();
    };
    socket.onmessage = (event) => listener.onPush(JSON.parse(String(event.data)) as Push);
    socket.onclose = (event) => {
      if (ended) return;
      listener.onState(false);
      if (event.code === SIGNED_OUT) return listener.onSignedOut();
      // Not all at once after a restart of the server.
      timer = setTimeout(dial, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  dial();
  return {
    watch(id) {
      open = id;
      say();
    },
    close() {
      ended = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
