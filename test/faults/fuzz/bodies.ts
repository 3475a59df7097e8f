import { KINDS, laden, PICTURES } from '../../unit/directline/pictures';
import type { Chance } from './random';

const SCRIPT = '"><script>alert(1)</script>';
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  SCRIPT,
  'javascript:alert(1)',
  '../../etc/passwd',
  "' or 1=1 --",
  '{{7*7}}<%=7*7%>',
  'x'.repeat(300),
  'x'.repeat(300_000),
  [],
  [[]],
  {},
  { id: 'dl_x', role: 'bot' },
  { $ref: '#' },
  '\u202e\u2066',
  '4111 1111 1111 1111',
];
const NAMES = [
  'type',
  'text',
  'from',
  'channelData',
  'attachments',
  'entities',
  'value',
  'name',
  'locale',
  'replyToId',
].concat([
  'serviceUrl',
  'deliveryMode',
  'recipient',
  'conversation',
  '__proto__',
  'constructor',
  'id',
  'timestamp',
  'user',
]);
const TYPES = ['typing', 'conversationUpdate', 'invoke', 'event', 'endOfConversation', 'messageReaction', 'trace', ''];

/** An activity that says `text`, mostly as an honest client would write it. */
export function activityOf(chance: Chance, text: string, clientActivityID: string): string {
  const activity: Record<string, unknown> = {
    type: 'message',
    text,
    from: { id: 'me' },
    channelData: { clientActivityID },
  };
  if (chance.percent(4)) activity.type = chance.of(TYPES);
  for (let n = chance.percent(50) ? 0 : chance.below(3); n > 0; n -= 1) activity[chance.of(NAMES)] = chance.of(STRANGE);
  if (chance.percent(3))
    activity.attachments = [{ contentUrl: 'https://evil.example/', thumbnailUrl: SCRIPT, name: 'a' }];
  const json = JSON.stringify(activity);
  if (!chance.percent(6)) return json;
  const depth = chance.of([10, 60, 70, 3000, 100_000]);
  const deep = ['['.repeat(depth) + ']'.repeat(depth), `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`];
  return json.replace(
    /}$/,
    `,"value":${chance.of([...deep, '1e999', '-0', '1'.repeat(400), '"\\ud83d"', '"\\u0000"'])}}`,
  );
}

/** Bytes that are changed, cut, doubled or filled up; sometimes left as they are. */
export function spoiled(chance: Chance, content: Buffer): Buffer {
  const bytes = Buffer.from(content);
  switch (chance.below(5)) {
    case 0:
      return bytes.subarray(0, chance.below(bytes.length + 1));
    case 1:
      for (let n = chance.below(20); n > 0 && bytes.length > 0; n -= 1)
        bytes[chance.below(bytes.length)] = chance.below(256);
      return bytes;
    case 2:
      return Buffer.concat([bytes, bytes.subarray(chance.below(bytes.length + 1))]);
    case 3:
      return Buffer.concat([bytes, Buffer.alloc(chance.below(3000), chance.below(256))]);
    default:
      return bytes;
  }
}

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF');
const OTHERS = [
  SVG,
  Buffer.from(`<!doctype html>${SCRIPT}`),
  Buffer.from('MZ\x90\0'),
  Buffer.from('PK\x03\x04'),
  PDF,
  Buffer.alloc(0),
];

function fileOf(chance: Chance): Buffer {
  const kind = chance.of(KINDS);
  const file = chance.percent(70) ? chance.of([PICTURES[kind], laden(kind, chance.below(10))]) : chance.of(OTHERS);
  if (chance.percent(10)) return Buffer.concat([file, chance.of(OTHERS)]);
  return chance.percent(30) ? spoiled(chance, file) : file;
}

const FILE_NAMES = [
  'bin.png',
  SCRIPT,
  '../../x.png',
  'a\0b.png',
  '\u202egnp.exe',
  '',
  'x'.repeat(400),
  'zdjęcie.jpg',
  'a"; filename="b',
];
const BOUNDARIES = ['b', 'DD4E5147', 'x'.repeat(70), "a'()+_,-./:=?", '-', '--'];

export interface Body {
  readonly type: string;
  readonly content: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An upload: multipart with an activity and up to six files, or one file as it is. */
export function uploadOf(chance: Chance, activity: string): Body {
  if (chance.percent(15)) {
    const headers = { 'content-disposition': `name="file"; filename="${encodeURI(chance.of(FILE_NAMES))}"` };
    return {
      type: chance.of(['image/png', 'application/octet-stream', 'text/html']),
      content: fileOf(chance),
      headers,
    };
  }
  const boundary = chance.of(BOUNDARIES);
  const part = (head: string, content: Buffer) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')]);
  const parts = Array.from({ length: chance.percent(90) ? 1 + chance.below(2) : chance.below(7) }, () =>
    part(
      `Content-Disposition: form-data; name="file"; filename="${chance.of(FILE_NAMES)}"\r\nContent-Type: image/png`,
      fileOf(chance),
    ),
  );
  const named = chance.percent(50) ? 'Content-Disposition: form-data; name="activity"\r\n' : '';
  parts.splice(
    chance.below(2),
    0,
    part(`${named}Content-Type: application/vnd.microsoft.activity`, Buffer.from(activity)),
  );
  const whole = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  const content = chance.percent(10)
    ? spoiled(chance, whole)
    : chance.percent(2)
      ? Buffer.alloc(9_100_000, 'x')
      : whole;
  return { type: `multipart/form-data; boundary=${chance.percent(50) ? boundary : `"${boundary}"`}`, content };
}
