import { z } from 'zod';
import { languageDataSchema } from './languageData';
import type { LinearModel } from './linearModel';

/** Everything the recogniser needs at run time: one file, made by `npm run nlu:train`. */
export interface Artefact {
  readonly intents: LinearModel;
  readonly language: LinearModel;
  readonly emergency: LinearModel;
  readonly settings: ArtefactSettings;
}

/** Written as one line: a schema takes its time over 100,000 strings. */
const wordLine = z.string().transform((line): readonly string[] => line.split(' '));

const settingsSchema = z.object({
  /** Log-odds → probability: multiplied by `slope`, by cross-validation. */
  calibration: z.object({ intents: z.number(), language: z.number() }),
  /** The least probability to act, to ask "did you mean"; the least log-odds of danger with a sign of it and without. */
  thresholds: z.object({
    act: z.number(),
    ask: z.number(),
    danger: z.object({ signed: z.number(), unsigned: z.number() }),
  }),
  /** Known words by language, most frequent first. */
  vocabulary: z.record(z.string(), wordLine),
  languages: z.record(z.string(), languageDataSchema),
});
type ArtefactSettings = z.infer<typeof settingsSchema>;

const headerSchema = z.object({
  models: z.array(
    z.object({ labels: z.array(z.string()), featureSet: z.enum(['topic', 'script']), features: z.number().int() }),
  ),
  settings: settingsSchema,
});

const MAGIC = 'WNLU0003';
const PREFIX = MAGIC.length + 4;

/** `WNLU0003`, the header's length, the header as JSON, then per model: hashes, scales, biases, rarity, weights; parts begin at multiples of 4. */
export function writeArtefact(artefact: Artefact): Buffer {
  const models = [artefact.intents, artefact.language, artefact.emergency];
  const header = Buffer.from(
    JSON.stringify({
      models: models.map(({ labels, featureSet, hashes }) => ({ labels, featureSet, features: hashes.length })),
      settings: { ...artefact.settings, vocabulary: asLines(artefact.settings.vocabulary) },
    }),
  );
  const prefix = Buffer.alloc(PREFIX, MAGIC);
  prefix.writeUInt32LE(header.length, MAGIC.length);
  const parts = models.flatMap((model) => [model.hashes, model.scales, model.biases, model.rarity, model.weights]);
  return Buffer.concat([
    aligned(Buffer.concat([prefix, header])),
    ...parts.map((part) => aligned(Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  ]);
}

function asLines(vocabulary: ArtefactSettings['vocabulary']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(vocabulary).map(([lang, words]) => [lang, words.join(' ')]));
}

function aligned(part: Buffer): Buffer {
  return Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
}

/** @throws Error if the bytes are no artefact of this version. */
export function readArtefact(file: Buffer): Artefact {
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new Error('Not a language model of this version: run npm run nlu:train');
  const end = PREFIX + file.readUInt32LE(MAGIC.length);
  const header = headerSchema.parse(JSON.parse(file.toString('utf8', PREFIX, end)));
  // Typed arrays begin at multiples of 4; a buffer from Node's pool may begin anywhere.
  const { buffer: bytes, byteOffset } = file.byteOffset % 4 === 0 ? file : new Uint8Array(file);
  let at = end;
  const take = (length: number): number => {
    at += (4 - (at % 4)) % 4;
    const start = byteOffset + at;
    at += length;
    return start;
  };
  const [intents, language, emergency] = header.models.map(({ labels, featureSet, features }): LinearModel => {
    const size = labels.length;
    return {
      labels,
      featureSet,
      hashes: new Uint32Array(bytes, take(features * 4), features),
      scales: new Float32Array(bytes, take(size * 4), size),
      biases: new Float32Array(bytes, take(size * 4), size),
      rarity: new Uint8Array(bytes, take(features), features),
      weights: new Int8Array(bytes, take(features * size), features * size),
    };
  });
  if (!intents || !language || !emergency) throw new Error('The language model is not complete: run npm run nlu:train');
  return { intents, language, emergency, settings: header.settings };
}
