import type { RateLimits } from '../store';

/** Calls between sweeps of keys whose window has passed. */
const SWEEP_EVERY = 1_000;

/** The limits of one process. What is refused is not counted, so a key's memory is bounded by its limit. */
export function localRateLimits(now: () => number): RateLimits {
  const counted = new Map<string, { readonly times: readonly number[]; readonly until: number }>();
  let calls = 0;
  return {
    async allow(key, limit, windowMs) {
      const at = now();
      if (++calls % SWEEP_EVERY === 0) {
        for (const [old, { until }] of counted) if (until <= at) counted.delete(old);
      }
      const times = (counted.get(key)?.times ?? []).filter((time) => time > at - windowMs);
      const allowed = times.length < limit;
      if (allowed) counted.set(key, { times: [...times, at], until: at + windowMs });
      return allowed;
    },
    async close() {
      counted.clear();
    },
  };
}
