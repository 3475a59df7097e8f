import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type DangerData, dangerDataSchema } from './dangerSigns';
import { type LanguageData, languageDataSchema, NO_LANGUAGE_DATA } from './languageData';

/** One thing a resident said, with the label it carries. */
export interface Utterance {
  readonly text: string;
  readonly label: string;
  readonly lang: string;
  /** Paraphrases share a group, so that no test sees what training saw. */
  readonly group: string;
}

/** What the models learn from. */
export interface TrainingMaterial {
  readonly utterances: readonly Utterance[];
  readonly languages: { readonly [lang: string]: LanguageData };
}

const fileSchema = z.array(
  z.union([z.string().min(1), z.strictObject({ text: z.string().min(1), group: z.string().min(1).optional() })]),
);

/**
 * Reads `intents/<lang>/<label>.json` of every language folder, sorted, so that the result does not depend on the disk.
 * @param languages only these; all if left out
 * @throws Error naming the file that is not an array of texts.
 */
export function readCorpus(folder: string, languages = sortedNames(folder)): readonly Utterance[] {
  return languages.flatMap((lang) =>
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

/** Reads `<folder>/<lang>.json` for every language that has one, with its signs of danger: `danger/signs.json` in the words of `danger/<lang>.json`; `only` these, all if left out. */
export function readLanguageData(folder: string, only?: readonly string[]): { readonly [lang: string]: LanguageData } {
  if (!existsSync(folder)) return {};
  const names = sortedNames(folder).filter(
    (name) => name.endsWith('.json') && (only?.includes(basename(name, '.json')) ?? true),
  );
  return Object.fromEntries(
    names.map((name) => [
      basename(name, '.json'),
      { ...parsed(join(folder, name), languageDataSchema), danger: readDanger(join(folder, 'danger'), name) },
    ]),
  );
}

function readDanger(folder: string, name: string): DangerData {
  const words = join(folder, name);
  if (!existsSync(words)) return NO_LANGUAGE_DATA.danger;
  const signs = parsed(join(folder, 'signs.json'), z.record(z.string(), z.unknown()));
  const danger = { ...signs, words: parsed(words, z.record(z.string(), z.array(z.string()))) };
  return checked(words, dangerDataSchema, danger);
}

function parsed<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path}: ${String(cause)}`, { cause });
  }
  return checked(path, schema, value);
}

function checked<Schema extends z.ZodType>(path: string, schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`, { cause: result.error });
  return result.data;
}

function sortedNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}
