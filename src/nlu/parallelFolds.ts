import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TrainingMaterial } from './corpus';
import { readCorpus, readLanguageData } from './corpus';
import { type HeldOutOptions, type Heldout, heldOutFold, together } from './crossValidation';
import { type Models, trainModels } from './models';

/** What a worker is asked for: the models of everything, or a fold of a cross-validation. */
export type Task =
  | { readonly kind: 'models' }
  | { readonly kind: 'fold'; readonly folds: number; readonly at: number; readonly options: HeldOutOptions };

/** What the models learn from, of a checkout. */
export function readMaterial(root: string): TrainingMaterial {
  return { utterances: readCorpus(join(root, 'intents')), languages: readLanguageData(join(root, 'src/nlu/data')) };
}

/** In a worker: what a task asks for. */
export function done(material: TrainingMaterial, task: Task): Models | Heldout {
  return task.kind === 'models' ? trainModels(material) : heldOutFold(material, task.folds, task.at, task.options);
}

/** As `heldOut`, with the folds side by side: the same result, whatever the number of processors. */
export async function heldOutInParallel(root: string, folds: number, options: HeldOutOptions = {}): Promise<Heldout> {
  return together((await inParallel(root, foldTasks(folds, options))) as Heldout[]);
}

/** The models, and what models that did not see a fold say of it. */
export async function trainInParallel(
  root: string,
  folds: number,
  options: HeldOutOptions,
): Promise<{ readonly models: Models; readonly held: Heldout }> {
  const [models, ...held] = await inParallel(root, [{ kind: 'models' }, ...foldTasks(folds, options)]);
  return { models: models as Models, held: together(held as Heldout[]) };
}

const foldTasks = (folds: number, options: HeldOutOptions): readonly Task[] =>
  Array.from({ length: folds }, (_, at) => ({ kind: 'fold', folds, at, options }));

async function inParallel(root: string, tasks: readonly Task[]): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(join(__dirname, 'trainingWorker.js'), { workerData: { root } });
    try {
      for (let at = next++; at < tasks.length; at = next++) {
        worker.postMessage(tasks[at]);
        const [result] = (await once(worker, 'message')) as [unknown];
        results[at] = result;
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(tasks.length, availableParallelism()) }, work));
  return results;
}
