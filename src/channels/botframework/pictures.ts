import { fileTypeFromBuffer } from 'file-type/core';
import type { ChannelContext } from '../channel';
import type { ChannelActivity } from './activity';
import type { Cloud } from './cloud';

/** A photo as a phone takes it: nothing has made it smaller on its way. */
const MAX_BYTES = 10 * 1024 * 1024;
const MOST = 4;
/** By content, never by name or by what the sender calls it. */
const ALLOWED: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/heic',
  'image/heif',
]);

type Given = NonNullable<ChannelActivity['attachments']>[number];
export interface Attachment {
  readonly contentType: string;
  /** Absent: it was not taken. The bot says so, and the desk sees that there was one. */
  readonly contentUrl?: string;
}

/** What of a message's attachments is a file. Teams repeats the words as HTML, and cards are nobody's photo. */
export const filesOf = ({ attachments }: ChannelActivity): readonly Given[] =>
  (attachments ?? []).filter(
    ({ contentType }) => !/^(text\/html|application\/vnd\.microsoft\.card\.)/.test(contentType),
  );

/**
 * Fetches the pictures of a message, since nobody but the bot may read them where they are, and they do not stay there. Only from the
 * service that the token names: an address elsewhere (a file in SharePoint, say) is not asked.
 */
export async function takePictures(
  { files, config, logger }: Pick<ChannelContext, 'files' | 'config' | 'logger'>,
  cloud: Cloud,
  activity: ChannelActivity,
  conversationId: string,
): Promise<readonly Attachment[]> {
  const given = filesOf(activity).slice(0, MOST);
  const taken = given.map(async ({ contentType, contentUrl }): Promise<Attachment> => {
    const content = contentUrl ? await fetched(cloud, activity.serviceUrl, contentUrl) : undefined;
    const type = content && (await fileTypeFromBuffer(content))?.mime;
    if (!content || !type || !ALLOWED.has(type)) return { contentType };
    const id = await files.put(content, { name: `photo.${type.slice('image/'.length)}`, type, conversationId });
    return { contentType: type, contentUrl: `${config.publicUrl}/api/messages/files/${id}` };
  });
  const all = await Promise.all(taken);
  const refused = all.filter(({ contentUrl }) => contentUrl === undefined).length;
  if (refused > 0) logger.info({ conversationId, refused }, 'attachments were not taken');
  return all;
}

/** Undefined for what is elsewhere, too large, or cannot be had: the message counts without it. */
async function fetched(cloud: Cloud, serviceUrl: string, url: string): Promise<Buffer | undefined> {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(serviceUrl).origin) return undefined;
  try {
    const { ok, body } = await cloud.open(serviceUrl, url);
    return ok && body ? await readWhole(body) : undefined;
  } catch {
    return undefined;
  }
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
