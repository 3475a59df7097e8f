import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { HttpRequest, HttpResponse, Routes } from './channels/channel';
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

/** Rows that are not finished, by table. Timers wait for their time, which is nobody's backlog. */
const OPEN = {
  inbox: ['pending', 'dead'],
  outbox: ['pending', 'sending', 'maybe', 'dead'],
  handoffs: ['waiting', 'claimed', 'message'],
} as const;

/** What waits: a growing number here is what an operator wants to be woken for. */
function backlog({ db }: Store, registry: Registry): void {
  const count = sql<number>`count(*)`.as('count');
  const inbox = () => db.selectFrom('inbox').select(['status', count]).where('kind', '=', 'activity').groupBy('status');
  const counted = {
    inbox: () => inbox().execute(),
    outbox: () => db.selectFrom('outbox').select(['status', count]).groupBy('status').execute(),
    handoffs: () => db.selectFrom('handoffs').select(['status', count]).groupBy('status').execute(),
  };
  new Gauge({
    name: 'wandle_backlog',
    help: 'Rows by table and status that are not finished, or dead.',
    labelNames: ['table', 'status'],
    registers: [registry],
    async collect() {
      for (const table of ['inbox', 'outbox', 'handoffs'] as const) {
        const rows: readonly { readonly status: string; readonly count: number }[] = await counted[table]();
        for (const status of OPEN[table]) {
          this.set({ table, status }, Number(rows.find((row) => row.status === status)?.count ?? 0));
        }
      }
    },
  });
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
