import { type FeatureSet, type Features, features } from './features';
import { type LinearModel, rarityOf, sigmoid } from './linearModel';

export interface Example {
  readonly words: readonly string[];
  readonly label: string;
  /** How much the example counts, 1 if left out. */
  readonly weight?: number;
}

export interface TrainOptions {
  readonly labels: readonly string[];
  readonly featureSet: FeatureSet;
  readonly epochs: number;
  readonly rate: number;
  /** A feature must occur in this many examples. */
  readonly minCount: number;
  readonly seed: number;
}

interface Row {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  readonly label: number;
  readonly weight: number;
}

/** Gradients smaller than this change nothing worth the time: after the first epochs they are most of them. */
const IGNORED_GRADIENT = 0.003;

/**
 * One-vs-rest logistic regression by Adagrad. The same examples, options and seed give the same bytes: order comes from
 * the seed only, and all sums run in that order.
 */
export function trainLinear(examples: readonly Example[], options: TrainOptions): LinearModel {
  const read = examples.map((example) => features(example.words, options.featureSet));
  const { hashes, rarity } = frequentHashes(read, options.minCount);
  const find = lookup(hashes);
  const index = new Map(options.labels.map((label, at) => [label, at]));
  const data = examples.map((example, at): Row => {
    return {
      ...rowsOf(read[at] as Features, find, rarity),
      label: index.get(example.label) ?? -1,
      weight: example.weight ?? 1,
    };
  });
  const size = options.labels.length;
  const weights = new Float32Array(hashes.length * size);
  const biases = new Float32Array(size).fill(-2);
  adagrad(data, weights, biases, options);
  const { labels, featureSet } = options;
  return { labels, featureSet, biases, ...inOrder(hashes, rarity, quantised(weights, size)) };
}

/** As they are met: what occurs often comes early and lies close together, which halves the time of training. */
function frequentHashes(read: readonly Features[], minCount: number): Pick<LinearModel, 'hashes' | 'rarity'> {
  const counts = new Map<number, number>();
  for (const { hashes } of read) for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const kept: number[] = [];
  for (const [hash, count] of counts) if (count >= minCount) kept.push(hash);
  const rarity = Uint8Array.from(kept, (hash) => rarityOf(counts.get(hash) as number, read.length));
  return { hashes: Uint32Array.from(kept), rarity };
}

function rowsOf(
  { hashes, values: plain }: Features,
  find: (hash: number) => number,
  rarity: Uint8Array,
): { rows: Int32Array; values: Float32Array } {
  const rows = new Int32Array(hashes.length);
  const values = new Float32Array(hashes.length);
  let kept = 0;
  let squares = 0;
  for (let at = 0; at < hashes.length; at += 1) {
    const row = find(hashes[at] as number);
    if (row < 0) continue;
    const value = (plain[at] as number) * (rarity[row] as number);
    rows[kept] = row;
    values[kept] = value;
    squares += value * value;
    kept += 1;
  }
  const length = Math.sqrt(squares) || 1;
  return { rows: rows.subarray(0, kept), values: values.subarray(0, kept).map((value) => value / length) };
}

function adagrad(data: readonly Row[], weights: Float32Array, biases: Float32Array, options: TrainOptions): void {
  const size = biases.length;
  const squares = new Float32Array(weights.length).fill(1e-3);
  const biasSquares = new Float32Array(size).fill(1);
  const random = randomFrom(options.seed);
  const order = Int32Array.from(data, (_, at) => at);
  const logits = new Float64Array(size);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const row = data[at] as Row;
      logitsOf(row, weights, biases, logits);
      for (let label = 0; label < size; label += 1) {
        const gradient = row.weight * (sigmoid(logits[label] as number) - (label === row.label ? 1 : 0));
        if (Math.abs(gradient) < IGNORED_GRADIENT) continue;
        step(row, label, gradient, { weights, squares, size, rate: options.rate });
        biasSquares[label] = (biasSquares[label] as number) + gradient * gradient;
        biases[label] = (biases[label] as number) - (options.rate * gradient) / Math.sqrt(biasSquares[label] as number);
      }
    }
  }
}

function logitsOf(row: Row, weights: Float32Array, biases: Float32Array, logits: Float64Array): void {
  const size = biases.length;
  logits.set(biases);
  for (let i = 0; i < row.rows.length; i += 1) {
    const start = (row.rows[i] as number) * size;
    const value = row.values[i] as number;
    for (let label = 0; label < size; label += 1) {
      logits[label] = (logits[label] as number) + (weights[start + label] as number) * value;
    }
  }
}

interface Weights {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly size: number;
  readonly rate: number;
}

function step(row: Row, label: number, gradient: number, { weights, squares, size, rate }: Weights): void {
  for (let i = 0; i < row.rows.length; i += 1) {
    const at = (row.rows[i] as number) * size + label;
    const slope = gradient * (row.values[i] as number);
    const sum = (squares[at] as number) + slope * slope;
    squares[at] = sum;
    weights[at] = (weights[at] as number) - (rate * slope) / Math.sqrt(sum);
  }
}

function quantised(weights: Float32Array, size: number): { weights: Int8Array; scales: Float32Array } {
  const largest = new Float32Array(size);
  for (let i = 0; i < weights.length; i += 1) {
    largest[i % size] = Math.max(largest[i % size] as number, Math.abs(weights[i] as number));
  }
  const scales = largest.map((value) => (value || 1) / 127);
  return { weights: Int8Array.from(weights, (weight, i) => Math.round(weight / (scales[i % size] as number))), scales };
}

/** By hash, as a model is searched. */
function inOrder(
  hashes: Uint32Array,
  rarity: Uint8Array,
  { weights, scales }: { readonly weights: Int8Array; readonly scales: Float32Array },
): Pick<LinearModel, 'hashes' | 'rarity' | 'weights' | 'scales'> {
  const size = scales.length;
  const order = Uint32Array.from(hashes, (_, at) => at).sort((a, b) => (hashes[a] as number) - (hashes[b] as number));
  const sorted = new Int8Array(weights.length);
  order.forEach((from, to) => {
    sorted.set(weights.subarray(from * size, (from + 1) * size), to * size);
  });
  return {
    hashes: Uint32Array.from(order, (at) => hashes[at] as number),
    rarity: Uint8Array.from(order, (at) => rarity[at] as number),
    weights: sorted,
    scales,
  };
}

/** mulberry32: small, fast, the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
}

/** Row of a hash, or -1: a table (open addressing, twice the size), since training looks up a hundred million times. */
function lookup(hashes: Uint32Array): (hash: number) => number {
  let size = 16;
  while (size < hashes.length * 2) size *= 2;
  const mask = size - 1;
  const rows = new Int32Array(size).fill(-1);
  hashes.forEach((hash, row) => {
    let at = hash & mask;
    while (rows[at] !== -1) at = (at + 1) & mask;
    rows[at] = row;
  });
  return (hash) => {
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const row = rows[at] as number;
      if (row === -1 || hashes[row] === hash) return row;
    }
  };
}
