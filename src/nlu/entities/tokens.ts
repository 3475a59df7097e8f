import { fold, lower } from '../normalise';

/** A word with its place in the text; `plain` is lower case, without accents and apostrophes. */
export interface Token {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’`´]\p{L}+)*/gu;

export function tokens(text: string): readonly Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => ({
    plain: fold(lower(match[0]).replace(/['’`´]/gu, '')),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Words of a phrase as tokens compare them. */
export function plainWords(phrase: string): readonly string[] {
  return tokens(phrase.normalize('NFKC')).map(({ plain }) => plain);
}
