import { randomFrom } from './trainLinear';

/** Puts one typing slip into a share of a text's words, the same ones every time: swapped, lost, doubled or neighbouring letters. */
export function withSlips(seed: number, share: number): (text: string) => string {
  const random = randomFrom(seed);
  return (text) => text.replace(/\p{L}{4,}/gu, (word) => (random() < share ? slip(word, random) : word));
}

function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const before = word.slice(0, at);
  const letter = word.charAt(at);
  const after = word.slice(at + 1);
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + after.charAt(0) + letter + after.slice(1);
    default:
      return before + String.fromCharCode(97 + Math.floor(random() * 26)) + after;
  }
}
