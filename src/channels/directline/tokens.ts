import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Refusal } from './refusal';

/** Seconds a token lives: Direct Line 3.0 says 1800, and the official client refreshes after half of that. */
const TOKEN_SECONDS = 1800;
/** Seconds within which a stream URL has to be connected. */
const STREAM_SECONDS = 60;
/** Seconds a link to a picture works; it is signed anew each time the activity is read. */
const FILE_SECONDS = 3600;
/** Seconds after expiry in which our own page may still renew: a phone that slept over night goes on where it was. */
const RENEWAL_SECONDS = 86_400;
/** Seconds after its first token in which a conversation is given further ones, however often they are refreshed or renewed. */
export const SESSION_SECONDS = 2 * 86_400;

const ACCESS = z.object({
  user: z.string(),
  conv: z.string(),
  since: z.number(),
  origins: z.array(z.string()).optional(),
});
const STREAM = z.object({
  conv: z.string(),
  after: z.number().int().min(0),
  jti: z.string(),
  origins: z.array(z.string()).optional(),
});
const FILE = z.object({ file: z.string() });

/** What a Direct Line token stands for: one resident in one conversation, perhaps only from some origins. */
export interface Access {
  readonly user: string;
  readonly conversationId: string;
  readonly origins?: readonly string[] | undefined;
  /** When the first token of this conversation was given, in seconds; not yet known, it is now. */
  readonly since?: number;
}

interface Signed {
  readonly token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** A stream URL's ticket: which conversation, and what the reader has already seen. `id` is to be used once. */
interface Ticket {
  readonly id: string;
  readonly conversationId: string;
  readonly after: number;
  readonly origins?: readonly string[] | undefined;
}

export interface Tokens {
  /** The Direct Line secret of the configuration; false where none is set. */
  isSecret(bearer: string): boolean;
  /** @throws Refusal 403 `TokenExpired` when the session has lasted as long as it may. */
  signAccess(access: Access): Promise<Signed>;
  /** @throws Refusal 403 `TokenExpired`, or 403 `BadArgument` for what was not signed here. */
  verifyAccess(token: string): Promise<Access>;
  /** Like `verifyAccess`, for a day after expiry. */
  verifyForRenewal(token: string): Promise<Access>;
  signStream(ticket: Ticket): Promise<string>;
  verifyStream(token: string): Promise<Ticket>;
  signFile(fileId: string): Promise<string>;
  /** @throws Refusal when `token` does not open this file. */
  verifyFile(token: string, fileId: string): Promise<void>;
}

interface TokenOptions {
  /** Newest first: the first signs, all verify. */
  readonly secrets: readonly string[];
  readonly directlineSecret: string | undefined;
  readonly now: () => number;
}

/** Signs and verifies what Direct Line clients carry: JSON web tokens (HS256), one audience per use. */
export function createTokens({ secrets, directlineSecret, now }: TokenOptions): Tokens {
  const keys = secrets.map((secret) => createHmac('sha256', secret).update('wandle directline').digest());
  const [signingKey] = keys;
  if (!signingKey) throw new Error('directline needs a signing secret');

  const sign = (audience: string, claims: JWTPayload, seconds: number) => {
    const at = Math.floor(now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt(at)
      .setExpirationTime(at + seconds)
      .sign(signingKey);
  };
  const verify = async (audience: string, token: string, clockTolerance = 0): Promise<JWTPayload> => {
    for (const key of keys) {
      const options = { audience, algorithms: ['HS256'], currentDate: new Date(now()), clockTolerance };
      const outcome = await jwtVerify(token, key, options).catch((error: unknown) => error);
      if (outcome instanceof errors.JWTExpired) throw new Refusal(403, 'TokenExpired', 'Token has expired');
      if (!(outcome instanceof Error)) return (outcome as { payload: JWTPayload }).payload;
    }
    throw new Refusal(403, 'BadArgument', 'Invalid token or secret');
  };
  const access = async (token: string, tolerance?: number): Promise<Access> => {
    const { user, conv, since, origins } = claimed(ACCESS, await verify('directline', token, tolerance));
    return { user, conversationId: conv, since, ...(origins && { origins }) };
  };

  return {
    isSecret: (bearer) => directlineSecret !== undefined && same(bearer, directlineSecret),
    async signAccess({ user, conversationId, origins, since = Math.floor(now() / 1000) }) {
      const left = since + SESSION_SECONDS - Math.floor(now() / 1000);
      if (left <= 0) throw new Refusal(403, 'TokenExpired', 'The conversation takes no more tokens');
      const expires_in = Math.min(TOKEN_SECONDS, left);
      const claims = { user, conv: conversationId, since, ...(origins && { origins: [...origins] }) };
      return { token: await sign('directline', claims, expires_in), expires_in };
    },
    verifyAccess: (token) => access(token),
    verifyForRenewal: (token) => access(token, RENEWAL_SECONDS),
    signStream: ({ id, conversationId, after, origins }) =>
      sign(
        'directline-stream',
        { conv: conversationId, after, jti: id, ...(origins && { origins: [...origins] }) },
        STREAM_SECONDS,
      ),
    async verifyStream(token) {
      const { conv, after, jti, origins } = claimed(STREAM, await verify('directline-stream', token));
      return { id: jti, conversationId: conv, after, ...(origins && { origins }) };
    },
    signFile: (fileId) => sign('directline-file', { file: fileId }, FILE_SECONDS),
    async verifyFile(token, fileId) {
      const { file } = claimed(FILE, await verify('directline-file', token));
      if (file !== fileId) throw new Refusal(403, 'Forbidden', 'The link is for another file');
    },
  };
}

/** What an earlier version signed may lack a claim. */
function claimed<T>(schema: z.ZodType<T>, payload: JWTPayload): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new Refusal(403, 'BadArgument', 'Invalid token');
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
