import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { localDate } from './calendar';
import type {
  ChoiceSaid,
  EpochMs,
  IsoDate,
  Language,
  LexiconEntry,
  Param,
  Params,
  Render,
  Rendered,
  Say,
  TextKey,
} from './ports';

/** Wording: `locales/<language>/<stem>.json`, flat objects of ICU messages; lists of words only under `….also`, `….asked` and `words.…`. */
const LocaleFile = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

type Texts = ReadonlyMap<string, string | readonly string[]>;

/** Suffixes of texts about a slot that name no choice. */
const NOT_A_CHOICE = new Set(['ask', 'name', 'again', 'why', 'invalid', 'option', 'none', 'sms', 'also']);
const NOT_A_SLOT = new Set(['stop', 'done', 'summary', 'title', 'reminder', 'offer', 'words']);

/** `Render`, and what the boot check asks of it. */
export interface Wording extends Render {
  /** Every key that a language itself has. */
  keys(language: Language): ReadonlySet<string>;
  /** A language's own message as it is written. */
  message(key: TextKey, language: Language): string | undefined;
}

/**
 * @param localesDir folder with a folder per language
 * @param options `strict` throws on a missing text or parameter (tests); otherwise English, then an empty string, stands in; `only`
 *   some of the languages
 * @throws Error when a file is no flat object of texts
 */
export function createRender(
  localesDir: string,
  { strict = false, only }: { readonly strict?: boolean; readonly only?: readonly Language[] } = {},
): Wording {
  const languages = readdirSync(localesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (only?.includes(entry.name) ?? true))
    .map(({ name }) => name)
    .sort();
  const texts = new Map(languages.map((language) => [language, readLanguage(join(localesDir, language))]));
  const format = formatter(texts, strict);
  const isText = (key: TextKey, language: Language): boolean => typeof texts.get(language)?.get(key) === 'string';
  return {
    languages,
    // A variant's own text goes before the short one of its language: two scripts in one message read badly.
    has: (key, language) =>
      isText(key, language) ||
      (isText(key, parentOf(language)) && !isText(key.replace(/\.sms$/, '') as TextKey, language)),
    words: (key, language) =>
      [...new Set([language, parentOf(language), 'en'])].flatMap((each) => {
        const list = texts.get(each)?.get(key);
        return Array.isArray(list) ? (list as readonly string[]) : [];
      }),
    keys: (language) => new Set(texts.get(language)?.keys() ?? []),
    message: (key, language) => {
      const message = texts.get(language)?.get(key);
      return typeof message === 'string' ? message : undefined;
    },
    lexicon: (language) => lexiconOf(texts.get(language) ?? new Map()),
    say: (say: Say, language, now): Rendered => ({
      text: format(say.text, say.params ?? {}, language, now),
      choices: (say.choices ?? []).map((choice) => ({
        value: choice.value,
        title: titleOf(choice, language, format, now),
      })),
    }),
  };
}

const parentOf = (language: Language): Language => language.split('-')[0] ?? language;

type Format = (key: TextKey, params: Params, language: Language, now?: EpochMs) => string;

/** Words a text: of the language itself, of its parent (a script variant), or English. Compiled messages are kept. */
function formatter(texts: ReadonlyMap<Language, Texts>, strict: boolean): Format {
  const compiled = new Map<string, IntlMessageFormat>();
  const compile = (key: TextKey, language: Language): IntlMessageFormat | undefined => {
    const message = texts.get(language)?.get(key);
    if (typeof message !== 'string') return undefined;
    const id = `${language} ${key}`;
    const known = compiled.get(id);
    const format =
      known ?? new IntlMessageFormat(message, `${regional(language)}-u-nu-latn`, undefined, { ignoreTag: true });
    if (!known) compiled.set(id, format);
    return format;
  };
  const format: Format = (key, params, language, now) => {
    const message = compile(key, language) ?? compile(key, parentOf(language)) ?? compile(key, 'en');
    if (!message && strict) throw new Error(`no text ${key} in ${language}`);
    const values = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, show(value, language, format, now)]),
    );
    const text = message?.format(strict ? values : forgiving(values)) ?? '';
    const said = String(text).replace(/ {2,}/g, ' ').trim();
    return isRightToLeft(language) ? said.replace(LATIN_RUN, keptTogether) : said;
  };
  return format;
}

