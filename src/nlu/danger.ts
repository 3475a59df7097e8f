import { features } from './features';
import { EMERGENCY } from './labels';
import { type LinearModel, scorer } from './linearModel';

/**
 * How much a text sounds like danger, in log-odds: what the detector of danger alone says, plus by how much the intent model prefers
 * `emergency` to all other labels together. Each sees what the other misses; measured, the sum beats both.
 */
export function dangerScorer(intents: LinearModel, emergency: LinearModel): (words: readonly string[]) => number {
  const all = scorer(intents);
  const alone = scorer(emergency);
  const at = intents.labels.indexOf(EMERGENCY);
  return (words) => {
    const read = features(words, emergency.featureSet);
    const own = alone.score(read).logits[0] ?? 0;
    if (at < 0) return own;
    const { logits } = all.score(read);
    const others = logits.reduce((sum, logit, label) => (label === at ? sum : sum + Math.exp(logit)), 0);
    return own + (logits[at] ?? 0) - Math.log(others || 1);
  };
}
