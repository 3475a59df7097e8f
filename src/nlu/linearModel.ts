import type { FeatureSet, Features } from './features';

/** One-vs-rest linear classifier over hashed features, weights as int8 with one scale per label. */
export interface LinearModel {
  readonly labels: readonly string[];
  readonly featureSet: FeatureSet;
  /** Feature hashes in ascending order; row `i` of `weights` belongs to `hashes[i]`. */
  readonly hashes: Uint32Array;
  /** How rare each feature is, `rarityOf`: a feature counts by it. */
  readonly rarity: Uint8Array;
  /** Row-major, one row of `labels.length` weights for each hash. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
}

/** A model made ready to score. */
export interface Scorer {
  readonly labels: readonly string[];
  readonly featureSet: FeatureSet;
  /** Log-odds of each label; `known` is the share of the text's weight that the model has seen in training. */
  score(features: Features): { readonly logits: Float32Array; readonly known: number };
}

/** Scoring allocates one small array. */
export function scorer(model: LinearModel): Scorer {
  const { labels, hashes: rows, rarity, weights, scales, biases } = model;
  const size = labels.length;
  return {
    labels,
    featureSet: model.featureSet,
    score: ({ hashes, values }) => {
      const logits = new Float32Array(size);
      let seen = 0;
      let squares = 0;
      for (let i = 0; i < hashes.length; i += 1) {
        const row = rowOf(rows, hashes[i] as number);
        if (row < 0) continue;
        const plain = values[i] as number;
        seen += plain * plain;
        const value = plain * (rarity[row] as number);
        squares += value * value;
        const start = row * size;
        for (let label = 0; label < size; label += 1) {
          logits[label] = (logits[label] as number) + (weights[start + label] as number) * value;
        }
      }
      const length = Math.sqrt(squares) || 1;
      for (let label = 0; label < size; label += 1) {
        logits[label] = ((logits[label] as number) / length) * (scales[label] as number) + (biases[label] as number);
      }
      return { logits, known: seen };
    },
  };
}

const STEPS = 24;

/** What a feature that `count` of `total` texts have counts for, in 24ths of a natural logarithm: the rarer, the more it says. */
export function rarityOf(count: number, total: number): number {
  return Math.min(255, Math.round(STEPS * Math.log(total / count)));
}

/** Row of a hash in an ascending list, or -1. A search needs nothing built before the first message, a table takes a tenth of a second. */
function rowOf(hashes: Uint32Array, hash: number): number {
  let low = 0;
  let high = hashes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = hashes[middle] as number;
    if (found === hash) return middle;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
