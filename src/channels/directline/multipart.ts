import { Refusal } from './refusal';

/** Four files, the activity and a few fields that some clients add. */
const MAX_PARTS = 9;
const MAX_HEAD_BYTES = 8192;
const LINE = '\r\n';

/** One part of a multipart body; without a `Content-Disposition` it has no field and no name. */
export interface Part {
  readonly field: string;
  readonly name: string;
  /** The media type alone, in lower case. */
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Splits a multipart body (RFC 2046, section 5.1; RFC 7578) that is here as a whole. Parsers for streams wait for ever for the rest of some
 * bodies that are cut off, and skip parts without a name, which Microsoft's own example of a Direct Line upload has.
 * @throws Refusal 400 for a broken or unfinished body, 413 for too many parts
 */
export function readParts(type: string, body: Buffer): readonly Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  if (!boundary) throw new Refusal(400, 'BadSyntax', 'The multipart body has no boundary');
  const delimiter = Buffer.from(`${LINE}--${boundary[1] ?? boundary[2]}`);
  const whole = Buffer.concat([Buffer.from(LINE), body]);
  const parts: Part[] = [];
  for (let at = nextDelimiter(whole, delimiter, 0); !isLast(whole, at, delimiter); ) {
    if (parts.length === MAX_PARTS)
      throw new Refusal(413, 'MessageSizeTooBig', 'The multipart body has too many parts');
    const start = at + delimiter.length + LINE.length;
    at = nextDelimiter(whole, delimiter, start - LINE.length);
    parts.push(readPart(whole.subarray(start, Math.max(start, at))));
  }
  return parts;
}

/** Where the next delimiter begins that ends its line or the body; other lines may begin like it. */
function nextDelimiter(whole: Buffer, delimiter: Buffer, from: number): number {
  for (let at = whole.indexOf(delimiter, from); at >= 0; at = whole.indexOf(delimiter, at + 1)) {
    const after = whole.toString('latin1', at + delimiter.length, at + delimiter.length + 2);
    if (after === LINE || after === '--') return at;
  }
  throw new Refusal(400, 'BadSyntax', 'The multipart body is broken or cut off');
}

const isLast = (whole: Buffer, at: number, delimiter: Buffer): boolean =>
  whole.toString('latin1', at + delimiter.length, at + delimiter.length + 2) === '--';

function readPart(part: Buffer): Part {
  const headed = Buffer.concat([Buffer.from(LINE), part]);
  const end = headed.subarray(0, MAX_HEAD_BYTES).indexOf(LINE + LINE);
  if (end < 0) throw new Refusal(400, 'BadSyntax', 'A part of the multipart body has no end of its head');
  // Browsers write names in UTF-8.
  const head = headed.toString('utf8', 0, end);
  const header = (name: string) => new RegExp(`\\r\\n${name}:(.*)`, 'i').exec(head)?.[1] ?? '';
  const parameter = (name: string) => {
    const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(
      header('content-disposition'),
    );
    return (found?.[1] ?? found?.[2] ?? '').trim();
  };
  const [type = ''] = header('content-type').split(';');
  const content = headed.subarray(end + 2 * LINE.length);
  return { field: parameter('name'), name: parameter('filename'), type: type.trim().toLowerCase(), content };
}
