/** What became of one look at a conversation: whether there may be more to do, and when to look. */
export type StepResult = { readonly more: false } | { readonly more: true; readonly afterMs?: number };

type Step = (conversationId: string) => Promise<StepResult>;

/**
 * One step at a time in each conversation, up to `parallel` conversations at once. A conversation with more to do goes to the
 * back of the line, so that a chatty one cannot starve the others.
 */
export class ConversationQueue {
  readonly #step: Step;
  readonly #parallel: number;
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  /** Woken while they ran. */
  readonly #again = new Set<string>();
  /** One for each conversation that is to be looked at later. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #onIdle: (() => void) | undefined;
  #closed = false;

  /** @param step must not throw */
  constructor(step: Step, parallel: number) {
    this.#step = step;
    this.#parallel = parallel;
  }

  /** There may be something to do in a conversation. Many calls before it gets its turn are one look. */
  wake(conversationId: string): void {
    if (this.#closed) return;
    if (this.#running.has(conversationId)) this.#again.add(conversationId);
    else this.#waiting.add(conversationId);
    this.#pump();
  }

  /** Finishes what waits and runs, then takes nothing more. Answers false when there was not enough time. */
  async drain(ms: number): Promise<boolean> {
    for (const later of this.#timers.values()) clearTimeout(later);
    let timer: NodeJS.Timeout | undefined;
    const ended = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
      this.#onIdle = () => resolve(true);
      this.#tellIdle();
    });
    clearTimeout(timer);
    this.#closed = true;
    this.#waiting.clear();
    return ended;
  }

  #pump(): void {
    for (const conversationId of this.#waiting) {
      if (this.#running.size >= this.#parallel) return;
      this.#waiting.delete(conversationId);
      this.#running.add(conversationId);
      void this.#run(conversationId);
    }
  }

  async #run(conversationId: string): Promise<void> {
    const result = await this.#step(conversationId);
    this.#running.delete(conversationId);
    const wokenMeanwhile = this.#again.delete(conversationId);
    if (result.more && result.afterMs) this.#wakeLater(conversationId, result.afterMs);
    else if (result.more || wokenMeanwhile) this.wake(conversationId);
    this.#pump();
    this.#tellIdle();
  }

  #wakeLater(conversationId: string, ms: number): void {
    if (this.#onIdle || this.#timers.has(conversationId)) return;
    const look = () => {
      this.#timers.delete(conversationId);
      this.wake(conversationId);
    };
    this.#timers.set(conversationId, setTimeout(look, ms));
  }

  #tellIdle(): void {
    if (this.#running.size === 0 && this.#waiting.size === 0) this.#onIdle?.();
  }
}
