/** What became of one look at a conversation: whether there may be more to do, and when to look. */
export type StepResult = { readonly more: false } | { readonly more: true; readonly afterMs?: number };

export interface ConversationQueue {
  /** There may be something to do in a conversation. Many calls at once are one look. */
  wake(conversationId: string): void;
  /** Takes nothing new; resolves when what runs has ended (true) or the time is over (false). */
  drain(ms: number): Promise<boolean>;
  /** Nothing runs and nothing waits. */
  idle(): boolean;
}

/**
 * One step at a time in each conversation, up to `parallel` conversations at once. A conversation with more to do goes to the
 * back of the line, so that a chatty one cannot starve the others.
 */
export function createConversationQueue(
  step: (conversationId: string) => Promise<StepResult>,
  parallel: number,
): ConversationQueue {
  const waiting = new Set<string>();
  const running = new Set<string>();
  const again = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const idleListeners = new Set<() => void>();
  let closed = false;

  function wake(conversationId: string): void {
    if (closed) return;
    if (running.has(conversationId)) again.add(conversationId);
    else waiting.add(conversationId);
    pump();
  }

  function wakeLater(conversationId: string, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake(conversationId);
    }, ms);
    timers.add(timer);
  }

  function pump(): void {
    for (const conversationId of waiting) {
      if (running.size >= parallel) return;
      waiting.delete(conversationId);
      running.add(conversationId);
      void work(conversationId);
    }
  }

  async function work(conversationId: string): Promise<void> {
    const result = await step(conversationId).catch((): StepResult => ({ more: false }));
    running.delete(conversationId);
    const wokenMeanwhile = again.delete(conversationId);
    if (result.more && result.afterMs) wakeLater(conversationId, result.afterMs);
    else if (result.more || wokenMeanwhile) wake(conversationId);
    pump();
    if (idle()) for (const listener of idleListeners) listener();
  }

  const idle = () => running.size === 0 && waiting.size === 0;

  return {
    wake,
    idle,
    async drain(ms) {
      for (const timer of timers) clearTimeout(timer);
      const ended = await until(idle, idleListeners, ms);
      closed = true;
      waiting.clear();
      return ended;
    },
  };
}

async function until(reached: () => boolean, listeners: Set<() => void>, ms: number): Promise<boolean> {
  if (reached()) return true;
  let timer: NodeJS.Timeout | undefined;
  const result = await new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
    listeners.add(() => resolve(true));
  });
  clearTimeout(timer);
  return result;
}
