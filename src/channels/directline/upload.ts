import busboy from 'busboy';
import { Refusal } from './refusal';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 4;
/** Files, the activity and a few fields that some clients add. */
const MAX_PARTS = MAX_FILES + 5;
/** Of one part; beyond it nobody looks for their end. */
const MAX_HEAD_BYTES = 8192;
const MAX_NAME = 100;
/** The route's limit: two full-size pictures, or more of what a phone's browser has scaled down. */
export const MAX_UPLOAD_BYTES = 2 * MAX_FILE_BYTES + 512 * 1024;

export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface Upload {
  /** The `application/vnd.microsoft.activity` part, where there is one. */
  readonly activity: Buffer | undefined;
  readonly files: readonly UploadedFile[];
}

interface Part {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Reads a Direct Line upload: multipart with an activity and files, or one file as the raw body.
 * @throws Refusal 400 for a broken body or no file, 413 for too much.
 */
export async function readUpload(
  headers: { readonly [name: string]: string | undefined },
  body: Buffer,
): Promise<Upload> {
  const type = headers['content-type'] ?? '';
  const upload = /^multipart\//i.test(type) ? await readMultipart(type, body) : readRaw(headers, body);
  if (upload.files.length === 0) throw new Refusal(400, 'BadArgument', 'The upload has no file');
  if (upload.files.some((file) => file.content.length > MAX_FILE_BYTES)) {
    throw new Refusal(413, 'MessageSizeTooBig', 'A file has at most 4 MB');
  }
  return upload;
}

function readRaw(headers: { readonly [name: string]: string | undefined }, body: Buffer): Upload {
  const name = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1] ?? 'file';
  return { activity: undefined, files: body.length === 0 ? [] : [{ name: safeName(name), content: body }] };
}

async function readMultipart(type: string, body: Buffer): Promise<Upload> {
  const parts = await readParts(type, body).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'BadSyntax', 'The multipart body is broken');
  });
  const isActivity = (part: Part) => part.field === 'activity' || part.type === 'application/vnd.microsoft.activity';
  return {
    activity: parts.find(isActivity)?.content,
    files: parts.filter((part) => !isActivity(part)).map(({ name, content }) => ({ name: safeName(name), content })),
  };
}

function readParts(type: string, body: Buffer): Promise<readonly Part[]> {
  return new Promise((resolve, reject) => {
    const parser = busboy({
      headers: { 'content-type': type },
      // Browsers write names in UTF-8; the parser's own default would garble every name that is not English.
      defParamCharset: 'utf8',
      limits: { files: MAX_FILES + 1, fields: 4, parts: MAX_PARTS, fileSize: MAX_FILE_BYTES + 1 },
    });
    const parts: Part[] = [];
    parser.on('file', (field: string | undefined, stream, info) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      // Without a listener a file that is cut off would end the process.
      stream.on('error', reject);
      stream.on('end', () => {
        parts.push({
          field: field ?? '',
          name: info.filename ?? '',
          type: info.mimeType,
          content: Buffer.concat(chunks),
        });
      });
    });
    parser.on('field', (field: string | undefined, value, info) => {
      parts.push({ field: field ?? '', name: '', type: info.mimeType, content: Buffer.from(value) });
    });
    parser.on('filesLimit', () => reject(new Refusal(413, 'MessageSizeTooBig', `At most ${MAX_FILES} files at once`)));
    parser.on('error', reject);
    parser.on('close', () => resolve(parts));
    parser.end(nameParts(type, body));
  });
}

/**
 * Microsoft's own example of this request sends the activity part without a `Content-Disposition`, which form parsers
 * skip: such a part is given the name `activity`.
 */
function nameParts(type: string, body: Buffer): Buffer {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  if (!boundary) throw new Refusal(400, 'BadSyntax', 'The multipart body has no boundary');
  const delimiter = Buffer.from(`--${boundary}\r\n`);
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, from)) {
    if (pieces.length >= 2 * MAX_PARTS)
      throw new Refusal(413, 'MessageSizeTooBig', 'The multipart body has too many parts');
    const start = at + delimiter.length;
    pieces.push(body.subarray(from, start));
    const [head = ''] = body.toString('latin1', start, start + MAX_HEAD_BYTES).split('\r\n\r\n', 1);
    if (!/^content-disposition:/im.test(head))
      pieces.push(Buffer.from('Content-Disposition: form-data; name="activity"\r\n'));
    from = start;
  }
  pieces.push(body.subarray(from));
  return Buffer.concat(pieces);
}

/** A file name for showing and downloading: no folders, no control characters, nothing that turns the reading direction, no end. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Bidi_Control}"<>]/gu, '').trim();
  return [...clean].slice(-MAX_NAME).join('') || 'file';
}
