import type { Artefact } from './artefact';
import type { TrainingMaterial } from './corpus';
import { type Heldout, heldOut } from './crossValidation';
import { type Models, trainModels } from './models';
import { bandThresholds, dangerThresholds, slopeOf } from './thresholds';

/** Enough to cut thresholds on; each more costs a tenth of the build. */
export const FOLDS = 3;
/** What the thresholds are cut on. */
export const FOR_THRESHOLDS = { languageFolds: 1 } as const;

/** Trains and cuts the thresholds by cross-validation. Pure: the same material gives the same bytes. */
export function train(material: TrainingMaterial): Artefact {
  return artefactOf(material, trainModels(material), heldOut(material, FOLDS, FOR_THRESHOLDS));
}

/** @param held what models that did not see a text say of it */
export function artefactOf(
  { languages }: TrainingMaterial,
  { vocabulary, ...models }: Models,
  held: Heldout,
): Artefact {
  const slope = slopeOf(held.intents);
  return {
    ...models,
    settings: {
      calibration: { intents: slope, language: slopeOf(held.language) },
      thresholds: { ...bandThresholds(held.intents, slope), danger: dangerThresholds(held.emergency) },
      vocabulary,
      languages,
    },
  };
}
