import type { Outgoing } from './protocol';

/** The server's answer was not a success. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }

  /** The same again would be refused again: too large, not allowed, not understood. */
  get forGood(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 403, 404, 408, 429].includes(this.status);
  }
}

export interface OutboxOptions {
  readonly waiting: readonly Outgoing[];
  /** Resolves when the server has it. @throws Refused, or any error of the network */
  readonly post: (outgoing: Outgoing) => Promise<unknown>;
  /** Told after each change. */
  readonly changed: () => void;
  readonly settled: (outgoing: Outgoing, state: 'sending' | 'failed' | 'refused' | 'acknowledged') => void;
}

/** Messages on their way out, one after the other, each until the server has it. */
export class Outbox {
  private waiting: readonly Outgoing[];
  private sending = false;
  private readonly options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.waiting = options.waiting;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** What a reload can go on with: files live no longer than the page. */
  get keepable(): readonly Outgoing[] {
    return this.waiting.filter(({ files }) => !files);
  }

  add(outgoing: Outgoing): void {
    this.waiting = [...this.waiting, outgoing];
    this.options.changed();
  }

  clear(): void {
    this.waiting = [];
  }

  /** Sends what waits. False when it has to wait for a better connection. */
  async flush(): Promise<boolean> {
    if (this.sending) return true;
    this.sending = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        if (!(await this.deliver(next))) return false;
        this.waiting = this.waiting.filter((outgoing) => outgoing !== next);
        this.options.changed();
      }
      return true;
    } finally {
      this.sending = false;
    }
  }

  private async deliver(outgoing: Outgoing): Promise<boolean> {
    const { settled, post } = this.options;
    settled(outgoing, 'sending');
    try {
      await post(outgoing);
      settled(outgoing, 'acknowledged');
      return true;
    } catch (error) {
      const refused = error instanceof Refused && error.forGood;
      settled(outgoing, refused ? 'refused' : 'failed');
      return refused;
    }
  }
}
