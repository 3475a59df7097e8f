import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import type { ChoiceSaid, Language, LexiconEntry, Param, Params, Render, Rendered, Say, TextKey } from './ports';

/** Wording: `locales/<language>/<stem>.json`, flat objects of ICU messages; lists of words only under `….also`. */
const LocaleFile = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

type Texts = ReadonlyMap<string, string | readonly string[]>;

/** Suffixes of texts about a slot that name no choice. */
const NOT_A_CHOICE = new Set(['ask', 'name', 'again', 'why', 'invalid', 'option', 'none', 'sms', 'also']);
const NOT_A_SLOT = new Set(['stop', 'done', 'summary', 'title', 'reminder']);

/** `Render`, and what the boot check asks of it. */
export interface Wording extends Render {
  /** Every key that a language itself has. */
  keys(language: Language): ReadonlySet<string>;
}

/**
 * @param localesDir folder with a folder per language
 * @param options `strict` throws on a missing text or parameter (tests); otherwise English, then an empty string, stands in
 * @throws Error when a file is no flat object of texts
 */
export function createRender(localesDir: string, { strict = false }: { readonly strict?: boolean } = {}): Wording {
  const languages = readdirSync(localesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const texts = new Map(languages.map((language) => [language, readLanguage(join(localesDir, language))]));
  const format = formatter(texts, strict);
  const isText = (key: TextKey, language: Language): boolean => typeof texts.get(language)?.get(key) === 'string';
  return {
    languages,
    has: (key, language) => isText(key, language) || isText(key, parentOf(language)),
    keys: (language) => new Set(texts.get(language)?.keys() ?? []),
    lexicon: (language) => lexiconOf(texts.get(language) ?? new Map()),
    say: (say: Say, language): Rendered => ({
      text: format(say.text, say.params ?? {}, language),
      choices: (say.choices ?? []).map((choice) => ({ value: choice.value, title: titleOf(choice, language, format) })),
    }),
  };
}

const parentOf = (language: Language): Language => language.split('-')[0] ?? language;

type Format = (key: TextKey, params: Params, language: Language) => string;

/** Words a text: of the language itself, of its parent (a script variant), or English. Compiled messages are kept. */
function formatter(texts: ReadonlyMap<Language, Texts>, strict: boolean): Format {
  const compiled = new Map<string, IntlMessageFormat>();
  const compile = (key: TextKey, language: Language): IntlMessageFormat | undefined => {
    const message = texts.get(language)?.get(key);
    if (typeof message !== 'string') return undefined;
    const id = `${language} ${key}`;
    const known = compiled.get(id);
    const format = known ?? new IntlMessageFormat(message, regional(language), undefined, { ignoreTag: true });
    if (!known) compiled.set(id, format);
    return format;
  };
  const format: Format = (key, params, language) => {
    const message = compile(key, language) ?? compile(key, parentOf(language)) ?? compile(key, 'en');
    if (!message && strict) throw new Error(`no text ${key} in ${language}`);
    const values = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, show(value, language, format)]),
    );
    const text = message?.format(strict ? values : forgiving(values)) ?? '';
    return String(text).replace(/ {2,}/g, ' ').trim();
  };
  return format;
}

function show(value: Param, language: Language, format: Format): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if ('label' in value) return format(value.label, {}, language);
  if (!('list' in value)) return showTime(value, regional(language));
  const items = value.list.map((item) => String(show(item, language, format)));
  return new Intl.ListFormat(regional(language), { type: 'conjunction' }).format(items);
}

function titleOf({ label }: ChoiceSaid, language: Language, format: Format): string {
  if (typeof label === 'string') return format(label, {}, language);
  return 'words' in label ? label.words : format(label.text, label.params, language);
}

function readLanguage(folder: string): Texts {
  const texts = new Map<string, string | readonly string[]>();
  for (const file of readdirSync(folder).filter((name) => extname(name) === '.json' && !NO_TEXTS.has(name))) {
    const stem = basename(file, '.json');
    const parsed = LocaleFile.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    if (!parsed.success) throw new Error(`${join(folder, file)}: ${z.prettifyError(parsed.error)}`);
    for (const [key, message] of Object.entries(parsed.data)) texts.set(`${stem}:${key}`, message);
  }
  return texts;
}

/** Word lists and term lists stand beside the texts, but are said to nobody. */
const NO_TEXTS = new Set(['commands.json', 'glossary.json']);

const regional = (language: Language): string => (language === 'en' ? 'en-GB' : language);

function showTime(value: Extract<Param, object>, locale: string): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const time = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Europe/London',
    numberingSystem: 'latn',
  } as const;
  if ('date' in value)
    return new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC', numberingSystem: 'latn' })
      .format(Date.parse(`${value.date}T00:00:00Z`))
      .replace(',', '');
  if ('time' in value) return new Intl.DateTimeFormat(locale, time).format(value.time);
  if (!('moment' in value)) return '';
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'Europe/London', numberingSystem: 'latn' })
    .format(value.moment)
    .replace(',', '');
  return `${date}, ${new Intl.DateTimeFormat(locale, time).format(value.moment)}`;
}

/** At a resident a missing parameter is an empty word, never an error. */
function forgiving(values: { readonly [name: string]: string | number }): Record<string, string | number> {
  return new Proxy(values, {
    has: () => true,
    get: (target, name) => (typeof name === 'string' ? (target[name] ?? '') : undefined),
  });
}

function lexiconOf(texts: Texts): readonly LexiconEntry[] {
  const entries = [...texts].flatMap(([key, label]): LexiconEntry[] => {
    const [stem, path = ''] = key.split(':', 2);
    const [slot = '', value = '', ...deeper] = path.split('.');
    if (stem === 'common' || deeper.length > 0 || value === '' || NOT_A_SLOT.has(slot) || NOT_A_CHOICE.has(value))
      return [];
    const also = texts.get(`${key}.also`);
    return typeof label === 'string' ? [{ slot, value, phrases: [label, ...(Array.isArray(also) ? also : [])] }] : [];
  });
  const merged = new Map<string, LexiconEntry>();
  for (const entry of entries) {
    const id = `${entry.slot}.${entry.value}`;
    merged.set(id, { ...entry, phrases: [...new Set([...(merged.get(id)?.phrases ?? []), ...entry.phrases])] });
  }
  return [...merged.values()];
}
