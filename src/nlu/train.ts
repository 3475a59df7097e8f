import type { Artefact } from './artefact';
import { heldOut } from './crossValidation';
import { type TrainingMaterial, trainModels } from './models';
import { bandThresholds, emergencyThreshold, slopeOf } from './thresholds';

/** Trains and cuts the thresholds by cross-validation. Pure: the same material gives the same bytes. */
export function train(material: TrainingMaterial): Artefact {
  const { vocabulary, ...models } = trainModels(material);
  const held = heldOut(material, 3);
  const slope = slopeOf(held.intents);
  return {
    ...models,
    settings: {
      calibration: { intents: slope, language: slopeOf(held.language) },
      thresholds: { ...bandThresholds(held.intents, slope), emergency: emergencyThreshold(held.emergency) },
      vocabulary,
      languages: material.languages,
    },
  };
}
