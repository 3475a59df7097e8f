import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TextKey } from '../../../src/conversation/ports';
import { NO_TEXTS } from '../../../src/conversation/render';

/** Every text of the locales as it stands in its file, so that no test needs a list of services. */
export interface Text {
  readonly file: string;
  readonly key: TextKey;
  /** ICU MessageFormat. */
  readonly message: string;
}

export const LOCALES = join(__dirname, '../../../locales');

export function textsOf(language: string): readonly Text[] {
  const files = readdirSync(join(LOCALES, language)).filter((name) => name.endsWith('.json') && !NO_TEXTS.has(name));
  return files.flatMap((file) => {
    const content = JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as {
      readonly [key: string]: unknown;
    };
    return Object.entries(content).flatMap(([key, message]): Text[] =>
      typeof message === 'string' ? [{ file, key: `${basename(file, '.json')}:${key}`, message }] : [],
    );
  });
}

/** Suffixes of word lists: their entries are understood, never said. */
export const isSaid = ({ key }: Text): boolean => !/\.(also|asked)$/.test(key);
