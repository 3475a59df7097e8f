/** A seeded source of choices: the same seed makes the same run. */
export interface Chance {
  /** 0 ≤ n < most */
  below(most: number): number;
  of<T>(choices: readonly T[]): T;
  /** True in so many of a hundred. */
  percent(many: number): boolean;
}

/** Mulberry32: 32 bits of state are enough to choose. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, of: (choices) => choices[below(choices.length)] as never, percent: (many) => below(100) < many };
}
