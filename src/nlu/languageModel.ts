import type { TrainingMaterial, Utterance } from './corpus';
import type { LanguageData } from './languageData';
import type { LinearModel } from './linearModel';
import { words } from './normalise';
import { reader } from './reader';
import { type Example, trainLinear } from './trainLinear';

/** Tells the language of a text. */
export type LanguageOf = (utterance: Pick<Utterance, 'text' | 'lang'>) => string;

const SCRIPT = { featureSet: 'script', epochs: 2, rate: 0.8, minCount: 2, seed: 20261123 } as const;
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u;
/** Loan words are said often in other languages, too: "council tax". */
const MOSTLY = 3;

/**
 * The language a text is to be answered in: of one that is also written in Latin letters, the way it is written. What is English
 * through and through ("abandoned car") is English, whoever wrote it.
 */
export function languageLabels({ utterances, languages }: TrainingMaterial): LanguageOf {
  const counts = new Map<string, Map<string, number>>();
  for (const { text, lang } of utterances) {
    const own = counts.get(lang) ?? new Map<string, number>();
    counts.set(lang, own);
    for (const word of new Set(words(text))) own.set(word, (own.get(word) ?? 0) + 1);
  }
  const count = (lang: string, word: string): number => counts.get(lang)?.get(word) ?? 0;
  const isEnglish = (text: string, lang: string): boolean =>
    words(text).every((word) => count('en', word) * MOSTLY > count(lang, word) || /^\d+$/.test(word));
  return ({ text, lang }) => {
    if (NOT_LATIN.test(text)) return lang;
    if (lang !== 'en' && isEnglish(text, lang)) return 'en';
    return languages[lang]?.latin ? `${lang}-Latn` : lang;
  };
}

/** Characters and words of all texts, and the words of understanding, which name what the texts do not. */
export function trainLanguage({ utterances, languages }: TrainingMaterial, languageOf: LanguageOf): LinearModel {
  const read = reader({});
  const spoken = new Set(utterances.map(({ lang }) => lang));
  const known = Object.entries(languages).filter(([lang]) => spoken.has(lang));
  const own = known.flatMap(([lang, data]) => wordsOf(data).map((text) => ({ text, lang })));
  const examples = [...utterances, ...own].flatMap((utterance): readonly Example[] => {
    const all = read.script(utterance.text);
    const label = languageOf(utterance);
    return pieces(all).map((part) => ({ words: part, label }));
  });
  return trainLinear(examples, { ...SCRIPT, labels: [...new Set(examples.map(({ label }) => label))].sort() });
}

/** The whole, its opening and its pairs of words: what the reply language is decided on is often three words long. */
function pieces(all: readonly string[]): readonly (readonly string[])[] {
  const pairs = Array.from({ length: Math.ceil(all.length / 2) }, (_, at) => all.slice(2 * at, 2 * at + 2));
  return [all, all.slice(0, 3), ...pairs].filter((part) => part.length > 0);
}

const SHORTEST = 3;

function wordsOf({ classes, danger, notDanger, dates, numbers }: LanguageData): readonly string[] {
  const lists = [...Object.values(classes), ...Object.values(danger.words), notDanger];
  const phrases = [...lists.flat(), ...Object.keys(dates.days), ...Object.keys(numbers)];
  const found = new Set(phrases.flatMap((phrase) => phrase.replaceAll('*', '').split(/[ |]/)));
  return [...found].filter((word) => word.length >= SHORTEST);
}
