import type { RateLimits } from '../store';

/** Calls between sweeps of keys whose window has passed. */
const SWEEP_EVERY = 1_000;

/** The limits of one process. What is refused is not counted, so a key's memory is bounded by its limit. */
export function localRateLimits(now: () => number): RateLimits {
  const counted = new Map<string, { readonly times: number[]; readonly until: number }>();
  let calls = 0;
  return {
    async allow(key, limit, windowMs) {
      const at = now();
      if (++calls % SWEEP_EVERY === 0) {
        for (const [old, { until }] of counted) if (until <= at) counted.delete(old);
      }
      const times = counted.get(key)?.times ?? [];
      // In place: a busy address has thousands.
      while (times[0] !== undefined && times[0] <= at - windowMs) times.shift();
      const allowed = times.length < limit;
      if (allowed) {
        times.push(at);
        counted.set(key, { times, until: at + windowMs });
      }
      return allowed;
    },
    async close() {
      counted.clear();
    },
  };
}
