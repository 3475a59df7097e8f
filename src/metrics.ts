import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { HttpRequest, HttpResponse, Routes } from './channels/channel';
import type { Db } from './storage/schema';
import type { Store } from './storage/store';

export interface Metrics {
  readonly request: (route: string, status: number, seconds: number) => void;
  readonly turn: (outcome: string, ms: number) => void;
  /** `/healthz`, `/readyz`, `/metrics`. */
  readonly routes: Routes;
}

/**
 * Counts for Prometheus: no personal data, few labels. Backlogs are read from the store when asked for.
 * @param token `/metrics` answers only to it, as a bearer token; without one there is no such page
 */
export function createMetrics(store: Store, token: string | undefined): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'wandle_http_request_seconds',
    help: 'Answered requests by route and status.',
    labelNames: ['route', 'status'],
    registers,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  });
  const turns = new Histogram({
    name: 'wandle_turn_seconds',
    help: 'Turns by how they ended.',
    labelNames: ['outcome'],
    registers,
    buckets: [0.01, 0.05, 0.2, 1, 5, 20],
  });
  const turnCount = new Counter({
    name: 'wandle_turns_total',
    help: 'Turns by how they ended.',
    labelNames: ['outcome'],
    registers,
  });
  backlog(store, registry);
  return {
    request: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    turn: (outcome, ms) => {
      turns.observe({ outcome }, ms / 1000);
      turnCount.inc({ outcome });
    },
    routes: {
      routes(router) {
        router.route('GET', '/healthz', async () => text(200, 'ok'));
        router.route('GET', '/readyz', () => ready(store));
        if (token !== undefined)
          router.route('GET', '/metrics', async (request) =>
            carries(request, token) ? metrics(registry) : text(401, 'bearer token wanted'),
          );
      },
    },
  };
}

/**
 * Rows that are not finished, by table, in the groups the partial indexes know. Timers wait for their time, which is nobody's
 * backlog.
 */
const OPEN = [
  { table: 'inbox', statuses: ['pending'] },
  { table: 'inbox', statuses: ['dead'] },
  { table: 'outbox', statuses: ['pending', 'sending'] },
  { table: 'outbox', statuses: ['dead', 'maybe'] },
  { table: 'handoffs', statuses: ['waiting', 'claimed'] },
  { table: 'handoffs', statuses: ['message'] },
] as const;

interface Backlog {
  readonly table: string;
  readonly status: string;
  readonly count: number;
}

/** What waits: a growing number here is what an operator wants to be woken for. */
function backlog({ db }: Store, registry: Registry): void {
  new Gauge({
    name: 'wandle_backlog',
    help: 'Rows by table and status that are not finished, or dead.',
    labelNames: ['table', 'status'],
    registers: [registry],
    async collect() {
      for (const { count, ...labels } of await readBacklog(db)) this.set(labels, count);
    },
  });
}

/** Counts without a look at a whole table: the embedded database would stop everybody meanwhile. */
export async function readBacklog(db: Db): Promise<readonly Backlog[]> {
  const found: Backlog[] = [];
  for (const { table, statuses } of OPEN) {
    // Written out, not bound, and one status not as a list: only then does SQLite use the partial indexes.
    const [only, ...others] = statuses.map((status) => sql.lit(status));
    const wanted = others.length === 0 ? sql`status = ${only}` : sql`status in (${sql.join([only, ...others])})`;
    const kind = table === 'inbox' ? sql`and kind = 'activity'` : sql``;
    const { rows } = await sql<{ status: string; count: number }>`
      select status, count(*) as count from ${sql.table(table)} where ${wanted} ${kind} group by status`.execute(db);
    for (const status of statuses)
      found.push({ table, status, count: rows.find((row) => row.status === status)?.count ?? 0 });
  }
  return found;
}

async function ready(store: Store): Promise<HttpResponse> {
  try {
    await store.db.selectFrom('imports').select('kind').limit(1).execute();
    return text(200, 'ready');
  } catch {
    return text(503, 'storage cannot be reached');
  }
}

async function metrics(registry: Registry): Promise<HttpResponse> {
  return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
}

function carries(request: HttpRequest, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const text = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});
