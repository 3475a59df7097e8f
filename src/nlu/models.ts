import type { TrainingMaterial, Utterance } from './corpus';
import { EMERGENCY } from './labels';
import { languageLabels, trainLanguage } from './languageModel';
import type { LinearModel } from './linearModel';
import { words } from './normalise';
import { type Reader, reader } from './reader';
import { vocabularyOf } from './speller';
import { trainLinear } from './trainLinear';

const TOPIC = { featureSet: 'topic', seed: 20261123 } as const;
/** Of so many texts, what only one has teaches nothing, and five rounds of long strides are enough (measured); of few it does, and small steps tell more. */
const MANY = 20_000;
const effortFor = ({ length }: readonly unknown[]) =>
  length > MANY ? { epochs: 5, rate: 0.8, minCount: 2 } : { epochs: 7, rate: 0.4, minCount: 1 };
/** A quarter of the texts are of danger, which has a detector of its own: they must not outweigh what residents ask for every day. */
const DANGER_WEIGHT = 0.3;

/** What says what is wanted, and whether it is danger. */
export interface TopicModels {
  readonly intents: LinearModel;
  readonly emergency: LinearModel;
  readonly vocabulary: { readonly [lang: string]: readonly string[] };
}

/** All models, without thresholds. */
export interface Models extends TopicModels {
  readonly language: LinearModel;
}

export const trainModels = (material: TrainingMaterial): Models => ({
  ...trainTopics(material),
  language: trainLanguage(material, languageLabels(material)),
});

export function trainTopics({ utterances, languages }: TrainingMaterial): TopicModels {
  // Known words need no correction; without a vocabulary the reader leaves slips as training should see them.
  const read = reader(languages);
  return {
    intents: trainIntents(utterances, read),
    emergency: trainEmergency(utterances, read),
    vocabulary: vocabularies(utterances),
  };
}

/** One pooled model over all languages. */
export function trainIntents(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.map(({ text, lang, label }) => {
    return { words: read.topic(text, lang), label, weight: label === EMERGENCY ? DANGER_WEIGHT : 1 };
  });
  return trainLinear(examples, {
    ...TOPIC,
    ...effortFor(examples),
    labels: sorted(utterances.map(({ label }) => label)),
  });
}

function trainEmergency(utterances: readonly Utterance[], read: Reader): LinearModel {
  const examples = utterances.map(({ text, lang, label }) => ({ words: read.alarm(text, lang), label }));
  return trainLinear(examples, { ...TOPIC, ...effortFor(examples), labels: [EMERGENCY] });
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
