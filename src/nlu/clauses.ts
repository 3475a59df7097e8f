import { sentences } from './normalise';

/** Shorter clauses say too little to be a request of their own. */
const FEWEST_WORDS = 3;

/** Parts of a message that may each ask for something: its sentences, and their halves around "and" where each half says enough. */
export function clauses(text: string, conjunctions: readonly string[]): readonly string[] {
  if (!conjunctions.length) return sentences(text);
  const joint = new RegExp(`[,;]?\\s+(?:${conjunctions.map(escaped).join('|')})\\s+`, 'iu');
  return sentences(text).flatMap((sentence) => {
    const parts = sentence.split(joint);
    return parts.every((part) => part.split(' ').length >= FEWEST_WORDS) ? parts : [sentence];
  });
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
