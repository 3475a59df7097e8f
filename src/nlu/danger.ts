import { features } from './features';
import { EMERGENCY } from './labels';
import { type LinearModel, scorer } from './linearModel';
import type { DangerReading } from './reader';

/** From what log-odds on a text is danger: where its words show a sign of danger, and where nothing but its manner does. */
export interface DangerThresholds {
  readonly signed: number;
  readonly unsigned: number;
}

/** How much a text sounds like danger. */
export interface DangerScore {
  readonly sign: boolean;
  /** Log-odds; minus infinity for a text that shows no sign and of which the models know nothing. */
  readonly logit: number;
}

/** Texts of which less than this share is known say nothing: neither danger nor anything else. */
const LEAST_KNOWN = 0.3;

export function isDanger({ sign, logit }: DangerScore, { signed, unsigned }: DangerThresholds): boolean {
  return logit >= (sign ? signed : unsigned);
}

/**
 * Two witnesses that do not know of each other. Signs of danger are written by hand (`src/nlu/data/danger/`): rarely wrong, but they know only
 * what somebody thought of. The models learn from texts: what the detector of danger alone says, plus by how much the intent model
 * prefers `emergency` to all other labels together. Without a sign they must be sure; with one they can only veto.
 */
export function dangerScorer(intents: LinearModel, emergency: LinearModel): (reading: DangerReading) => DangerScore {
  const all = scorer(intents);
  const alone = scorer(emergency);
  const at = intents.labels.indexOf(EMERGENCY);
  return ({ words, sign }) => {
    const read = features(words, emergency.featureSet);
    const { logits: own, known } = alone.score(read);
    if (!sign && known < LEAST_KNOWN) return { sign, logit: Number.NEGATIVE_INFINITY };
    if (at < 0) return { sign, logit: own[0] ?? 0 };
    const { logits } = all.score(read);
    const others = logits.reduce((sum, logit, label) => (label === at ? sum : sum + Math.exp(logit)), 0);
    return { sign, logit: (own[0] ?? 0) + (logits[at] ?? 0) - Math.log(others || 1) };
  };
}
