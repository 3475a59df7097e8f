import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type Product, startProduct } from './product';

/**
 * `npm run -s bench:sockets [-- --count 1000 --minutes 5]`: residents on web sockets, each with a message a minute, against the whole
 * product in a process of its own. Says what went wrong, how long answers took, and what memory it needed. One JSON object.
 */
const TEXTS = ['hello', 'my rubbish bin was not emptied', '10 Sample Road', 'when is my bin day?', 'thank you', 'stop'];
/** Opened one after the other in so many lanes: residents come, they do not all ring at once. */
const LANES = 20;
const MINUTE = 60_000;

const SESSION = z.object({ token: z.string(), conversationId: z.string(), streamUrl: z.string() });
const FRAME = z.object({
  activities: z.array(
    z.object({ type: z.string(), from: z.object({ role: z.string().optional() }).optional() }).loose(),
  ),
});

interface Tally {
  readonly took: number[];
  readonly errors: Map<string, number>;
  sent: number;
  answered: number;
  closing: boolean;
}

const failed = ({ errors, closing }: Tally, what: string): void => {
  if (!closing) errors.set(what, (errors.get(what) ?? 0) + 1);
};

/** One resident: a socket that listens, and a message each minute. */
async function resident(url: string, tally: Tally) {
  const response = await fetch(`${url}/chat/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ start: true, locale: 'en' }),
  });
  const { token, conversationId, streamUrl } = SESSION.parse(await response.json());
  const socket = new WebSocket(streamUrl);
  let sentAt: number | undefined;
  socket.on('close', (code) => failed(tally, `socket closed ${code}`));
  socket.on('error', (error) => failed(tally, `socket ${error.message}`));
  socket.on('message', (data) => {
    const text = String(data);
    if (!text || sentAt === undefined) return;
    const { activities } = FRAME.parse(JSON.parse(text));
    if (!activities.some(({ type, from }) => type === 'message' && from?.role === 'bot')) return;
    tally.took.push(performance.now() - sentAt);
    tally.answered += 1;
    sentAt = undefined;
  });
  await once(socket, 'open');
  const say = async (text: string): Promise<void> => {
    if (sentAt !== undefined) failed(tally, 'no answer within a minute');
    sentAt = performance.now();
    tally.sent += 1;
    const posted = await fetch(`${url}/v3/directline/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ type: 'message', text, from: { id: '' } }),
    });
    if (!posted.ok) failed(tally, `status ${posted.status}`);
  };
  return { say, close: () => socket.close() };
}

type Resident = Awaited<ReturnType<typeof resident>>;

async function arrive(count: number, url: string, tally: Tally): Promise<readonly Resident[]> {
  const residents: Resident[] = [];
  let coming = 0;
  const lane = async (): Promise<void> => {
    while (coming < count) {
      coming += 1;
      residents.push(await resident(url, tally));
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, count) }, lane));
  return residents;
}

/** What the process keeps in memory now. */
function megabytes({ pid }: Product): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Each resident at a moment of the minute that is its own. */
async function talk(residents: readonly Resident[], minutes: number, minuteDone: () => void): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    const began = performance.now();
    for (const [index, one] of residents.entries()) {
      const due = (index / residents.length) * MINUTE - (performance.now() - began);
      if (due > 1) await wait(due);
      void one.say(TEXTS[(minute + index) % TEXTS.length] ?? '');
    }
    await wait(Math.max(0, MINUTE - (performance.now() - began)));
    minuteDone();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '5' } },
  });
  const [count, minutes] = [Number(values.count), Number(values.minutes)];
  const product = await startProduct('--max-semi-space-size=8');
  const tally: Tally = { took: [], errors: new Map(), sent: 0, answered: 0, closing: false };
  const before = megabytes(product);
  const residents = await arrive(count, product.url, tally);
  const open = megabytes(product);
  const each: number[] = [];
  await talk(residents, minutes, () => each.push(megabytes(product)));
  tally.closing = true;
  for (const one of residents) one.close();
  const took = tally.took.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? Number.NaN);
  const figures = {
    sockets: residents.length,
    minutes,
    sent: tally.sent,
    answered: tally.answered,
    errors: Object.fromEntries(tally.errors),
    answerMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    rssMB: { before, open, afterEachMinute: each },
    rssPerSocketKB: Math.round(((open - before) * 1024) / residents.length),
  };
  await product.stop();
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
