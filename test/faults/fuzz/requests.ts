import { activityOf, spoiled, uploadOf } from './bodies';
import type { Chance } from './random';

/** A conversation of the run, with what was learnt of it. */
export interface Known {
  readonly id: string;
  readonly token: string;
  /** Stands in each text of it, and in no other conversation. */
  readonly mark: string;
  readonly streamUrl: string;
  /** Signed links to its files. */
  readonly links: string[];
}

export interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** The conversation whose content may come back: the one the proof is of; undefined where there is none. */
  readonly proof: Known | undefined;
  /** Where an answer of 200 means that it stands in the log. */
  readonly said: Known | undefined;
  /** As bytes on a socket of its own: upgrades, and what no HTTP library would send. */
  readonly raw: boolean;
}

export interface Proofs {
  readonly secret: string;
  /** Forged, expired, of another key, of no conversation. */
  readonly bad: readonly string[];
}

const BASE = '/v3/directline';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
const PATHS = [
  '%00',
  '%',
  '%zz',
  '%E0%A4%A',
  '..%2f..%2f',
  '%2e%2e/',
  '//',
  '?',
  '#',
  ';a=1',
  '\\',
  '*',
  '%F0%9F%98%80',
  'a'.repeat(9000),
  '/activities',
];
const WATERMARKS = ['', '0', '1', '3', '-1', '1e3', '999999999999999', '9'.repeat(30), '%00', 'null'];
const ORIGINS = [
  'https://evil.example',
  'null',
  'http://127.0.0.1',
  'javascript:alert(1)',
  'https://www.example.gov.uk',
];
const HEADERS: readonly (readonly [string, string])[] = [
  ['content-type', 'multipart/form-data'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'x'.repeat(4000)],
  ['content-encoding', 'gzip'],
  ['range', 'bytes=0-1'],
  ['accept', '*/*;q=nonsense'],
  ['accept-version', '~9'],
  ['expect', '100-continue'],
  ['x-http-method-override', 'DELETE'],
  ['cookie', 'a=b'.repeat(500)],
  ['host', 'evil.example'],
];

/** The next request of the run: a right one with up to three things wrong. */
export function nextAttempt(chance: Chance, known: readonly Known[], proofs: Proofs, number: number): Attempt {
  const own = chance.of(known);
  const honest = rightAttempt(chance, own, number);
  const attempt = {
    ...honest,
    headers: { 'x-forwarded-for': `10.0.${chance.below(40)}.${chance.below(200)}`, ...honest.headers },
  };
  const faults = chance.percent(35) ? 0 : 1 + chance.below(3);
  return Array.from({ length: faults }).reduce<Attempt>((spoilt) => withFault(chance, spoilt, known, proofs), attempt);
}

function rightAttempt(chance: Chance, own: Known, number: number): Attempt {
  const of = `${BASE}/conversations/${own.id}`;
  const bearer = { authorization: `Bearer ${own.token}` };
  const plain = { method: 'GET', headers: bearer, body: undefined, proof: own, said: undefined, raw: false } as const;
  const activity = activityOf(chance, `hello ${own.mark}`, `c${number}`);
  const said = isLogged(activity) ? own : undefined;
  const ways: readonly (() => Attempt)[] = [
    () => ({ ...plain, path: `${of}/activities?watermark=${chance.of(WATERMARKS)}` }),
    () => ({ ...plain, path: `${of}/activities` }),
    () => ({ ...plain, path: `${of}?watermark=${chance.of(WATERMARKS)}` }),
    () => posts(plain, `${of}/activities`, 'application/json', Buffer.from(activity), said),
    () => posts(plain, `${of}/activities`, 'application/json', Buffer.from(activity), said),
    () => posts(plain, `${of}/activities`, 'application/json', Buffer.from(activity), said),
    () => {
      const { type, content, headers = {} } = uploadOf(chance, activity);
      return posts({ ...plain, headers: { ...bearer, ...headers } }, `${of}/upload`, type, content, said);
    },
    () => {
      const { type, content, headers = {} } = uploadOf(chance, activity);
      return posts({ ...plain, headers: { ...bearer, ...headers } }, `${of}/upload`, type, content, said);
    },
    () => posts(plain, `${BASE}/tokens/${chance.of(['refresh', 'generate'])}`, 'application/json', start(chance)),
    () => posts(plain, `${BASE}/conversations`, 'application/json', start(chance)),
    () => posts({ ...plain, headers: {} }, '/chat/token', 'application/json', start(chance, own.token)),
    () => ({
      ...plain,
      path: `/chat/addresses?${chance.of(['q=sample', 'q=%00', 'lat=51&lon=-0.2', 'lat=1e99&lon=NaN', 'q=a&for=x'])}`,
    }),
    () => ({ ...plain, headers: {}, path: chance.of([...own.links, `${BASE}/files/none?t=x`]) }),
    () => ({ ...plain, headers: UPGRADE, path: own.streamUrl, raw: true }),
    () => ({ ...plain, method: 'OPTIONS', path: `${of}/activities`, headers: { origin: chance.of(ORIGINS) } }),
  ];
  return chance.of(ways)();
}

