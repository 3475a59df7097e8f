import { plain } from './commands';

/**
 * Word lists by which rules read a resident's own words: `words.<list>` in a service's locale file, one list a language. A word that
 * ends with `*` goes on: `sofa*` is also "sofas", `lodówk*` also "lodówkę". Several words stand for themselves in that order.
 */
export function namedIn(text: string, phrases: readonly string[]): readonly string[] {
  const words = plain(text).split(' ');
  return phrases.filter((phrase) => holds(words, phrase));
}

function holds(words: readonly string[], phrase: string): boolean {
  const parts = phrase.split(' ').map((part) => ({ text: plain(part), isOpen: part.endsWith('*') }));
  return words.some((_word, at) =>
    parts.every(({ text, isOpen }, offset) => {
      const word = words[at + offset];
      return word !== undefined && (isOpen ? word.startsWith(text) : word === text);
    }),
  );
}
