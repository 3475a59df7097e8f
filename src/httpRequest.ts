import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from './channels/channel';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The other end went away before its body was here: nobody is left to answer, and nothing is wrong with us. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
}

/**
 * What is read past the limit and thrown away. Closing a connection with unread bytes resets it, and a browser that is reset
 * while it sends never sees the 413.
 */
const DISCARDED_BYTES = 16 * 1024 * 1024;

/**
 * The whole body.
 * @throws BodyTooLarge for more than `maxBytes`, declared or streamed; Aborted when the request was cut off.
 */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const declared = Number(req.headers['content-length'] ?? 0);
  if (declared > maxBytes + DISCARDED_BYTES) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes + DISCARDED_BYTES) throw new BodyTooLarge();
      if (Math.max(size, declared) <= maxBytes) chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof BodyTooLarge ? error : new Aborted('the request was cut off', { cause: error });
  }
  if (size > maxBytes) throw new BodyTooLarge();
  return Buffer.concat(chunks);
}

/** Only the path and query count: the host is never believed. */
export function urlOf(req: IncomingMessage): URL | undefined {
  const target = req.url ?? '/';
  return target.startsWith('/') && URL.canParse(`http://wandle${target}`)
    ? new URL(`http://wandle${target}`)
    : undefined;
}

/** As it was sent: `URL` would write some characters in another way. */
function searchOf(target: string): string {
  const at = target.indexOf('?');
  return at < 0 ? '' : target.slice(at);
}

/** The request as routes see it, before its body. */
export function requestOf(
  req: IncomingMessage,
  url: URL,
  params: Readonly<Record<string, string>>,
  trustProxy: boolean,
): Omit<HttpRequest, 'body'> {
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  // The nearest proxy appends the address it saw: only the last entry is not the client's own claim.
  const forwarded = trustProxy ? headers['x-forwarded-for']?.split(',').at(-1)?.trim() : undefined;
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    params,
    query: url.searchParams,
    search: searchOf(req.url ?? ''),
    headers,
    ip: forwarded || req.socket.remoteAddress || 'unknown',
  };
}