function show(value: Param, language: Language, format: Format, now?: EpochMs): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return isRightToLeft(language) ? isolated(value) : value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if ('label' in value) {
    const label = format(value.label, value.params ?? {}, language, now);
    return value.inline ? inline(label) : label;
  }
  if ('quote' in value) return format('common:quote', { words: value.quote }, language);
  if ('lines' in value) return value.lines.map((line) => String(show(line, language, format, now))).join('\n');
  if ('text' in value) return format(value.text, value.params, language, now);
  if (!('list' in value)) return showTime(value, dated(language), now);
  const items = value.list.map((item) => String(show(item, language, format, now)));
  return isLatinVariant(language) ? items.join(', ') : listFormat(regional(language)).format(items);
}

const RIGHT_TO_LEFT = /^(ar|fa|he|ps|sd|ug|ur|yi)(?!-Latn)/;
const isRightToLeft = (language: Language): boolean => RIGHT_TO_LEFT.test(language);
/** What is isolated already, or Latin words and numbers side by side. */
const LATIN_RUN = /\u2066[^\u2069]*\u2069|\+?[A-Za-z\d]+(?:,? [A-Za-z\d]+)+/g;
const SPACED_NUMBER = /^\+?\d{2,}(?: \d{2,})+$/;
/** A phone number or "14, WB1 2AB": among words that run the other way its groups would stand in the wrong order. */
const keptTogether = (run: string): string =>
  SPACED_NUMBER.test(run) || (/^[^\u2066]*[A-Za-z]/.test(run) && /\d/.test(run)) ? `\u2066${run}\u2069` : run;
/** Left to right by its letters and with something beside them: "10 Sample Road", "MB-7K2-PQ4"; no link, which ends where the words begin. */
const TORN = /^(?!\w+:\/\/)(?=.*[A-Za-z])(?=.*[^A-Za-z]).+$/s;

/** Kept together among words that run the other way: without, the number of a house stands behind its street. */
const isolated = (words: string): string =>
  TORN.test(words) && !SAID_RTL.test(words) ? `\u2066${words}\u2069` : words;
const SAID_RTL = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** A label inside a sentence: its first letter small, unless it is an abbreviation. */
const inline = (label: string): string =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** A name that also stands within sentences, as the words on a button. */
const capital = (title: string, language: Language): string =>
  title.charAt(0).toLocaleUpperCase(regional(language)) + title.slice(1);

function titleOf({ label }: ChoiceSaid, language: Language, format: Format, now: EpochMs | undefined): string {
  if (typeof label === 'string') return capital(format(label, {}, language), language);
  return 'words' in label ? label.words : format(label.text, label.params, language, now);
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
export const NO_TEXTS: ReadonlySet<string> = new Set(['commands.json', 'glossary.json']);

const regional = (language: Language): string => (language === 'en' ? 'en-GB' : language);

/** Intl knows no Urdu in Latin letters: days are told as people who write so in Britain say them, and a list needs no "and". */
const isLatinVariant = (language: Language): boolean => language.endsWith('-Latn');
const dated = (language: Language): string => (isLatinVariant(language) ? 'en-GB' : regional(language));

/** Making a formatter costs more than using one a thousand times. */
function kept<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long', numberingSystem: 'latn', timeZone: 'UTC' } as const;
const listFormat = kept((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const dayFormat = kept((locale) => new Intl.DateTimeFormat(locale, DAY));
const dayOfYearFormat = kept((locale) => new Intl.DateTimeFormat(locale, { ...DAY, year: 'numeric' }));
const timeFormat = kept(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'Europe/London',
      numberingSystem: 'latn',
    }),
);

function showTime(value: Extract<Param, object>, locale: string, now: EpochMs | undefined): string {
  if ('date' in value) return showDay(value.date, locale, now);
  if ('time' in value) return timeFormat(locale).format(value.time);
  if (!('moment' in value)) return '';
  return `${showDay(localDate(value.moment), locale, now)}, ${timeFormat(locale).format(value.moment)}`;
}

/** Within half a year a day and a month say enough. */
const HALF_YEAR_MS = 182 * 86_400_000;

function showDay(date: IsoDate, locale: string, now: EpochMs | undefined): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  const isFar = now !== undefined && Math.abs(at - now) > HALF_YEAR_MS;
  return (isFar ? dayOfYearFormat : dayFormat)(locale).format(at).replace(',', '');
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
    const asked = texts.get(`${key}.asked`);
    if (typeof label !== 'string') return [];
    const phrases = [label, ...(Array.isArray(also) ? also : [])];
    return [{ slot, value, phrases, ...(Array.isArray(asked) && { asked }) }];
  });
  const merged = new Map<string, LexiconEntry>();
  for (const entry of entries) {
    const id = `${entry.slot}.${entry.value}`;
    merged.set(id, {
      ...merged.get(id),
      ...entry,
      phrases: [...new Set([...(merged.get(id)?.phrases ?? []), ...entry.phrases])],
    });
  }
  return [...merged.values()];
}
