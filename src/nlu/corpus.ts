import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type LanguageData, languageDataSchema } from './languageData';

/** One thing a resident said, with the label it carries. */
export interface Utterance {
  readonly text: string;
  readonly label: string;
  readonly lang: string;
  /** Paraphrases share a group, so that no test sees what training saw. */
  readonly group: string;
}

const fileSchema = z.array(
  z.union([z.string().min(1), z.strictObject({ text: z.string().min(1), group: z.string().min(1).optional() })]),
);

/**
 * Reads `intents/<lang>/<label>.json` of every language folder, sorted, so that the result does not depend on the disk.
 * @throws Error naming the file that is not an array of texts.
 */
export function readCorpus(folder: string): readonly Utterance[] {
  return sortedNames(folder).flatMap((lang) =>
    sortedNames(join(folder, lang))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => readLabel(join(folder, lang, name), lang)),
  );
}

function readLabel(path: string, lang: string): readonly Utterance[] {
  const label = basename(path, '.json');
  return parsed(path, fileSchema).map((entry, at) => {
    const { text, group } = typeof entry === 'string' ? { text: entry, group: undefined } : entry;
    return { text, label, lang, group: `${lang}/${label}/${group ?? `line ${at}`}` };
  });
}

/** Reads `<folder>/<lang>.json` for every language that has one. */
export function readLanguageData(folder: string): { readonly [lang: string]: LanguageData } {
  if (!existsSync(folder)) return {};
  const names = sortedNames(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    names.map((name) => [basename(name, '.json'), parsed(join(folder, name), languageDataSchema)]),
  );
}

function parsed<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`, { cause });
  }
}

function sortedNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}
