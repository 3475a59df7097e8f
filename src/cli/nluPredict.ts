import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createRecogniser } from '../nlu/recogniser';

/** `npm run -s nlu:predict`: one JSON object a line in (`{"text", "lang"?}`), one a line out; a bad line is answered by `{"error"}`. */
const lineSchema = z.object({ text: z.string().max(20_000), lang: z.string().max(35).optional() });
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const recogniser = createRecogniser({ modelDir: join(process.cwd(), 'dist/nlu') });
recogniser.warm(Date.now());

function answer(line: string): object {
  const { text, lang } = lineSchema.parse(JSON.parse(line));
  const began = performance.now();
  const read = recogniser.recognise(text, { now: Date.now(), ...(lang === undefined ? {} : { language: lang }) });
  const ms = performance.now() - began;
  const top = read.intents.map(({ intent, confidence }) => ({ intent, confidence: rounded(confidence) }));
  return {
    intent: top[0]?.intent,
    confidence: top[0]?.confidence,
    band: read.band,
    lang: read.language.code,
    langConfidence: rounded(read.language.confidence),
    emergency: read.emergency,
    alsoWants: read.alsoWants,
    top,
    entities: read.entities,
    ms: rounded(ms),
  };
}

createInterface({ input: process.stdin, terminal: false }).on('line', (line) => {
  if (!line.trim()) return;
  let result: object;
  try {
    result = answer(line);
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    result = { error: why };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
