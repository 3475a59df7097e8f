import { fold, words } from './normalise';

/** Names the classes of meaning that the words of a text belong to, `#fire`; each once. */
export type Classifier = (read: readonly string[]) => readonly string[];

const LONGEST = 4;
const SHORTEST_STEM = 2;

/**
 * Word classes carry what a few hundred sentences cannot teach: that a machete is a weapon. They have one name in all languages, so
 * what English texts teach about a class holds for Polish too.
 * @param classes class → words and phrases; `burn*` stands for every word, or phrase, that begins so
 */
export function wordClasses(classes: { readonly [name: string]: readonly string[] }): Classifier {
  const exact = new Map<string, Set<string>>();
  const stems = new Map<string, Set<string>>();
  for (const [name, phrases] of Object.entries(classes)) {
    for (const phrase of phrases) {
      const key = words(phrase.replace(/\*/g, '')).map(fold).join(' ');
      const table = phrase.endsWith('*') ? stems : exact;
      table.set(key, (table.get(key) ?? new Set()).add(`#${name}`));
    }
  }
  return (read) => {
    const plain = read.map(fold);
    const found = new Set<string>();
    const note = (names: ReadonlySet<string> | undefined): void => names?.forEach((name) => void found.add(name));
    for (let start = 0; start < plain.length; start += 1) {
      let phrase = '';
      for (let end = start; end < Math.min(plain.length, start + LONGEST); end += 1) {
        const before = phrase.length;
        phrase = phrase ? `${phrase} ${plain[end]}` : (plain[end] ?? '');
        note(exact.get(phrase));
        for (let cut = phrase.length; cut > before && cut >= SHORTEST_STEM; cut -= 1)
          note(stems.get(phrase.slice(0, cut)));
      }
    }
    return [...found].sort();
  };
}
