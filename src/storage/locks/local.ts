import type { Locks } from '../store';

/** The locks of one process. A holder keeps its lock until its work ends, whatever the lease: the process is alive. */
export function localLocks(): Locks {
  const held = new Set<string>();
  return {
    async tryWith(name, _leaseMs, work) {
      if (held.has(name)) return undefined;
      held.add(name);
      try {
        return { value: await work() };
      } finally {
        held.delete(name);
      }
    },
    async close() {
      held.clear();
    },
  };
}
