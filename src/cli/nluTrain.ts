import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArtefact } from '../nlu/artefact';
import { readCorpus, readLanguageData } from '../nlu/corpus';
import { MODEL_FILE } from '../nlu/recogniser';
import { train } from '../nlu/train';

/** `npm run nlu:train`: `intents/` and `src/nlu/data/` → `dist/nlu/model.bin`. The same texts give the same bytes. */
const root = process.cwd();
const began = performance.now();
const utterances = readCorpus(join(root, 'intents'));
if (!utterances.length) {
  process.stderr.write('nlu:train: no texts in intents/, no model made\n');
  process.exit(1);
}
const artefact = train({ utterances, languages: readLanguageData(join(root, 'src/nlu/data')) });
const bytes = writeArtefact(artefact);
const folder = join(root, 'dist/nlu');
mkdirSync(folder, { recursive: true });
// Written beside and renamed: a server that starts meanwhile reads the old model or the new one, never half of it.
const path = join(folder, MODEL_FILE);
writeFileSync(`${path}.new`, bytes);
renameSync(`${path}.new`, path);
const { act, ask, danger } = artefact.settings.thresholds;
process.stdout.write(
  `${utterances.length} texts, ${artefact.intents.labels.length} labels, ${artefact.language.labels.join(' ')}: ` +
    `${Math.round(bytes.length / 1024)} KiB in ${((performance.now() - began) / 1000).toFixed(1)} s; ` +
    `act ≥ ${act}, ask ≥ ${ask}, danger ≥ ${danger.signed} with a sign, ≥ ${danger.unsigned} without\n`,
);
