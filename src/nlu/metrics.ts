import type { Scored } from './crossValidation';
import { NONE } from './labels';
import { inScope, probabilities, ranked, withVerdict } from './probabilities';

/** One held-out message, read. */
export interface Judged {
  readonly scored: Scored;
  readonly top: readonly string[];
  readonly confidence: number;
  /** How much it looks like the council's business. */
  readonly scope: number;
  readonly right: boolean;
}

/** `isDanger`: what the detector of danger said; undefined where it was not asked. */
export function judge(scored: Scored, slope: number, isDanger?: boolean): Judged {
  const read = ranked(scored.labels, probabilities(scored.logits, slope));
  const guesses = isDanger === undefined ? read : withVerdict(read, isDanger);
  const top = guesses.slice(0, 3).map(({ intent }) => intent);
  return {
    scored,
    top,
    confidence: guesses[0]?.confidence ?? 0,
    scope: inScope(guesses),
    right: top[0] === scored.truth,
  };
}

export function share<T>(list: readonly T[], test: (item: T) => boolean): number {
  return list.length ? list.filter(test).length / list.length : Number.NaN;
}

/** Mean of the labels' F1: a rare label counts as much as a frequent one. */
export function macroF1(judged: readonly Judged[]): number {
  const labels = [...new Set(judged.map(({ scored }) => scored.truth))];
  const scores = labels.map((label) => {
    const hits = judged.filter(({ scored, right }) => right && scored.truth === label).length;
    const said = judged.filter(({ top }) => top[0] === label).length;
    const there = judged.filter(({ scored }) => scored.truth === label).length;
    return (2 * hits) / (said + there);
  });
  return scores.reduce((sum, score) => sum + score, 0) / labels.length;
}

/** Expected calibration error over ten bins of confidence. */
export function calibrationError(judged: readonly Judged[]): number {
  const bins = Array.from({ length: 10 }, (_, bin) =>
    judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin),
  );
  return bins.reduce((sum, bin) => {
    if (!bin.length) return sum;
    const mean = bin.reduce((total, { confidence }) => total + confidence, 0) / bin.length;
    return sum + (Math.abs(mean - share(bin, ({ right }) => right)) * bin.length) / judged.length;
  }, 0);
}

/** Area under the curve: the chance that a message in scope scores above one out of scope. */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  const all = [
    ...inside.map((value) => ({ value, inside: true })),
    ...outside.map((value) => ({ value, inside: false })),
  ];
  all.sort((a, b) => a.value - b.value);
  const ranks = all.reduce((sum, item, at) => sum + (item.inside ? at + 1 : 0), 0);
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** Share of out-of-scope messages let through where 90 % of those in scope are. */
export function falsePositivesAt90(inside: readonly number[], outside: readonly number[]): number {
  const cut = [...inside].sort((a, b) => a - b)[Math.floor(inside.length * 0.1)] ?? 0;
  return share(outside, (value) => value >= cut);
}

export function isOutOfScope({ scored }: Judged): boolean {
  return scored.truth === NONE;
}
