import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NlpManager } from 'node-nlp';
import { z } from 'zod';
import type { Utterance } from '../src/nlu/corpus';
import { classifier } from '../src/nlu/linearNlu';
import { trainIntents } from '../src/nlu/models';
import { reader } from '../src/nlu/reader';

/**
 * `npm run bench:nlu [-- FOLDER]`: the intent model against node-nlp's NlpManager as shipped, on public sets, in one run. Both learn from
 * the same texts (at most `MOST_PER_INTENT` an intent, so that node-nlp is done in minutes) and read the same test; ours without the
 * council's word classes. The folder holds `<set>.jsonl.gz`: lines of `{"split": "train" | "dev" | "test", "lang", "text", "intent"}`.
 */
const SETS = ['massive-en', 'massive-pl', 'clinc150', 'hint3-curekart', 'hint3-powerplay11', 'hint3-sofmattress'];
const MOST_PER_INTENT = 60;
/** A test set is thinned to about so many texts. */
const MOST_TESTED = 1500;

const lineSchema = z.object({ split: z.string(), lang: z.string(), text: z.string(), intent: z.string() });
type Line = z.infer<typeof lineSchema>;

interface Set {
  readonly train: readonly Line[];
  /** Texts of intents that were taught: accuracy says nothing of what is out of scope. */
  readonly test: readonly Line[];
}

type Guesser = (text: string) => string | Promise<string>;

function readSet(path: string): Set {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => lineSchema.parse(JSON.parse(line)));
  const counts = new Map<string, number>();
  const train = lines.filter(({ split, intent }) => {
    const count = counts.get(intent) ?? 0;
    if (split !== 'train' || count >= MOST_PER_INTENT) return false;
    counts.set(intent, count + 1);
    return true;
  });
  const test = lines.filter(({ split, intent }) => split === 'test' && counts.has(intent));
  const step = Math.max(1, Math.round(test.length / MOST_TESTED));
  return { train, test: test.filter((_, at) => at % step === 0) };
}

function ours({ train }: Set): Guesser {
  const read = reader({});
  const utterances = train.map(
    ({ text, lang, intent }, at): Utterance => ({ text, lang, label: intent, group: String(at) }),
  );
  const classify = classifier(trainIntents(utterances, read), 1);
  const lang = train[0]?.lang ?? 'en';
  return (text) => classify(read.topic(text, lang))[0]?.intent ?? '';
}

async function shipped({ train }: Set): Promise<Guesser> {
  const lang = train[0]?.lang ?? 'en';
  const manager = new NlpManager({ languages: [lang], autoSave: false, nlu: { log: false } });
  for (const { text, intent } of train) manager.addDocument(lang, text, intent);
  await manager.train();
  return async (text) => (await manager.process(lang, text)).intent;
}

async function measured(set: Set, make: () => Promise<Guesser> | Guesser): Promise<string> {
  const began = performance.now();
  const guess = await make();
  const trained = performance.now();
  let right = 0;
  for (const { text, intent } of set.test) if ((await guess(text)) === intent) right += 1;
  const each = (performance.now() - trained) / set.test.length;
  const share = ((100 * right) / set.test.length).toFixed(1);
  return `${share} % (trained in ${((trained - began) / 1000).toFixed(1)} s, ${each.toFixed(2)} ms a text)`;
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(process.cwd(), '../shared/data/nlu');
  const present = SETS.filter((name) => existsSync(join(folder, `${name}.jsonl.gz`)));
  if (!present.length) {
    process.stdout.write(`bench:nlu: no sets in ${folder}, nothing measured\n`);
    return;
  }
  for (const name of present) {
    const set = readSet(join(folder, `${name}.jsonl.gz`));
    const own = await measured(set, () => ours(set));
    const theirs = await measured(set, () => shipped(set));
    process.stdout.write(
      `${name}: ${set.train.length} texts taught, ${set.test.length} read\n  ours      ${own}\n  node-nlp  ${theirs}\n`,
    );
  }
}

void main();
