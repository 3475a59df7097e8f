import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArtefact } from '../nlu/artefact';
import { readMaterial, trainInParallel } from '../nlu/parallelFolds';
import { MODEL_FILE } from '../nlu/recogniser';
import { artefactOf, FOLDS, FOR_THRESHOLDS } from '../nlu/train';

/** `npm run nlu:train`: `intents/` and `src/nlu/data/` → `dist/nlu/model.bin`. The same texts give the same bytes. */
async function main(): Promise<void> {
  const root = process.cwd();
  const began = performance.now();
  const material = readMaterial(root);
  if (!material.utterances.length) throw new Error('no texts in intents/, no model made');
  const { models, held } = await trainInParallel(root, FOLDS, FOR_THRESHOLDS);
  const artefact = artefactOf(material, models, held);
  const bytes = writeArtefact(artefact);
  const folder = join(root, 'dist/nlu');
  mkdirSync(folder, { recursive: true });
  // Written beside and renamed: a server that starts meanwhile reads the old model or the new one, never half of it.
  const path = join(folder, MODEL_FILE);
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
  const { act, ask, danger } = artefact.settings.thresholds;
  process.stdout.write(
    `${material.utterances.length} texts, ${artefact.intents.labels.length} labels, ${artefact.language.labels.join(' ')}: ` +
      `${Math.round(bytes.length / 1024)} KiB in ${((performance.now() - began) / 1000).toFixed(1)} s; ` +
      `act ≥ ${act}, ask ≥ ${ask}, danger ≥ ${danger.signed} with a sign, ≥ ${danger.unsigned} without\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`nlu:train: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
