import { type SignReader, signReader } from './dangerSigns';
import type { LanguageData } from './languageData';
import { fold, MAX_INTENT_LENGTH, words } from './normalise';
import { speller } from './speller';
import { type Classifier, wordClasses } from './wordClasses';

export interface DangerReading {
  readonly words: readonly string[];
  readonly sign: boolean;
  /** Which dangers the signs are of, where they say. */
  readonly dangers: readonly string[];
}

/** Turns a text into the words a model compares: the same way in training and at run time. */
export interface Reader {
  /** Words for intents: abbreviations written out, slips corrected where `lang` is known. */
  topic(text: string, lang: string): readonly string[];
  /** Words for danger: as in `topic`, less the phrases that deny it. */
  alarm(text: string, lang: string): readonly string[];
  /** What the danger detector looks at: those words, and whether they show a sign of danger. */
  danger(text: string, lang: string): DangerReading;
  /** Words that join two requests. */
  conjunctions(lang: string): readonly string[];
  /** Words for the language model: letters only, since house numbers and postcodes speak no language. */
  script(text: string): readonly string[];
}

export function reader(
  languages: { readonly [lang: string]: LanguageData },
  vocabulary: { readonly [lang: string]: readonly string[] } = {},
): Reader {
  const spellers = new Map(Object.entries(vocabulary).map(([lang, list]) => [lang, lazily(() => speller(list))]));
  const denials = new Map(
    Object.entries(languages).map(([lang, data]) => [
      lang,
      data.notDanger.map((phrase) => ` ${words(phrase).map(fold).join(' ')} `),
    ]),
  );
  const spell = (list: readonly string[], lang: string): readonly string[] => spellers.get(lang)?.()(list) ?? list;
  const classes = new Map<string, () => Classifier>(
    Object.entries(languages).map(([lang, data]) => [lang, lazily(() => wordClasses(data.classes, data))]),
  );
  const classed = (read: readonly string[], lang: string): readonly string[] => [
    ...read,
    ...(classes.get(lang)?.()(read) ?? []),
  ];
  const signs = new Map<string, () => SignReader>(
    Object.entries(languages).map(([lang, data]) => [lang, lazily(() => signReader(data.danger, data))]),
  );
  // A map: what a resident writes may be the name of something every object has ("constructor").
  const abbreviations = new Map(
    Object.entries(languages).map(([lang, data]) => [
      lang,
      new Map(Object.entries(data.abbreviations).map(([short, long]) => [short, long.split(' ')])),
    ]),
  );
  const written = (text: string, lang: string): readonly string[] => {
    const inFull = abbreviations.get(lang);
    return words(text.slice(0, MAX_INTENT_LENGTH)).flatMap((word) => inFull?.get(word) ?? word);
  };
  const plain = (read: readonly string[], lang: string): readonly string[] => {
    const phrases = denials.get(lang) ?? [];
    return phrases.length ? without(read, phrases) : read;
  };
  const alarming = (text: string, lang: string) => {
    const said = plain(written(text, lang), lang);
    const right = spell(said, lang);
    return { said, spelt: right === said ? said : plain(right, lang) };
  };
  return {
    topic: (text, lang) => classed(spell(written(text, lang), lang), lang),
    alarm: (text, lang) => classed(alarming(text, lang).spelt, lang),
    danger: (text, lang) => {
      const { said, spelt } = alarming(text, lang);
      const signsIn: SignReader = signs.get(lang)?.() ?? (() => []);
      // As written too: the speller knows the words of the training texts, the signs know more.
      const shown = spelt === said ? signsIn(said) : [...signsIn(said), ...signsIn(spelt)];
      const dangers = [...new Set(shown.filter((danger) => danger !== ''))];
      return { words: classed(spelt, lang), sign: shown.length > 0, dangers };
    },
    conjunctions: (lang) => languages[lang]?.conjunctions ?? [],
    script: (text) => words(text.slice(0, MAX_INTENT_LENGTH)).filter((word) => /^[\p{L}\p{M}]+$/u.test(word)),
  };
}

function without(read: readonly string[], phrases: readonly string[]): readonly string[] {
  let text = ` ${read.map(fold).join(' ')} `;
  const before = text;
  for (const phrase of phrases) text = text.replaceAll(phrase, ' ');
  return text === before ? read : text.split(' ').filter(Boolean);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
