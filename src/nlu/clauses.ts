import { sentences } from './normalise';

/** Shorter clauses say too little to be a request of their own. */
const FEWEST_WORDS = 3;

/**
 * Parts of a message that may each ask for something: its sentences, and their halves around "and". A half that says too little belongs
 * to the one after it, the last to the one before.
 */
export function clauses(text: string, conjunctions: readonly string[]): readonly string[] {
  if (!conjunctions.length) return sentences(text);
  const joint = new RegExp(`([,;]?\\s+(?:${conjunctions.map(escaped).join('|')})\\s+)`, 'iu');
  return sentences(text).flatMap((sentence) => {
    const parts = joined(sentence.split(joint));
    return parts.length < 2 ? [sentence] : parts;
  });
}

/** @param pieces parts and, between them, what joins them */
function joined(pieces: readonly string[]): readonly string[] {
  const parts: string[] = [];
  let open = '';
  for (const [at, piece] of pieces.entries()) {
    const isJoint = at % 2 === 1;
    if (isJoint && open === '') continue;
    open += piece;
    if (isJoint || wordCount(open) < FEWEST_WORDS) continue;
    parts.push(open);
    open = '';
  }
  if (open === '') return parts;
  const before = parts.pop();
  return before === undefined ? [open] : [...parts, `${before} ${open}`];
}

const wordCount = (text: string): number => text.trim().split(/\s+/).length;

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
