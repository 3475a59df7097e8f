import { EMERGENCY, NONE } from './labels';

export interface Guess {
  readonly intent: string;
  readonly confidence: number;
}

/** Log-odds → probabilities that add up to 1. The slope, cut by cross-validation, is what makes them honest. */
export function probabilities(logits: Float32Array, slope: number): readonly number[] {
  const highest = Math.max(...logits);
  const each = Array.from(logits, (logit) => Math.exp((logit - highest) * slope));
  const sum = each.reduce((total, value) => total + value, 0);
  return each.map((value) => value / sum);
}

/** Best first; equal ones in the order of the labels. */
export function ranked(labels: readonly string[], values: readonly number[]): readonly Guess[] {
  return labels
    .map((intent, at) => ({ intent, confidence: values[at] as number }))
    .sort((a, b) => b.confidence - a.confidence);
}

export interface Thresholds {
  readonly act: number;
  readonly ask: number;
}

/** The probability that a message is any of the council's business. */
export function inScope(guesses: readonly Guess[]): number {
  return 1 - (guesses.find(({ intent }) => intent === NONE)?.confidence ?? 0);
}

/** To act, the best label must be clear; to ask, the message must look like the council's business at all. */
export function bandOf(guesses: readonly Guess[], { act, ask }: Thresholds): 'act' | 'ask' | 'none' {
  const [top] = guesses;
  if (top && top.intent !== NONE && top.confidence >= act) return 'act';
  return inScope(guesses) >= ask ? 'ask' : 'none';
}

/**
 * The guesses as the detector of danger leaves them: it alone says what is danger. A message it calls danger is one first of all; one it does
 * not is something else first, with danger next, should the guesses have put that first.
 */
export function withVerdict(guesses: readonly Guess[], isDanger: boolean): readonly Guess[] {
  const [top, second, ...rest] = guesses;
  if (!top || isDanger === (top.intent === EMERGENCY)) return guesses;
  if (isDanger) {
    const others = guesses.filter(({ intent }) => intent !== EMERGENCY);
    return [{ intent: EMERGENCY, confidence: top.confidence }, ...others];
  }
  return second ? [second, { ...top, confidence: second.confidence }, ...rest] : guesses;
}
