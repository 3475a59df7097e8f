import { type Classification, Nlu } from '@nlpjs/nlu';
import { features } from './features';
import { scorer } from './linearModel';
import { type Guess, probabilities, ranked } from './probabilities';
import type { Reader } from './reader';

/** What the classifier knows: one instance in the container, shared by the classes of all languages. */
export interface Knowledge {
  readonly classify: (words: readonly string[]) => readonly Guess[];
  readonly reader: Reader;
}

/** Where the container keeps the `Knowledge`. */
export const KNOWLEDGE = 'linear-knowledge';

/**
 * The classifier NLP.js runs in place of its perceptron: one linear model over all languages, honest probabilities, nothing
 * squared or renormalised, no cache of what residents wrote. Made at build time (`npm run nlu:train`), never in the server.
 */
export class LinearNlu extends Nlu {
  /** @throws Error if the container holds no `Knowledge`. */
  get knowledge(): Knowledge {
    const knowledge = this.container.get(KNOWLEDGE) as Knowledge | undefined;
    if (!knowledge) throw new Error('The language model is missing: run npm run nlu:train');
    return knowledge;
  }

  /** All labels, best first, without waiting: what `process` answers. */
  classify(text: string): readonly Guess[] {
    const { classify, reader } = this.knowledge;
    return classify(reader.topic(text, this.settings.locale));
  }

  override async process(utterance: string): Promise<{ classifications: Classification[] }> {
    return {
      classifications: this.classify(utterance).map(({ intent, confidence }) => ({ intent, score: confidence })),
    };
  }

  override train(): Promise<never> {
    return Promise.reject(new Error('The pooled model is trained by npm run nlu:train'));
  }

  /** The model is a file of its own: NLP.js saves only that this class is meant. */
  override toJSON(): object {
    return { settings: { locale: this.settings.locale } };
  }

  override fromJSON(): void {}
}

/** Classifies words with a model's calibrated probabilities. */
export function classifier(
  model: Parameters<typeof scorer>[0],
  slope: number,
): (words: readonly string[]) => readonly Guess[] {
  const { labels, score, featureSet } = scorer(model);
  return (words) => ranked(labels, probabilities(score(features(words, featureSet)).logits, slope));
}
