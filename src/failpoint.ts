import type { Config } from './config';

/**
 * A named place where a fault test ends the process, as a power cut would: at the n-th pass, by SIGKILL. Without `WANDLE_FAILPOINT`
 * (always so in production) it does nothing.
 */
export function createFailpoint(wanted: Config['failpoint']): (name: string) => void {
  if (!wanted) return () => {};
  let passes = 0;
  return (name) => {
    if (name !== wanted.name) return;
    passes += 1;
    if (passes === wanted.hit) process.kill(process.pid, 'SIGKILL');
  };
}
