import type { Utterance } from './corpus';
import { EMERGENCY } from './labels';
import type { LanguageData } from './languageData';
import type { LinearModel } from './linearModel';
import { words } from './normalise';
import { type Reader, reader } from './reader';
import { vocabularyOf } from './speller';
import { type Example, trainLinear } from './trainLinear';

export interface TrainingMaterial {
  readonly utterances: readonly Utterance[];
  readonly languages: { readonly [lang: string]: LanguageData };
}

const TOPIC = { featureSet: 'topic', epochs: 7, rate: 0.4, minCount: 1, seed: 20261123 } as const;
const SCRIPT = { featureSet: 'script', epochs: 5, rate: 0.2, minCount: 2, seed: 20261123 } as const;

/** The three models without thresholds: what one fold of a cross-validation needs. */
export interface Models {
  readonly intents: LinearModel;
  readonly language: LinearModel;
  readonly emergency: LinearModel;
  readonly vocabulary: { readonly [lang: string]: readonly string[] };
}

export function trainModels({ utterances, languages }: TrainingMaterial): Models {
  const vocabulary = vocabularies(utterances);
  // Known words need no correction; without a vocabulary the reader leaves slips as training should see them.
  const read = reader(languages);
  return {
    intents: trainIntents(utterances, read),
    language: trainLanguage(utterances, languages, read),
    emergency: trainEmergency(utterances, read),
    vocabulary,
  };
}

/** One pooled model over all languages. */
export function trainIntents(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.map(({ text, lang, label }) => ({ words: read.topic(text, lang), label }));
  return trainLinear(examples, { ...TOPIC, labels: sorted(utterances.map(({ label }) => label)) });
}

/** The language a text is to be answered in: of one that is also written in Latin letters, the way it is written. */
export function languageOf({ text, lang }: Utterance, languages: TrainingMaterial['languages']): string {
  return languages[lang]?.latin && !NOT_LATIN.test(text) ? `${lang}-Latn` : lang;
}

const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u;

function trainLanguage(
  utterances: readonly Utterance[],
  languages: TrainingMaterial['languages'],
  read: Reader,
): LinearModel {
  const examples = utterances.flatMap((utterance): readonly Example[] => {
    const all = read.script(utterance.text);
    const label = languageOf(utterance, languages);
    // Openings too: what the reply language is decided on is often three words long.
    return [all, all.slice(0, 3)].filter((part) => part.length).map((part) => ({ words: part, label }));
  });
  return trainLinear(examples, { ...SCRIPT, labels: sorted(examples.map(({ label }) => label)) });
}

function trainEmergency(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.map(({ text, lang, label }) => ({ words: read.danger(text, lang).words, label }));
  return trainLinear(examples, { ...TOPIC, labels: [EMERGENCY] });
}

function vocabularies(utterances: readonly Utterance[]): { readonly [lang: string]: readonly string[] } {
  const langs = sorted(utterances.map(({ lang }) => lang));
  return Object.fromEntries(
    langs.map((lang) => [lang, vocabularyOf(utterances.filter((u) => u.lang === lang).map(({ text }) => words(text)))]),
  );
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
