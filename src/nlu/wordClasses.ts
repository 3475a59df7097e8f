import { fold, words } from './normalise';

/** Names the classes of meaning that the words of a text belong to, `#fire`; each once. */
export type Classifier = (read: readonly string[]) => readonly string[];

/** Folded; one that is `open` may go on: `burn*`. */
interface Word {
  readonly text: string;
  readonly open: boolean;
}

interface Phrase {
  /** For each word, what may stand there. */
  readonly words: readonly (readonly Word[])[];
  readonly name: string;
}

export interface Spelling {
  /** What is written onto the front of a word, "and", "the", "with": a word is found without them, too. */
  readonly prefixes?: readonly string[];
  /** Latin letters stand for sounds of another script: everybody writes them as they hear them. */
  readonly looseLatin?: boolean;
}

/**
 * Word classes carry what a few hundred sentences cannot teach: that a machete is a weapon. They have one name in all languages, so
 * what English texts teach about a class holds for Polish too.
 * @param classes class → words and phrases; `burn*` stands for every word that begins so, `my|his house|flat` for four phrases
 * @param spelling how words of the language may differ and still be the same
 */
export function wordClasses(
  classes: { readonly [name: string]: readonly string[] },
  { prefixes = [], looseLatin = false }: Spelling = {},
): Classifier {
  const plainly = (word: string, isBeginning = false): string => {
    const plain = looseLatin ? bySound(fold(word)) : fold(word);
    // The beginning of a word ends anywhere.
    return looseLatin && !isBeginning ? plain.replace(SILENT_H, '') : plain;
  };
  const wordOf = (part: string): Word => {
    const open = part.endsWith('*');
    return {
      text: words(part)
        .map((word) => plainly(word, open))
        .join(''),
      open,
    };
  };
  // By their first word, or by how it begins.
  const exact = new Map<string, Phrase[]>();
  const begun = new Map<string, Phrase[]>();
  for (const [name, phrases] of Object.entries(classes)) {
    for (const phrase of phrases) {
      const entry = { words: phrase.split(' ').map((part) => part.split('|').map(wordOf)), name: `#${name}` };
      for (const { text, open } of entry.words[0] ?? []) {
        const table = open ? begun : exact;
        const same = table.get(text);
        if (same) same.push(entry);
        else table.set(text, [entry]);
      }
    }
  }
  const longest = Math.max(0, ...[...begun.keys()].map(({ length }) => length));
  const ways = waysToRead(prefixes.map(fold));
  return (read) => {
    const plain = read.map((word) => ways(plainly(word)));
    const found = new Set<string>();
    const look = (phrases: readonly Phrase[] | undefined, at: number): void => {
      for (const phrase of phrases ?? [])
        if (!found.has(phrase.name) && begins(plain, at, phrase)) found.add(phrase.name);
    };
    for (const [at, each] of plain.entries()) {
      for (const word of each) {
        look(exact.get(word), at);
        for (let length = 0; length <= Math.min(longest, word.length); length += 1)
          look(begun.get(word.slice(0, length)), at);
      }
    }
    return [...found].sort();
  };
}

/** A word of fewer letters is no word with a prefix. */
const SHORTEST = 3;

/** A word as it stands, and without each prefix it may have. */
function waysToRead(prefixes: readonly string[]): (word: string) => readonly string[] {
  return (word) => [
    word,
    ...prefixes
      .filter((prefix) => word.startsWith(prefix) && word.length - prefix.length >= SHORTEST)
      .map((prefix) => word.slice(prefix.length)),
  ];
}

const SILENT_H = /(?<=[a-z0-9][aeiou])h$/;

/** "nahin", "naheen": one word, as it sounds. Words of other scripts stay. */
function bySound(word: string): string {
  if (!/^[a-z0-9]+$/.test(word)) return word;
  return word
    .replace(/ee/g, 'i')
    .replace(/oo|ou/g, 'u')
    .replace(/ph/g, 'f')
    .replace(/v/g, 'w')
    .replace(/z/g, 'j')
    .replace(/(.)\1+/g, '$1');
}

function begins(plain: readonly (readonly string[])[], at: number, phrase: Phrase): boolean {
  return phrase.words.every((allowed, index) =>
    plain[at + index]?.some((said) => allowed.some(({ text, open }) => (open ? said.startsWith(text) : said === text))),
  );
}
