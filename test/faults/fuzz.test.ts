import { readFileSync } from 'node:fs';
import { createTokens } from '../../src/channels/directline/tokens';
import { newFolder } from '../folder';
import { type RunningServer, startServer, until } from '../server';
import { inspect, isAtRest } from './fuzz/consistency';
import { type Chance, chanceFrom } from './fuzz/random';
import { type Attempt, type Known, nextAttempt, type Proofs } from './fuzz/requests';
import { type Answer, send } from './fuzz/send';

/** `FUZZ=50000 npx jest test/faults/fuzz` sends as many; `SEED=n` others. */
const REQUESTS = Number(process.env.FUZZ || 3000);
const SEED = Number(process.env.SEED || 20_261_124);
const MINUTES = 60_000;
const RESIDENTS = 40;
const AT_ONCE = 16;
/** After so many requests somebody else has come. */
const ROTATE = 40;
const SECRET = 'secret-of-the-fuzz-run';
const SIGNING = 'signing-secret-of-the-fuzz-run';
/** Of letters that no token and no picture is written in. */
const MARK = /zq~[\w-]+~/g;

const dataDir = newFolder('fuzz');

interface Run {
  readonly port: number;
  readonly known: Known[];
  /** Of everybody so far: a mark that a changed byte has made is nobody's. */
  readonly marks: Set<string>;
  /** Ids of acknowledged messages, by conversation. */
  readonly acknowledged: Map<string, Set<string>>;
  readonly statuses: Map<number, number>;
  readonly wrong: string[];
}

test(
  `${REQUESTS} spoilt requests leave the process up, nobody reads another's conversation, and the records are whole`,
  async () => {
    const env = { WANDLE_DIRECTLINE_SECRET: SECRET, WANDLE_SECRET: SIGNING, WANDLE_TRUST_PROXY: '1' };
    const server = await startServer({ ...env, WANDLE_DATA: dataDir });
    const before = memory(server);
    const began = performance.now();
    const run = await fuzz(server).catch(async (error: unknown) => {
      await server.kill();
      throw new Error(`the server said:\n${server.logs().slice(-3000)}`, { cause: error });
    });
    const seconds = Math.round((performance.now() - began) / 1000);
    await until('every turn', () => isAtRest(dataDir), 5 * MINUTES);
    const after = memory(server);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    const errors = server.logs().match(/^.*"level":50.*$/gm) ?? [];
    const { wrong, ...found } = await inspect(dataDir, run.acknowledged);
    const acknowledged = [...run.acknowledged.values()].reduce((sum, ids) => sum + ids.size, 0);
    const statuses = Object.fromEntries([...run.statuses].sort(([a], [b]) => a - b));
    const figures = {
      requests: REQUESTS,
      seed: SEED,
      seconds,
      statuses,
      acknowledged,
      ...found,
      rssMb: [before, after],
    };
    if (process.env.FUZZ) process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect([...run.wrong, ...errors, ...wrong].slice(0, 20)).toEqual([]);
    expect(acknowledged).toBeGreaterThan(REQUESTS / 20);
    expect(found.attachments).toBeGreaterThan(REQUESTS / 200);
  },
  60 * MINUTES,
);

async function fuzz(server: RunningServer): Promise<Run> {
  const chance = chanceFrom(SEED);
  const port = Number(new URL(server.url).port);
  const run: Run = { port, known: [], marks: new Set(), acknowledged: new Map(), statuses: new Map(), wrong: [] };
  for (let n = 0; n < RESIDENTS; n += 1) run.known.push(await newcomer(server.url, chance, run.marks));
  const proofs: Proofs = { secret: SECRET, bad: await badTokens() };
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < REQUESTS) {
      sent += 1;
      if (sent % ROTATE === 0) run.known[chance.below(RESIDENTS)] = await newcomer(server.url, chance, run.marks);
      const attempt = nextAttempt(chance, run.known, proofs, sent);
      judge(run, attempt, await send(port, attempt));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return run;
}

/** Somebody new, from an address of their own. */
async function newcomer(url: string, chance: Chance, marks: Set<string>): Promise<Known> {
  const headers = { 'x-forwarded-for': `10.1.${chance.below(250)}.${chance.below(250)}` };
  const started = await fetch(`${url}/chat/token`, { method: 'POST', body: '{"start":true}', headers });
  const { conversationId, token } = (await started.json()) as { conversationId: string; token: string };
  // From the beginning: the stream has something to send at once.
  const bearer = { ...headers, authorization: `Bearer ${token}` };
  const connected = await fetch(`${url}/v3/directline/conversations/${conversationId}?watermark=0`, {
    headers: bearer,
  });
  const { streamUrl } = (await connected.json()) as { streamUrl: string };
  const { pathname, search } = new URL(streamUrl);
  const mark = `zq~${conversationId}~`;
  marks.add(mark);
  return { id: conversationId, token, mark, streamUrl: pathname + search, links: [] };
}

/** What nobody may come in with. */
async function badTokens(): Promise<readonly string[]> {
  const access = { user: 'dl_x', conversationId: 'no-such' };
  const at = (now: number, secret: string) =>
    createTokens({ secrets: [secret], directlineSecret: undefined, now: () => now });
  const signed = await Promise.all([
    at(Date.now() - 10 * 365 * 86_400_000, SIGNING).signAccess(access),
    at(Date.now(), 'the-signing-secret-of-others').signAccess(access),
  ]);
  const [old = '', foreign = ''] = signed.map(({ token }) => token);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${foreign.split('.')[1]}.`;
  return [old, foreign, unsigned, 'x', 'a.b.c', 'x'.repeat(3000), await at(Date.now(), SIGNING).signFile('none')];
}

/** Compares an answer with what may come back, and keeps what has been acknowledged. */
function judge({ statuses, wrong, acknowledged, marks }: Run, attempt: Attempt, { status, type, body }: Answer): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const what = `${status} ${attempt.method} ${attempt.path.slice(0, 120)}`;
  if (status >= 500) wrong.push(what);
  const foreign = (body.match(MARK) ?? []).filter((mark) => mark !== attempt.proof?.mark && marks.has(mark));
  const [first] = foreign;
  if (first) wrong.push(`${what} shows what others said: ${excerpt(body, first)}`);
  if (!attempt.raw && status >= 400 && attempt.method !== 'HEAD' && !/"code":"\w+"/.test(body))
    wrong.push(`${what} has no code`);
  if (/html/.test(type) && attempt.path.startsWith('/v3/')) wrong.push(`${what} answers a page`);
  if (status !== 200 || !attempt.proof) return;
  const { id, links } = attempt.proof;
  for (const [link] of body.matchAll(/\/v3\/directline\/files\/[\w-]+\?t=[\w.-]+/g))
    if (links.length < 20) links.push(link);
  const [, activityId] = (attempt.said && /\{"id":"([\w-]+)"\}/.exec(body)) ?? [];
  if (activityId) acknowledged.set(id, (acknowledged.get(id) ?? new Set()).add(activityId));
}

const excerpt = (body: string, mark: string): string => body.slice(Math.max(0, body.indexOf(mark) - 300)).slice(0, 500);

/** Resident memory of the server in megabytes; 0 where the system does not say. */
function memory({ pid }: RunningServer): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return 0;
  }
}
