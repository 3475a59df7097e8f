import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** The library's defaults are OWASP's: argon2id, 19 MiB, 2 passes, 1 lane. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'));
}

let decoy: Promise<string> | undefined;

/** Takes as long for an account that is not there, so that nobody can find out which ones are. */
export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(16));
  const fits = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return fits && typeof stored === 'string';
}
