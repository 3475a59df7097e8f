import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SegmentedMessage } from 'sms-segments-calculator';
import { cheaper } from '../../src/channels/sms/cheaper';
import { BUILT_IN } from '../../src/conversation/builtin';
import { closeBoroughs } from './borough';
import { unsaid, untried } from './coverage';
import { type Line, play, readScript, writeScript } from './harness';
import { theKit } from './world';

/** `UPDATE=1` rewrites the transcripts: read the difference before you commit it. */
const UPDATE = process.env.UPDATE === '1';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.convo.yaml'))
  .map((name) => join(__dirname, name))
  .sort();

afterAll(closeBoroughs);

/** A text costs by the segment: at most 2 of GSM-7, 3 of UCS-2, with its numbered choices. The first one may have one more: it says who writes. */
function tooLong({ wandle }: Line): boolean {
  if (typeof wandle !== 'string') return false;
  const text = wandle.replace(/ \[(.*)\]$/, (_whole, titles: string) =>
    titles
      .split(' | ')
      .map((title, index) => `\n${index + 1} ${title}`)
      .join(''),
  );
  const { encodingName, segmentsCount } = new SegmentedMessage(cheaper(text), 'auto');
  const first = /\bSTOP\b/.test(wandle) ? 1 : 0;
  return segmentsCount > (encodingName === 'GSM-7' ? 2 : 3) + first;
}

describe.each(files.map((path) => [relative(__dirname, path), path]))('%s', (_name, path) => {
  const script = readScript(path);
  const happened = new Map<string, readonly Line[]>();
  afterAll(() => {
    if (UPDATE && happened.size > 0) writeScript(path, happened);
  });

  test.each(script.cases.map(({ name, lines }) => ({ name, lines })))('$name', async ({ name, lines }) => {
    const transcript = await play(script.header, lines);
    happened.set(name, transcript);
    if (script.header.channel === 'sms') expect(transcript.filter((line) => tooLong(line))).toEqual([]);
    if (!UPDATE) expect(transcript).toEqual(lines);
  });
});

describe('together the conversations', () => {
  const CORE = ['missed-bin', 'pothole', 'parking-fine', 'complaint', 'foi-request'];
  test('lead to every ending, stop and refusal of every service', async () => {
    const { services } = await theKit();
    expect([...services, ...BUILT_IN].flatMap((service) => unsaid(service))).toEqual([]);
  });
  test.each(CORE)('try every repair command in %s', (service) => {
    expect(untried(service)).toEqual([]);
  });
});
