import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { NlpManager } from 'node-nlp';
import { z } from 'zod';
import type { Utterance } from '../src/nlu/corpus';
import { classifier } from '../src/nlu/linearNlu';
import { trainIntents } from '../src/nlu/models';
import { words } from '../src/nlu/normalise';
import { reader } from '../src/nlu/reader';
import { vocabularyOf } from '../src/nlu/speller';

/**
 * `npm run bench:nlu [-- FOLDER] [--only SET]`: the intent model against node-nlp's NlpManager as shipped, on public sets, in one
 * run. Both learn from the same texts and read the same test; ours without the council's words. The folder holds `<set>.jsonl.gz`: lines
 * of `{"split": "train" | "dev" | "test", "lang", "text", "intent"}`. Texts that are nobody's business are called `none`.
 */
const MASSIVE = ['ar', 'bn', 'en', 'es', 'fr', 'pl', 'pt', 'ro', 'ta', 'ur'].map((lang) => `massive-${lang}`);
const SETS = [...MASSIVE, 'clinc150', 'hint3-curekart', 'hint3-powerplay11', 'hint3-sofmattress'];
const NONE = 'none';

const lineSchema = z.object({ split: z.string(), lang: z.string(), text: z.string(), intent: z.string() });
type Line = z.infer<typeof lineSchema>;

interface Set {
  readonly train: readonly Line[];
  readonly test: readonly Line[];
}

interface Guess {
  readonly intent: string;
  readonly confidence: number;
}
type Guesser = (text: string) => Guess | Promise<Guess>;

function readSet(path: string): Set {
  const lines = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => lineSchema.parse(JSON.parse(line)));
  return {
    train: lines.filter(({ split }) => split === 'train'),
    test: lines.filter(({ split }) => split === 'test'),
  };
}

function ours({ train }: Set): Guesser {
  const read = reader({});
  const utterances = train.map(
    ({ text, lang, intent }, at): Utterance => ({ text, lang, label: intent, group: String(at) }),
  );
  const classify = classifier(trainIntents(utterances, read), 1);
  const lang = train[0]?.lang ?? 'en';
  // As the server does: words that the texts never have are taken for the known word one slip away.
  const spelt = reader({}, { [lang]: vocabularyOf(utterances.map(({ text }) => words(text))) });
  return (text) => classify(spelt.topic(text, lang))[0] ?? { intent: NONE, confidence: 0 };
}

async function shipped({ train }: Set): Promise<Guesser> {
  const lang = train[0]?.lang ?? 'en';
  const manager = new NlpManager({ languages: [lang], autoSave: false, nlu: { log: false } });
  for (const { text, intent } of train) manager.addDocument(lang, text, intent);
  await manager.train();
  return async (text) => {
    const { intent, score } = await manager.process(lang, text);
    return { intent: intent === 'None' ? NONE : intent, confidence: score };
  };
}

interface Result {
  /** Per cent of the texts that were read right. */
  readonly share: number;
  readonly line: string;
}

/**
 * Where a test holds texts that are nobody's business, a guess less sure than a cut counts as `none`, and the figure is the one at each
 * side's own best cut, as HINT3's authors compare bots; elsewhere every guess counts.
 */
async function measured({ test, ...set }: Set, make: (set: Set) => Promise<Guesser> | Guesser): Promise<Result> {
  const began = performance.now();
  const guess = await make({ ...set, test });
  const trained = performance.now();
  const read: Read[] = [];
  for (const { text, intent } of test) read.push({ ...(await guess(text)), truth: intent });
  const each = (performance.now() - trained) / test.length;
  const known = read.filter(({ truth }) => truth !== NONE);
  const hasNone = known.length < read.length;
  const cut = hasNone ? CUTS.reduce((best, one) => (right(read, one) > right(read, best) ? one : best)) : 0;
  const parts = hasNone
    ? ` at cut ${cut}; texts of taught intents alone, every guess counted: ${right(known, 0).toFixed(1)} %`
    : '';
  const time = `trained in ${((trained - began) / 1000).toFixed(1)} s, ${each.toFixed(2)} ms a text`;
  const share = right(read, cut);
  return { share, line: `${share.toFixed(1)} %${parts}; ${time}` };
}

interface Read extends Guess {
  readonly truth: string;
}
const CUTS = Array.from({ length: 100 }, (_, at) => at / 100);

function right(read: readonly Read[], cut: number): number {
  const hits = read.filter(({ intent, confidence, truth }) => (confidence >= cut ? intent : NONE) === truth);
  return (100 * hits.length) / read.length;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
  const folder = positionals[0] ?? join(process.cwd(), '../shared/data/nlu');
  const wanted = SETS.filter((name) => values.only === undefined || name.includes(values.only));
  const present = wanted.filter((name) => existsSync(join(folder, `${name}.jsonl.gz`)));
  if (!present.length) {
    process.stdout.write(`bench:nlu: no sets in ${folder}, nothing measured\n`);
    return;
  }
  const hint3: (readonly [own: number, theirs: number])[] = [];
  for (const name of present) {
    const set = readSet(join(folder, `${name}.jsonl.gz`));
    const own = await measured(set, ours);
    const theirs = await measured(set, shipped);
    if (name.startsWith('hint3')) hint3.push([own.share, theirs.share]);
    process.stdout.write(
      `${name}: ${set.train.length} texts taught, ${set.test.length} read\n  ours      ${own.line}\n  node-nlp  ${theirs.line}\n`,
    );
  }
  const mean = (at: 0 | 1): string => (hint3.reduce((sum, each) => sum + each[at], 0) / hint3.length).toFixed(1);
  if (hint3.length > 0)
    process.stdout.write(`hint3, mean of ${hint3.length}: ours ${mean(0)} %, node-nlp ${mean(1)} %\n`);
}

void main();
