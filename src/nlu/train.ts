import type { Artefact } from './artefact';
import { heldOut } from './crossValidation';
import { type TrainingMaterial, trainModels } from './models';
import { bandThresholds, dangerThresholds, slopeOf } from './thresholds';

const FOLDS = 5;

/** Trains and cuts the thresholds by cross-validation. Pure: the same material gives the same bytes. */
export function train(material: TrainingMaterial): Artefact {
  const { vocabulary, ...models } = trainModels(material);
  const held = heldOut(material, FOLDS);
  const slope = slopeOf(held.intents);
  return {
    ...models,
    settings: {
      calibration: { intents: slope, language: slopeOf(held.language) },
      thresholds: { ...bandThresholds(held.intents, slope), danger: dangerThresholds(held.emergency) },
      vocabulary,
      languages: material.languages,
    },
  };
}
