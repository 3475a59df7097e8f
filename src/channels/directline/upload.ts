import { type Part, readParts } from './multipart';
import { Refusal } from './refusal';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 4;
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

/**
 * Reads a Direct Line upload: multipart with an activity and files, or one file as the raw body.
 * @throws Refusal 400 for a broken body or no file, 413 for too much.
 */
export function readUpload(headers: { readonly [name: string]: string | undefined }, body: Buffer): Upload {
  const type = headers['content-type'] ?? '';
  const upload = /^multipart\//i.test(type) ? readMultipart(type, body) : readRaw(headers, body);
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

function readMultipart(type: string, body: Buffer): Upload {
  const parts = readParts(type, body);
  const isActivity = (part: Part) => part.field === 'activity' || part.type === 'application/vnd.microsoft.activity';
  const files = parts.filter((part) => !isActivity(part));
  if (files.length > MAX_FILES) throw new Refusal(413, 'MessageSizeTooBig', `At most ${MAX_FILES} files at once`);
  return {
    activity: parts.find(isActivity)?.content,
    files: files.map(({ name, content }) => ({ name: safeName(name), content })),
  };
}

/** A file name for showing and downloading: no folders, no control characters, nothing that turns the reading direction, no end. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Bidi_Control}"<>]/gu, '').trim();
  return [...clean].slice(-MAX_NAME).join('') || 'file';
}
