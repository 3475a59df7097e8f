import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Line, play, readScript, writeScript } from './harness';
import { closeBoroughs } from './world';

/** `UPDATE=1` rewrites the transcripts: read the difference before you commit it. */
const UPDATE = process.env.UPDATE === '1';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.convo.yaml'))
  .map((name) => join(__dirname, name))
  .sort();

afterAll(closeBoroughs);

describe.each(files.map((path) => [relative(__dirname, path), path]))('%s', (_name, path) => {
  const script = readScript(path);
  const happened = new Map<string, readonly Line[]>();
  afterAll(() => {
    if (UPDATE) writeScript(path, happened);
  });

  test.each(script.cases.map(({ name, lines }) => ({ name, lines })))('$name', async ({ name, lines }) => {
    const transcript = await play(script.header, lines);
    happened.set(name, transcript);
    if (!UPDATE) expect(transcript).toEqual(lines);
  });
});