/** Other types are answered and dropped. */
function isLogged(activity: string): boolean {
  const { type } = JSON.parse(activity) as { type?: unknown };
  return typeof type === 'string' && ['message', 'event', 'messageReaction', 'endOfConversation'].includes(type);
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function posts(
  plain: Omit<Attempt, 'path'>,
  path: string,
  type: string,
  body: Buffer,
  said?: Attempt['said'],
): Attempt {
  return { ...plain, method: 'POST', path, headers: { ...plain.headers, 'content-type': type }, body, said };
}

function start(chance: Chance, token?: string): Buffer {
  const values = [true, 'pl', 'x'.repeat(99), null, 7, { id: 'dl_me' }, ['https://evil.example'], '\0'];
  const body: Record<string, unknown> = token && chance.percent(50) ? { token, watermark: chance.of(WATERMARKS) } : {};
  if (chance.percent(60))
    body[chance.of(['start', 'locale', 'user', 'trustedOrigins', 'watermark'])] = chance.of(values);
  return Buffer.from(JSON.stringify(body));
}

function withFault(chance: Chance, attempt: Attempt, known: readonly Known[], proofs: Proofs): Attempt {
  const { path, headers, body, proof } = attempt;
  const other = chance.of(known);
  switch (chance.below(8)) {
    case 0:
      return { ...attempt, method: chance.of(METHODS), said: undefined };
    case 1: {
      const at = chance.below(path.length + 1);
      return { ...attempt, path: `/${path.slice(1, at)}${chance.of(PATHS)}${path.slice(Math.max(1, at))}`, raw: true };
    }
    case 2:
      return { ...attempt, path: proof ? path.replace(proof.id, other.id) : path, said: undefined };
    case 3:
      return { ...attempt, headers: { ...headers, authorization: `Bearer ${chance.of(proofs.bad)}` }, said: undefined };
    case 4:
      return { ...attempt, headers: { ...headers, origin: chance.of(ORIGINS) } };
    case 5: {
      const [name, value] = chance.of(HEADERS);
      return { ...attempt, headers: { ...headers, [name]: value } };
    }
    case 6:
      return body ? { ...attempt, body: spoiled(chance, body), said: undefined } : attempt;
    default: {
      const { authorization: _none, ...rest } = headers;
      return chance.percent(50) ? { ...attempt, headers: rest, said: undefined } : asSecret(attempt, proofs.secret);
    }
  }
}

/** The secret opens every conversation: what comes back proves nothing. */
const asSecret = (attempt: Attempt, secret: string): Attempt => ({
  ...attempt,
  headers: { ...attempt.headers, authorization: `Bearer ${secret}` },
  path: attempt.path.includes('/tokens/generate') ? attempt.path : `${BASE}/tokens/generate`,
  method: 'POST',
  said: undefined,
});
