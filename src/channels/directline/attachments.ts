import { fileTypeFromBuffer } from 'file-type/core';
import type { ChannelContext, Handler, HttpResponse } from '../channel';
import { type ClientActivity, type Stored, thumbnailOf } from './inbound';
import { clean } from './pictures/clean';
import { BrokenPicture } from './pictures/parts';
import { Refusal } from './refusal';
import type { Tokens } from './tokens';
import type { UploadedFile } from './upload';

/**
 * By content, never by name: nothing a browser would run (SVG and HTML have no place here). No HEIC: the browsers at the desk do
 * not show it, the place it was taken at cannot be taken out simply, and telephones send JPEG to whoever does not ask for HEIC.
 */
const ALLOWED: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf']);

/** Stores the files of one upload, without what they tell besides; all are checked before the first is kept. @throws Refusal 415 */
export async function storeFiles(
  context: Pick<ChannelContext, 'files'>,
  filesUrl: string,
  conversationId: string,
  activity: ClientActivity,
  files: readonly UploadedFile[],
): Promise<readonly Stored[]> {
  const checked = await Promise.all(files.map(check));
  const stored: Stored[] = [];
  for (const [index, { name, type, content }] of checked.entries()) {
    const id = await context.files.put(content, { name, type, conversationId });
    const thumbnailUrl = thumbnailOf(activity, name, index);
    stored.push({ contentType: type, contentUrl: filesUrl + id, name, ...(thumbnailUrl && { thumbnailUrl }) });
  }
  return stored;
}

/** What a file really is, and what of it may be kept. */
async function check({ name, content }: UploadedFile) {
  const type = (await fileTypeFromBuffer(content).catch(() => undefined))?.mime;
  if (!type || !ALLOWED.has(type))
    throw new Refusal(415, 'UnsupportedMediaType', 'Only pictures (JPEG, PNG, WebP, GIF) and PDF are taken');
  try {
    return { name, type, content: clean(type, content) };
  } catch (error) {
    if (error instanceof BrokenPicture) throw new Refusal(415, 'UnsupportedMediaType', 'The picture is damaged');
    throw error;
  }
}

/** `GET …/files/:id?t=…`: the file, so that no browser takes it for anything but a download or a picture. */
export function serveFile(context: Pick<ChannelContext, 'files'>, tokens: Tokens): Handler {
  return async (request): Promise<HttpResponse> => {
    const id = request.params.id ?? '';
    await tokens.verifyFile(request.query.get('t') ?? '', id);
    const file = await context.files.get(id);
    if (!file) throw new Refusal(404, 'NotFound', 'There is no such file');
    return {
      status: 200,
      headers: {
        'content-type': file.type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll("'", '%27')}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'private, max-age=3600',
      },
      body: file.content,
    };
  };
}
