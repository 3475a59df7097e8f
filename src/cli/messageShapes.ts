import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { NO_TEXTS } from '../conversation/render';

/** What a text asks for, whatever its words. */
export type Message =
  | { readonly kind: 'list'; readonly count: number }
  | {
      readonly kind: 'text';
      readonly names: ReadonlySet<string>;
      /** `name=option` of each select. */
      readonly branches: ReadonlySet<string>;
      /** The forms of each plural, exact numbers (`=0`) left out. */
      readonly plurals: readonly (readonly string[])[];
    };

export interface Messages {
  readonly messages: ReadonlyMap<string, Message>;
  /** Files and texts that cannot be read. */
  readonly errors: readonly string[];
}

/** Every text of a language's folder by `stem:key`, as far as it can be read. */
export function readMessages(folder: string): Messages {
  const messages = new Map<string, Message>();
  const errors: string[] = [];
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  for (const file of files.filter((name) => !NO_TEXTS.has(name)).sort()) {
    try {
      const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly [key: string]: unknown };
      for (const [key, value] of Object.entries(content)) {
        const read = shapeOf(value);
        if (typeof read === 'string') errors.push(`${file}: ${key}: ${read}`);
        else messages.set(`${basename(file, '.json')}:${key}`, read);
      }
    } catch (error) {
      errors.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { messages, errors };
}

function shapeOf(value: unknown): Message | string {
  if (Array.isArray(value)) return { kind: 'list', count: value.length };
  if (typeof value !== 'string') return 'neither a text nor a list of words';
  try {
    const names = new Set<string>();
    const branches = new Set<string>();
    const plurals: (readonly string[])[] = [];
    walk(new IntlMessageFormat(value, 'en', undefined, { ignoreTag: true }).getAst(), { names, branches, plurals });
    return { kind: 'text', names, branches, plurals };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export type Part = ReturnType<IntlMessageFormat['getAst']>[number];
/** Kinds of parts, as the parser numbers them. */
export const LITERAL = 0;
export const SELECT = 5;
export const PLURAL = 6;

interface Found {
  readonly names: Set<string>;
  readonly branches: Set<string>;
  readonly plurals: (readonly string[])[];
}

function walk(parts: readonly Part[], found: Found): void {
  for (const part of parts) {
    if (part.type === LITERAL || !('value' in part) || typeof part.value !== 'string') continue;
    found.names.add(part.value);
    if (part.type !== SELECT && part.type !== PLURAL) continue;
    const options = Object.keys(part.options);
    if (part.type === SELECT) for (const option of options) found.branches.add(`${part.value}=${option}`);
    else found.plurals.push(options.filter((option) => !option.startsWith('=')));
    for (const { value } of Object.values(part.options)) walk(value, found);
  }
}
