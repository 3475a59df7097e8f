import { z } from 'zod';
import { type Spelling, wordClasses } from './wordClasses';

/** `src/nlu/data/danger/`: what danger looks like, as words that occur together in one sentence. Written from what residents meet, not learnt. */
export const dangerDataSchema = z
  .strictObject({
    /** Idea → its words and phrases in this language, `*` for any ending. */
    words: z.record(z.string(), z.array(z.string().min(1))),
    /** Ideas that together are a sign of danger, the same in every language, and ideas that take it back: `gas`, `escapes`, not `gas bill`. */
    signs: z.array(
      z.strictObject({
        /** Which danger it is a sign of, where that makes a difference to whom to call: `gas`, `abuse` … */
        danger: z.string().optional(),
        all: z.array(z.string()).min(1),
        unless: z.array(z.string()).default([]),
      }),
    ),
    /** Ideas that take every sign back: questions of research, say. */
    unless: z.array(z.string()).default([]),
  })
  .superRefine(({ words, signs, unless }, context) => {
    const named = [...unless, ...signs.flatMap((sign) => [...sign.all, ...sign.unless])];
    for (const name of new Set(named.filter((idea) => !words[idea]))) {
      context.addIssue({ code: 'custom', message: `a sign of danger names "${name}", which has no words` });
    }
  });

export type DangerData = z.infer<typeof dangerDataSchema>;

/** The signs of danger that a sentence's words show: for each, which danger it is, or '' where it is any. */
export type SignReader = (read: readonly string[]) => readonly string[];

export function signReader({ words, signs, unless }: DangerData, spelling: Spelling = {}): SignReader {
  const ideasOf = wordClasses(words, spelling);
  const ids = (ideas: readonly string[]): readonly string[] => ideas.map((idea) => `#${idea}`);
  const table = signs.map(({ danger = '', ...sign }) => ({
    danger,
    all: ids(sign.all),
    unless: ids([...sign.unless, ...unless]),
  }));
  return (read) => {
    const ideas = new Set(ideasOf(read));
    const shown = table.filter(
      (sign) => sign.all.every((idea) => ideas.has(idea)) && !sign.unless.some((idea) => ideas.has(idea)),
    );
    return shown.map(({ danger }) => danger);
  };
}
