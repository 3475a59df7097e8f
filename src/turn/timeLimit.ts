/** The work took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

const TICKS = 20;

/**
 * Waits for `work`, but not longer than `limitMs`. The limit is counted in ticks of our own event loop: a process that was
 * suspended for a minute has not let its bot run for that minute, and must not give up every turn that was under way.
 * @throws TookTooLong; `work` itself cannot be stopped, its late result is ignored
 */
export async function withinLimit(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    let left = TICKS;
    timer = setInterval(() => {
      left -= 1;
      if (left === 0) reject(new TookTooLong(`no result within ${limitMs} ms`));
    }, limitMs / TICKS);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearInterval(timer);
    work.catch(() => undefined);
  }
}
