import type { Scored } from './crossValidation';
import { EMERGENCY, NONE } from './labels';
import { inScope, probabilities, ranked, type Thresholds } from './probabilities';

/** Acting wrongly costs a resident this many times what one needless question does. */
const WRONG_ACT_COST = 4;
/** Of the messages that are the council's business, this share must at least be asked about. */
const ASKED_RECALL = 0.97;
/** Danger that must be seen, and the most false alarms borne for it. */
const DANGER_RECALL = 0.99;
const FALSE_ALARMS = 0.03;

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

/** Cuts the bands where held-out texts, and services left out of training, cost least. */
export function bandThresholds(scored: readonly Scored[], slope: number): Thresholds {
  const read = scored.map(({ logits, labels, truth }) => {
    const guesses = ranked(labels, probabilities(logits, slope));
    return { truth, top: guesses[0]?.intent, score: guesses[0]?.confidence ?? 0, scope: inScope(guesses) };
  });
  const acts = read.filter(({ top }) => top !== NONE);
  const cuts = Array.from({ length: 91 }, (_, at) => (at + 5) / 100);
  const costs = cuts.map((cut) =>
    acts.reduce((sum, { truth, top, score }) => {
      if (score < cut) return sum + (truth === top ? 1 : 0);
      return sum + (truth === top ? 0 : WRONG_ACT_COST);
    }, 0),
  );
  const act = cuts[costs.indexOf(Math.min(...costs))] as number;
  const wanted = read.filter(({ truth }) => truth !== NONE).map(({ scope }) => scope);
  return { act, ask: quantile(wanted, 1 - ASKED_RECALL) };
}

/** The highest log-odds at which danger is still seen, moved up while false alarms are too many but never above half of it missed. */
export function emergencyThreshold(scored: readonly Scored[]): number {
  const logit = ({ logits }: Scored): number => logits[0] as number;
  const danger = scored.filter(({ truth }) => truth === EMERGENCY).map(logit);
  const calm = scored.filter(({ truth }) => truth !== EMERGENCY).map(logit);
  const seen = quantile(danger, 1 - DANGER_RECALL);
  const quiet = quantile(calm, 1 - FALSE_ALARMS);
  return Math.min(Math.max(seen, quiet), quantile(danger, 0.1));
}

/** Rounded down to three digits, so that a threshold reads well and still lets its own value through. */
function quantile(values: readonly number[], share: number): number {
  if (!values.length) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  return Math.floor(value * 1000) / 1000;
}
