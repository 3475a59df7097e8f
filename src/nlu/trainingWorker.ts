import { parentPort, workerData } from 'node:worker_threads';
import { done, readMaterial, type Task } from './parallelFolds';

/** The other side of `parallelFolds.ts`: answers tasks one by one until it is ended. */
const material = readMaterial((workerData as { readonly root: string }).root);
parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage(done(material, task));
});
