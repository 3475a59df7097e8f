import type { Clock } from './conversation/ports';

/** The system's clock, moved by `shift` milliseconds (WANDLE_NOW). */
export const systemClock = (shift = 0): Clock => ({ now: () => Date.now() + shift });
