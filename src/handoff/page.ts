import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpResponse, Router } from '../channels/channel';
import type { Desk } from './desk';

/** Nothing but our own files; nothing of it in anybody's frame. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** `/desk`: the built page. Its scripts and styles are served with the other front ends' under `/assets/`. */
export function pageRoutes(desk: Desk, router: Router): void {
  const file = join(desk.webDir, 'desk', 'index.html');
  const page = async (): Promise<HttpResponse> => {
    try {
      return { status: 200, headers: HEADERS, body: await readFile(file, 'utf8') };
    } catch {
      return {
        status: 503,
        headers: { 'content-type': 'text/plain' },
        body: 'The desk has not been built: npm run build:web',
      };
    }
  };
  router.route('GET', '/desk', page);
}
