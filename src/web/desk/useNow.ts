import { useEffect, useState } from 'preact/hooks';

const TICK_MS = 10_000;

/** The server's clock, refreshed often enough for waiting times. */
export function useNow(offset: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + offset;
}
