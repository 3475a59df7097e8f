import { z } from 'zod';

/**
 * Endings of inflected words, of `locales/<language>/commands.json`, in plain lower case: no grammar, but enough that a word and its other
 * forms meet. Of each list, in turn, one ending is taken off; what is left must have so many letters (`leaves`).
 */
export const Endings = z
  .array(z.strictObject({ of: z.array(z.string().min(1)), leaves: z.int().positive() }))
  .default([]);

/** @param word in plain lower case (`plain`) */
export function stem(word: string, endings: z.infer<typeof Endings>): string {
  return endings.reduce((rest, { of, leaves }) => {
    const longest = Math.max(0, ...of.filter((ending) => rest.endsWith(ending)).map(({ length }) => length));
    return rest.length - longest >= leaves ? rest.slice(0, rest.length - longest) : rest;
  }, word);
}
