import type { TrainingMaterial, Utterance } from './corpus';
import { type DangerScore, dangerScorer } from './danger';
import { features } from './features';
import { EMERGENCY, isService, NONE } from './labels';
import { type LanguageOf, languageLabels, trainLanguage } from './languageModel';
import { scorer } from './linearModel';
import { type Models, type TopicModels, trainTopics } from './models';
import { reader } from './reader';
import { withSlips } from './slips';
import { randomFrom } from './trainLinear';

/** Log-odds of an utterance by a model that did not see it. */
export interface Scored {
  readonly utterance: Utterance;
  readonly labels: readonly string[];
  readonly logits: Float32Array;
  /** The right label; `none` where the model was not taught the utterance's own label. */
  readonly truth: string;
}

/** How dangerous an utterance sounds to models that did not see it, and whether it is. */
export interface ScoredDanger extends DangerScore {
  readonly utterance: Utterance;
  readonly danger: boolean;
}

export interface Heldout {
  readonly intents: readonly Scored[];
  readonly language: readonly Scored[];
  readonly emergency: readonly ScoredDanger[];
}

export interface HeldOutOptions {
  readonly leaveServicesOut?: boolean;
  /** The language model is tried in the first of so many folds only: it takes as long as the others, and one fold says enough. */
  readonly languageFolds?: number;
  /** Share of words that are given a typing slip before they are tested, never before training. */
  readonly slips?: number;
}

/** Services left out of a fold, in how many folds' worth of turns each comes round. */
const TURNS = 2;
const SLIPS_SEED = 11;

/** All folds, one after the other: `parallelFolds.ts` runs them side by side. */
export function heldOut(material: TrainingMaterial, folds: number, options: HeldOutOptions = {}): Heldout {
  return together(Array.from({ length: folds }, (_, at) => heldOutFold(material, folds, at, options)));
}

/**
 * One fold of a cross-validation grouped by paraphrase, which also leaves some services out altogether: their utterances are then real
 * residents' wishes that nobody taught the model, the best stand-in for what is out of scope.
 */
export function heldOutFold(
  material: TrainingMaterial,
  folds: number,
  at: number,
  { leaveServicesOut = true, slips = 0, languageFolds = folds }: HeldOutOptions = {},
): Heldout {
  const fold = foldOfGroup(material.utterances, folds);
  const services = [...new Set(material.utterances.map(({ label }) => label))].filter(isService).sort();
  const leaveOut = leaveServicesOut && services.length >= folds;
  const left = new Set(leaveOut ? services.filter((_, index) => index % (folds * TURNS) === at) : []);
  const alter = slips > 0 ? withSlips(SLIPS_SEED + at, slips) : (text: string): string => text;
  const taught = material.utterances.filter((u) => fold(u) !== at && !left.has(u.label));
  const tested = material.utterances.filter((u) => fold(u) === at).map((u) => ({ ...u, text: alter(u.text) }));
  const languageOf = languageLabels(material);
  const training = { ...material, utterances: taught };
  const language = at < languageFolds && { language: trainLanguage(training, languageOf) };
  return scoreAll({ ...trainTopics(training), ...language }, { ...material, utterances: tested }, left, languageOf);
}

export function together(all: readonly Heldout[]): Heldout {
  return {
    intents: all.flatMap(({ intents }) => intents),
    language: all.flatMap(({ language }) => language),
    emergency: all.flatMap(({ emergency }) => emergency),
  };
}

function foldOfGroup(utterances: readonly Utterance[], folds: number): (utterance: Utterance) => number {
  const random = randomFrom(7);
  const groups = new Map<string, number>();
  for (const { group } of utterances) if (!groups.has(group)) groups.set(group, Math.floor(random() * folds));
  return ({ group }) => groups.get(group) ?? 0;
}

/** What models say of texts; texts of labels they were not taught have the truth `none`. */
export function scoreAll(
  models: TopicModels & Partial<Models>,
  { utterances, languages }: TrainingMaterial,
  left: ReadonlySet<string>,
  languageOf: LanguageOf,
): Heldout {
  const read = reader(languages, models.vocabulary);
  const intents = scorer(models.intents);
  const language = models.language && scorer(models.language);
  const dangerOf = dangerScorer(models.intents, models.emergency);
  return {
    intents: utterances.map((utterance) => ({
      utterance,
      labels: intents.labels,
      logits: intents.score(features(read.topic(utterance.text, utterance.lang), 'topic')).logits,
      truth: left.has(utterance.label) ? NONE : utterance.label,
    })),
    language: language
      ? utterances.map((utterance) => ({
          utterance,
          labels: language.labels,
          logits: language.score(features(read.script(utterance.text), 'script')).logits,
          truth: languageOf(utterance),
        }))
      : [],
    emergency: utterances.map((utterance) => ({
      utterance,
      ...dangerOf(read.danger(utterance.text, utterance.lang)),
      danger: utterance.label === EMERGENCY,
    })),
  };
}
