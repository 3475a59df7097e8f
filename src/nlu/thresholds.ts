import type { Scored, ScoredDanger } from './crossValidation';
import type { DangerThresholds } from './danger';
import { NONE } from './labels';
import { inScope, probabilities, ranked, type Thresholds } from './probabilities';

/** Of the messages acted on, this share must have been understood: 93 %, and a little more since services left out confuse nobody. */
const ACT_RIGHT = 0.935;
/** Of the messages that are the council's business, this share must at least be asked about. */
const ASKED_RECALL = 0.97;
/** Of the texts that show a sign of danger and mean it, the share that no veto may take away. */
const SIGNED_RECALL = 0.985;
/** Of the calm texts that show no sign, the share that may raise an alarm all the same. */
const UNSIGNED_ALARMS = 0.01;

/** The slope that makes probabilities honest: least negative log-likelihood of what the held-out texts really were. */
export function slopeOf(scored: readonly Scored[]): number {
  const taught = scored.filter(({ labels, truth }) => labels.includes(truth));
  let best = { slope: 1, loss: Number.POSITIVE_INFINITY };
  for (let slope = 0.3; slope <= 4; slope += 0.05) {
    const loss = taught.reduce((sum, { logits, labels, truth }) => {
      const p = probabilities(logits, slope)[labels.indexOf(truth)] as number;
      return sum - Math.log(Math.max(p, 1e-6));
    }, 0);
    if (loss < best.loss) best = { slope: Math.round(slope * 100) / 100, loss };
  }
  return best.slope;
}

/** Cuts the bands on held-out texts; services left out of training say where to ask rather than refuse, not where to act. */
export function bandThresholds(scored: readonly Scored[], slope: number): Thresholds {
  const read = scored.map(({ utterance, logits, labels, truth }) => {
    const guesses = ranked(labels, probabilities(logits, slope));
    const [top] = guesses;
    return { taught: truth === utterance.label, truth, top, scope: inScope(guesses) };
  });
  const acts = read.flatMap(({ taught, truth, top }) =>
    taught && top && top.intent !== NONE ? [{ confidence: top.confidence, right: truth === top.intent }] : [],
  );
  const wanted = read.filter(({ truth }) => truth !== NONE).map(({ scope }) => scope);
  return { act: leastSure(acts, ACT_RIGHT), ask: quantile(wanted, 1 - ASKED_RECALL) };
}

/** The least confidence, in hundredths, from which on enough guesses are right. */
function leastSure(acts: readonly { readonly confidence: number; readonly right: boolean }[], share: number): number {
  for (let cut = 30; cut < 95; cut += 1) {
    const bold = acts.filter(({ confidence }) => confidence * 100 >= cut);
    if (bold.filter(({ right }) => right).length >= share * bold.length) return cut / 100;
  }
  return 0.95;
}

/** With a sign, as low as real danger goes; without one, as low as false alarms allow. */
export function dangerThresholds(scored: readonly ScoredDanger[]): DangerThresholds {
  const logits = (danger: boolean, sign: boolean): readonly number[] =>
    scored.filter((one) => one.danger === danger && one.sign === sign).map(({ logit }) => logit);
  return {
    signed: quantile(logits(true, true), 1 - SIGNED_RECALL),
    unsigned: quantile(logits(false, false), 1 - UNSIGNED_ALARMS),
  };
}

/** Rounded down to three digits, so that a threshold reads well and still lets its own value through. */
function quantile(values: readonly number[], share: number): number {
  if (!values.length) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  return Math.floor(value * 1000) / 1000;
}
