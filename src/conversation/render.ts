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

/**
 * @param localesDir folder with a folder per language
 * @param options `strict` throws on a missing text or parameter (tests); otherwise English, then an empty string, stands in
 */
export function createRender(
  localesDir: string,
  options: { readonly strict?: boolean } = {},
): Render & { keys(language: Language): ReadonlySet<string> } {
  const languages = readdirSync(localesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const texts = new Map(languages.map((language) => [language, readLanguage(join(localesDir, language))]));
  const formats = new Map<string, IntlMessageFormat>();

  /** A script variant falls back to its parent, everything to English. */
  const chain = (language: Language): readonly Language[] => [
    ...new Set([language, language.split('-')[0] ?? 'en', 'en']),
  ];

  const find = (
    key: TextKey,
    language: Language,
  ): { readonly message: string; readonly language: Language } | undefined => {
    for (const candidate of chain(language)) {
      const message = texts.get(candidate)?.get(key);
      if (typeof message === 'string') return { message, language: candidate };
    }
    return undefined;
  };

  const format = (key: TextKey, params: Params, language: Language): string => {
    const found = find(key, language);
    if (!found) {
      if (options.strict) throw new Error(`no text ${key} in ${language}`);
      return '';
    }
    const id = `${found.language} ${key}`;
    const compiled =
      formats.get(id) ?? new IntlMessageFormat(found.message, regional(found.language), undefined, { ignoreTag: true });
    formats.set(id, compiled);
    const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, show(value, language)]));
    return String(compiled.format(options.strict ? values : forgiving(values)))
      .replace(/ {2,}/g, ' ')
      .trim();
  };

  const show = (value: Param, language: Language): string | number => {
    if (typeof value === 'string' || typeof value === 'number') return value;
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if ('label' in value) return format(value.label, {}, language);
    if ('list' in value)
      return new Intl.ListFormat(regional(language), { type: 'conjunction' }).format(
        value.list.map((item) => String(show(item, language))),
      );
    return showTime(value, regional(language));
  };

  const title = ({ label }: ChoiceSaid, language: Language): string => {
    if (typeof label === 'string') return format(label, {}, language);
    return 'words' in label ? label.words : format(label.text, label.params, language);
  };

  return {
    languages,
    has: (key, language) =>
      chain(language)
        .slice(0, -1)
        .concat(language)
        .some((candidate) => typeof texts.get(candidate)?.get(key) === 'string'),
    keys: (language) => new Set(texts.get(language)?.keys() ?? []),
    lexicon: (language) => lexiconOf(texts.get(language) ?? new Map()),
    say: (say: Say, language): Rendered => ({
      text: format(say.text, say.params ?? {}, language),
      choices: (say.choices ?? []).map((choice) => ({ value: choice.value, title: title(choice, language) })),
    }),
  };
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
