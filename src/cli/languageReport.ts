import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createCommands } from '../conversation/commands';
import type { Language } from '../conversation/ports';
import type { Service } from '../conversation/service';
import { readCorpus, readLanguageData } from '../nlu/corpus';
import { isService } from '../nlu/labels';
import { type Message, readMessages } from './messageShapes';
import { isLong, sizeLine, textSizes } from './textSizes';

/** Where a language's parts are looked for. English is always the council's own. */
export interface LanguageFolders {
  /** Holds `en/`, what a language is compared with. */
  readonly english: string;
  /** Holds the folder of the language that is checked. */
  readonly locales: string;
  readonly intents: string;
  /** Holds `<lang>.json` and `danger/<lang>.json`. */
  readonly data: string;
}

export interface LanguageReport {
  /** Each keeps the language from going live. */
  readonly missing: readonly string[];
  /** Texts that cost more as text messages than they should. */
  readonly long: readonly string[];
  /** Every text that can be sent: its segments as a text message, and its length beside the English one. */
  readonly sizes: readonly string[];
  readonly summary: string;
}

/** Training texts that a label should have at least: a service, anything else, and what is nobody's business. */
const FEWEST = { service: 70, conversation: 30, none: 200 } as const;

/**
 * What a language lacks before residents can use it: texts, placeholders, plural forms, words that steer, training texts, words of
 * understanding. A script variant (`ur-Latn`) may have a part of the texts only: the rest comes from its language.
 */
export function languageReport(
  language: Language,
  folders: LanguageFolders,
  services: readonly Service[],
): LanguageReport {
  const isVariant = language.includes('-');
  const own = readMessages(join(folders.locales, language));
  const english = readMessages(join(folders.english, 'en'));
  const texts = [...own.errors, ...(isVariant ? [] : absent(english.messages, own.messages))];
  const shapes = [...own.messages].flatMap(([key, message]) => unlike(key, message, english.messages, language));
  const words = attempt(`locales/${language}/commands.json`, () => commandsOf(folders, language, isVariant));
  const understood = isVariant ? [] : [...intentsOf(folders, language), ...dataOf(folders, language)];
  const sizes = own.errors.length > 0 ? [] : textSizes(folders, language, services);
  const long = sizes.filter(isLong).map(sizeLine);
  const missing = [...texts, ...shapes, ...words, ...understood];
  return { missing, long, sizes: sizes.map(sizeLine), summary: summary(missing, long) };
}

const summary = (missing: readonly string[], long: readonly string[]): string =>
  missing.length === 0
    ? `Nothing is missing. ${long.length} texts are long as text messages.`
    : `${missing.length} things are missing or wrong. ${long.length} texts are long as text messages.`;

