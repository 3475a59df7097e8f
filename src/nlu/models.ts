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

const TOPIC = { featureSet: 'topic', epochs: 12, rate: 0.4, minCount: 1, seed: 20261123 } as const;
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
    language: trainLanguage(utterances, read),
    emergency: trainEmergency(utterances, read),
    vocabulary,
  };
}

/** One pooled model over all languages. */
export function trainIntents(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.map(({ text, lang, label }) => ({ words: read.topic(text, lang), label }));
  return trainLinear(examples, { ...TOPIC, labels: sorted(utterances.map(({ label }) => label)) });
}

function trainLanguage(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.flatMap(({ text, lang }): readonly Example[] => {
    const all = read.script(text);
    // Openings too: what the reply language is decided on is often three words long.
    return [all, all.slice(0, 3)].filter((part) => part.length).map((part) => ({ words: part, label: lang }));
  });
  return trainLinear(examples, { ...SCRIPT, labels: sorted(utterances.map(({ lang }) => lang)) });
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
