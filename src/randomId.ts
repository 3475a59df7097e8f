import { randomBytes } from 'node:crypto';

/** Unguessable, URL-safe, 128 bits. */
export const randomId = (): string => randomBytes(16).toString('base64url');
