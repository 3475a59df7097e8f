import { fold, words } from './normalise';

/** Names the classes of meaning that the words of a text belong to, `#fire`; each once. */
export type Classifier = (read: readonly string[]) => readonly string[];

interface Phrase {
  /** Folded words; one that is `open` may go on: `burn*`. */
  readonly words: readonly { readonly text: string; readonly open: boolean }[];
  readonly name: string;
}

/** Phrases are found by the first letters of their first word; few share them. */
const KEY_LENGTH = 2;

/**
 * Word classes carry what a few hundred sentences cannot teach: that a machete is a weapon. They have one name in all languages, so
 * what English texts teach about a class holds for Polish too.
 * @param classes class → words and phrases; `burn*` stands for every word that begins so
 */
export function wordClasses(classes: { readonly [name: string]: readonly string[] }): Classifier {
  const table = new Map<string, Phrase[]>();
  for (const [name, phrases] of Object.entries(classes)) {
    for (const phrase of phrases) {
      const parts = phrase
        .split(' ')
        .map((part) => ({ text: words(part).map(fold).join(''), open: part.endsWith('*') }));
      const key = keyOf(parts[0]?.text ?? '');
      table.set(key, [...(table.get(key) ?? []), { words: parts, name: `#${name}` }]);
    }
  }
  return (read) => {
    const plain = read.map(fold);
    const found = new Set<string>();
    plain.forEach((word, at) => {
      for (const phrase of table.get(keyOf(word)) ?? []) {
        if (!found.has(phrase.name) && begins(plain, at, phrase)) found.add(phrase.name);
      }
    });
    return [...found].sort();
  };
}

function keyOf(word: string): string {
  return word.slice(0, KEY_LENGTH);
}

function begins(plain: readonly string[], at: number, phrase: Phrase): boolean {
  return phrase.words.every(({ text, open }, index) => {
    const said = plain[at + index];
    return said !== undefined && (open ? said.startsWith(text) : said === text);
  });
}
