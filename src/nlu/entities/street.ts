import type { Entity } from '../../conversation/ports';
import { type FuzzyIndex, fuzzyIndex } from '../fuzzyIndex';
import { plainWords, type Token } from './tokens';

/** Finds the gazetteer's street names in a message: a trie of words, each of which may be abbreviated or one slip off. */
export type StreetFinder = (text: string, read: readonly Token[]) => readonly Entity[];

interface Node {
  readonly next: Map<number, Node>;
  /** The street's name as the gazetteer spells it, where one ends. */
  name?: string;
}

interface Found {
  readonly name: string;
  readonly slips: number;
  readonly length: number;
}

interface Trie {
  readonly root: Node;
  readonly words: FuzzyIndex;
  readonly list: readonly string[];
  /** `rd` → `road`. */
  readonly short: ReadonlyMap<string, readonly string[]>;
}

/** More than this in one name is another name. */
const MOST_SLIPS = 2;

/**
 * @param names as the gazetteer spells them; of two that read alike the first is kept
 * @param abbreviations short form → full words, parted by spaces: `st` → `street saint`
 */
export function streetFinder(
  names: readonly string[],
  abbreviations: { readonly [short: string]: string },
): StreetFinder {
  const short = new Map(Object.entries(abbreviations).map(([word, full]) => [word, full.split(' ')]));
  const trie = build(names, short);
  if (!names.length) return () => [];
  return (text, read) => {
    const entities: Entity[] = [];
    for (let at = 0; at < read.length; ) {
      const match = longest(trie, read, at);
      if (!match) {
        at += 1;
        continue;
      }
      const start = (read[at] as Token).start;
      const end = (read[at + match.length - 1] as Token).end;
      entities.push({ kind: 'street', value: match.name, text: text.slice(start, end), start, end });
      at += match.length;
    }
    return entities;
  };
}

function build(names: readonly string[], short: Trie['short']): Trie {
  const ids = new Map<string, number>();
  const root: Node = { next: new Map() };
  for (const name of names) {
    let node = root;
    for (const word of fullWords(plainWords(name), short)) {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      let child = node.next.get(id);
      if (!child) {
        child = { next: new Map() };
        node.next.set(id, child);
      }
      node = child;
    }
    if (node !== root) node.name ??= name;
  }
  const list = [...ids.keys()];
  return { root, list, words: fuzzyIndex(list), short };
}

/** Gazetteers abbreviate too. A word with two readings is a street type at the end ("Mill St") and a saint before. */
function fullWords(words: readonly string[], short: Trie['short']): readonly string[] {
  return words.map((word, at) => {
    const full = short.get(word);
    return full ? ((at === words.length - 1 ? full[0] : (full[1] ?? full[0])) ?? word) : word;
  });
}

function longest(trie: Trie, read: readonly Token[], start: number): Found | undefined {
  let best: Found | undefined;
  const visit = (node: Node, length: number, slips: number): void => {
    const better = !best || length > best.length || (length === best.length && slips < best.slips);
    if (node.name !== undefined && better) best = { name: node.name, slips, length };
    const token = read[start + length];
    if (!token) return;
    for (const [id, slip] of readings(trie, node, token.plain)) {
      const child = slips + slip <= MOST_SLIPS ? node.next.get(id) : undefined;
      if (child) visit(child, length + 1, slips + slip);
    }
  };
  visit(trie.root, 0, 0);
  return best;
}

/** The word ids a token can stand for at a node, with the slips that takes. Slips are looked for only where the word itself leads nowhere. */
function readings(
  { words, short, list }: Trie,
  node: Node,
  plain: string,
): readonly (readonly [id: number, slips: number])[] {
  const exact = [plain, ...(short.get(plain) ?? [])].map(words.exact).filter((id) => node.next.has(id));
  if (exact.length) return exact.map((id) => [id, 0] as const);
  if (/\d/.test(plain)) return [];
  // A short word's first letter is what tells Hill from Mill.
  const near = words.near(plain).filter((id) => node.next.has(id) && (plain.length > 5 || list[id]?.[0] === plain[0]));
  return near.map((id) => [id, 1] as const);
}
