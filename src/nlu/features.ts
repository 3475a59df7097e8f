import { fold } from './normalise';

/** Hashed features of one text: parallel arrays, values normalised so that their squares add up to 1. */
export interface Features {
  readonly hashes: Uint32Array;
  readonly values: Float32Array;
}

/** Which features a model reads: `topic` for intents and danger, `script` for the language. */
export type FeatureSet = 'topic' | 'script';

const GRAMS: { readonly [set in FeatureSet]: readonly [min: number, max: number] } = { topic: [3, 4], script: [1, 4] };
const WORD = 1;
const PAIR = 2;
const GRAM = 3;
const ACCENTED = 4;
const CLASS = 5;
/** A class says more than a word: it counts as much as this many. */
const CLASS_WEIGHT = 4;
const CLASSES = 6;
const STEMS = 7;
/** Of a word, what stays the same where its ending changes. */
const STEM = 4;

/**
 * Character n-grams inside words and, for topics, words, pairs of words and pairs of their beginnings. Digits count as `0`: which number it is says
 * nothing about the topic. Words with accents add a feature of their own next to their folded form.
 */
export function features(words: readonly string[], set: FeatureSet): Features {
  const counts = new Map<number, number>();
  const add = (hash: number): void => void counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let previous = '^';
  for (const raw of words) {
    if (raw.startsWith('#')) {
      counts.set(hashOf(CLASS, raw), CLASS_WEIGHT);
      continue;
    }
    const word = raw.replace(/[0-9]/g, '0');
    const plain = set === 'topic' ? fold(word) : word;
    addGrams(plain, GRAMS[set], add);
    if (set === 'script') {
      add(hashOf(WORD, word));
      continue;
    }
    add(hashOf(WORD, plain));
    add(hashOf(PAIR, `${previous} ${plain}`));
    add(hashOf(STEMS, `${previous.slice(0, STEM)} ${plain.slice(0, STEM)}`));
    if (plain !== word) add(hashOf(ACCENTED, word));
    previous = plain;
  }
  if (set === 'topic') add(hashOf(PAIR, `${previous} $`));
  addClassPairs(words, add);
  return normalised(counts);
}

/** A vehicle says little and fire says danger; a burning vehicle is one thing, a burnt-out one another. */
function addClassPairs(words: readonly string[], add: (hash: number) => void): void {
  const classes = words.filter((word) => word.startsWith('#'));
  for (const [at, first] of classes.entries()) {
    for (const second of classes.slice(at + 1)) add(hashOf(CLASSES, `${first} ${second}`));
  }
}

function addGrams(word: string, [min, max]: readonly [number, number], add: (hash: number) => void): void {
  const padded = `_${word}_`;
  for (let size = min; size <= max; size += 1) {
    for (let at = 0; at + size <= padded.length; at += 1) add(hashOf(GRAM, padded.slice(at, at + size)));
  }
}

function normalised(counts: ReadonlyMap<number, number>): Features {
  const hashes = new Uint32Array(counts.size);
  const values = new Float32Array(counts.size);
  let at = 0;
  let squares = 0;
  for (const [hash, count] of counts) {
    const value = 1 + Math.log(count);
    hashes[at] = hash;
    values[at] = value;
    squares += value * value;
    at += 1;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) / length;
  return { hashes, values };
}

/** FNV-1a over UTF-16 units, seeded by the kind of feature. */
function hashOf(kind: number, text: string): number {
  let hash = Math.imul(0x811c9dc5 ^ kind, 0x01000193);
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
