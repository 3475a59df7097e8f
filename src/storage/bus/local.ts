import type { Bus } from '../store';

/** The bus of one process. Listeners run after the publisher is done; one that throws disturbs neither it nor the others. */
export function localBus(): Bus {
  const listeners = new Map<string, Set<(hint: string) => void>>();
  return {
    publish(topic, hint = '') {
      for (const listener of listeners.get(topic) ?? []) {
        queueMicrotask(() => {
          // It may have unsubscribed meanwhile.
          if (listeners.get(topic)?.has(listener)) notify(listener, hint);
        });
      }
    },
    subscribe(topic, listener) {
      // One of its own, so that the same function may subscribe twice.
      const own = (hint: string) => listener(hint);
      const ofTopic = listeners.get(topic) ?? new Set();
      listeners.set(topic, ofTopic.add(own));
      return () => {
        ofTopic.delete(own);
        if (ofTopic.size === 0 && listeners.get(topic) === ofTopic) listeners.delete(topic);
      };
    },
    async close() {
      listeners.clear();
    },
  };
}

function notify(listener: (hint: string) => void, hint: string): void {
  try {
    listener(hint);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
