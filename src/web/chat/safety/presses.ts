const PRESSES = 3;
/** As long as GOV.UK's "Exit this page" waits for its keys. */
const WITHIN_MS = 5000;

/** Counts Escape pressed three times in a row, each soon after the one before; true with the third. */
export function createPresses(): (press: {
  readonly key: string;
  readonly repeat: boolean;
  readonly at: number;
}) => boolean {
  let count = 0;
  let last = 0;
  return ({ key, repeat, at }) => {
    if (repeat) return false;
    count = key !== 'Escape' ? 0 : at - last > WITHIN_MS ? 1 : count + 1;
    last = at;
    return count >= PRESSES;
  };
}