function attempt(what: string, read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch (error) {
    return [`${what}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

type Messages = ReadonlyMap<string, Message>;

/** Each language's own business: shorter texts for text messages, forms for reading back, words by which a choice is known. */
const OWN = /\.(sms|noted|also|asked)$/;

function absent(english: Messages, own: Messages): readonly string[] {
  const wanted = [...english].filter(([key, { kind }]) => kind === 'text' && !OWN.test(key)).map(([key]) => key);
  return wanted.filter((key) => !own.has(key)).map((key) => `${where(key)} is missing`);
}

const where = (key: string): string => key.replace(':', '.json: ');

/** What a message has that the English one has not, or lacks: placeholders, branches, plural forms. A list of words needs some words. */
function unlike(key: string, own: Message, english: Messages, language: Language): readonly string[] {
  if (own.kind === 'list') return own.count === 0 ? [`${where(key)}: no words`] : [];
  const models = [key, key.replace(OWN, '')].flatMap((each) => english.get(each) ?? []);
  if (models.length === 0) return [`${where(key)}: English has no such text`];
  const [model] = models.filter((each) => each.kind === 'text');
  if (!model) return [`${where(key)}: a text where English has a list of words`];
  const known = OWN.test(key) ? namesOf(key.split(':')[0] ?? '', english) : model.names;
  const strange = [...own.names].filter((name) => !known.has(name));
  const lost = OWN.test(key) ? [] : [...model.names].filter((name) => !own.names.has(name));
  const branch = OWN.test(key) ? [] : [...own.branches].filter((each) => !model.branches.has(each));
  const plurals = own.plurals.flatMap((forms) => pluralForms(language).filter((form) => !forms.includes(form)));
  return [
    ...strange.map((name) => `${where(key)}: {${name}} is unknown`),
    ...lost.map((name) => `${where(key)}: {${name}} is missing`),
    ...branch.map((each) => `${where(key)}: no such branch: ${each}`),
    ...[...new Set(plurals)].map((form) => `${where(key)}: the plural form “${form}” is missing`),
  ];
}

/** What any text of a service may name. */
const namesOf = (stem: string, english: Messages): ReadonlySet<string> =>
  new Set(
    [...english].flatMap(([key, message]) =>
      key.startsWith(`${stem}:`) && message.kind === 'text' ? [...message.names] : [],
    ),
  );

/** The forms that whole numbers take: Polish one, few, many; “other” always. */
function pluralForms(language: Language): readonly string[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set([...Array.from({ length: 201 }, (_, count) => rules.select(count)), 'other'])];
}

function commandsOf({ locales, english }: LanguageFolders, language: Language, isVariant: boolean): readonly string[] {
  if (!existsSync(join(locales, language, 'commands.json'))) return isVariant ? [] : ['commands.json is missing'];
  createCommands(locales, [language]);
  if (isVariant) return [];
  const terms = (folder: string): readonly string[] =>
    Object.keys(JSON.parse(readFileSync(join(folder, 'glossary.json'), 'utf8')) as object);
  const own = terms(join(locales, language));
  return terms(join(english, 'en'))
    .filter((term) => !own.includes(term))
    .map((term) => `glossary.json: ${term} is missing`);
}

function intentsOf({ intents }: LanguageFolders, language: Language): readonly string[] {
  const folder = join(intents, language);
  if (!existsSync(folder)) return [`intents/${language} is missing`];
  return attempt(`intents/${language}`, () => {
    const texts = readCorpus(intents, [language]);
    const labels = readdirSync(join(intents, 'en')).map((name) => basename(name, '.json'));
    const thin = labels.flatMap((label) => {
      const count = texts.filter((text) => text.label === label).length;
      const wanted = label === 'none' ? FEWEST.none : isService(label) ? FEWEST.service : FEWEST.conversation;
      return count < wanted ? [`intents/${language}/${label}.json: ${count} texts of ${wanted}`] : [];
    });
    return [...thin, ...saidTwice(texts)];
  });
}

function saidTwice(texts: readonly { readonly text: string; readonly label: string }[]): readonly string[] {
  const labels = new Map<string, string>();
  return texts.flatMap(({ text, label }) => {
    const plain = text.trim().toLowerCase();
    const first = labels.get(plain);
    labels.set(plain, label);
    return first !== undefined && first !== label ? [`“${text}” is both ${first} and ${label}`] : [];
  });
}

function dataOf({ data }: LanguageFolders, language: Language): readonly string[] {
  return attempt(`src/nlu/data/${language}.json`, () => {
    const all = readLanguageData(data, ['en', language]);
    const [own, english] = [all[language], all.en];
    if (!own) return [`src/nlu/data/${language}.json is missing`];
    const classes = Object.keys(english?.classes ?? {}).filter((name) => !own.classes[name]?.length);
    const ideas = Object.keys(english?.danger.words ?? {}).filter((name) => !own.danger.words[name]?.length);
    return [
      ...classes.map((name) => `src/nlu/data/${language}.json: no words of the class ${name}`),
      ...ideas.map((name) => `src/nlu/data/danger/${language}.json: no words of ${name}`),
    ];
  });
}
