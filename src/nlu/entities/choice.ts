import type { Entity, LexiconEntry } from '../../conversation/ports';
import { isOneSlip } from '../fuzzyIndex';
import { plainWords, type Token } from './tokens';

interface Phrase {
  readonly slot: string;
  readonly value: string;
  readonly words: readonly string[];
}

export type ChoiceFinder = (text: string, read: readonly Token[]) => readonly Entity[];

/**
 * Choices named in a message, for every slot the longest phrase at each place: "green bin" rather than "bin". Endings may differ
 * (`zielony kosz`, `zielonego kosza`, `bins`), longer words may have one slip.
 * @param endings the language's endings, `s` and `es`; none given: any that are short
 */
export function choiceFinder(lexicon: readonly LexiconEntry[], endings: readonly string[]): ChoiceFinder {
  const byLetter = new Map<string, Phrase[]>();
  for (const { slot, value, phrases } of lexicon) {
    for (const words of phrases.map(plainWords)) {
      const letter = words[0]?.[0];
      if (letter !== undefined) byLetter.set(letter, [...(byLetter.get(letter) ?? []), { slot, value, words }]);
    }
  }
  return (text, read) => {
    const found = read.flatMap((token, at) =>
      (byLetter.get(token.plain[0] ?? '') ?? [])
        .filter(({ words }) =>
          words.every((word, offset) => isSameWord(word, read[at + offset]?.plain, endings, words.length === 1)),
        )
        .map((phrase) => asEntity(text, read, at, phrase)),
    );
    return found.filter((entity) => !found.some((other) => hides(other, entity, found)));
  };
}

function asEntity(text: string, read: readonly Token[], at: number, { slot, value, words }: Phrase): Entity {
  const start = (read[at] as Token).start;
  const end = (read[at + words.length - 1] as Token).end;
  return { kind: 'choice', slot, value, text: text.slice(start, end), start, end };
}

/** Of one slot, a longer match hides a shorter one it overlaps; of equals the first stays. */
function hides(other: Entity, entity: Entity, order: readonly Entity[]): boolean {
  if (other === entity || other.slot !== entity.slot || other.start >= entity.end || entity.start >= other.end)
    return false;
  const longer = other.end - other.start - (entity.end - entity.start);
  return longer > 0 || (longer === 0 && order.indexOf(other) < order.indexOf(entity) && other.value === entity.value);
}

const SHORTEST_SINGULAR = 4;

/** Inflection changes at most the last letters; what is left must be most of the word. */
function isSameWord(word: string, said: string | undefined, endings: readonly string[], alone: boolean): boolean {
  if (said === undefined) return false;
  if (word === said) return true;
  if (word.length < 3 || /\d/.test(word)) return false;
  // Alone, a short word is no shortened plural: "can you" names no cans.
  const isShort = alone && said.length < SHORTEST_SINGULAR;
  if (endings.some((ending) => said === word + ending || (!isShort && word === said + ending))) return true;
  if (said.startsWith(word)) return !endings.length && said.length - word.length <= (word.length > 3 ? 3 : 1);
  if (word.length < 5 || said.length < 4) return false;
  return isOneSlip(word, said) || (!endings.length && isInflected(word, said));
}

function isInflected(word: string, said: string): boolean {
  let shared = 0;
  while (shared < word.length && word[shared] === said[shared]) shared += 1;
  return shared >= Math.max(4, word.length - 2) && said.length - shared <= 3;
}
