import type { EpochMs, Handoff } from '../conversation/ports';
import type { AgentRow, HandoffRow } from '../storage/store';
import { type Desk, isOn } from './desk';
import { languagesOf } from './signIn';

const WEEKS_4 = 28 * 24 * 60 * 60_000;
const SAMPLES = 100;
/** Fewer than this tell nothing; then no range is promised. */
const ENOUGH = 5;
const MINUTE = 60_000;
/** Left while nobody was there, and answered the next day: nobody waited in the queue. */
const LEFT: ReadonlySet<string> = new Set(['callback', 'message', 'case-note', 'case-not-done']);

type Availability = Awaited<ReturnType<Handoff['availability']>>;

/** The conversation's view of the desk: whether a person can be had, and how long it may take. */
export function createHandoff(desk: Desk): Handoff {
  return { availability: (at, language) => availability(desk, at, language) };
}

async function availability(desk: Desk, at: EpochMs, language: string): Promise<Availability> {
  const { store, hours } = desk;
  const on = (await store.agents.list(store.db)).filter((agent) => isOn(desk, agent, at));
  const waiting = (await store.handoffs.queue(store.db)).length;
  if (on.length === 0) {
    const opensAt = hours?.isOpen(at) === false ? hours.nextOpening(at) : undefined;
    return { open: false, agentsOn: 0, waiting, ...(opensAt === undefined ? {} : { opensAt }) };
  }
  const recent = await store.handoffs.list(store.db, { status: 'closed', since: at - WEEKS_4, limit: SAMPLES });
  const waitMinutes = estimate(recent, waiting, speaking(on, language));
  return { open: true, agentsOn: on.length, waiting, ...(waitMinutes === undefined ? {} : { waitMinutes }) };
}

/** Those who speak it answer first; where nobody does, everybody may, with what help there is. */
function speaking(on: readonly AgentRow[], language: string): number {
  const speakers = on.filter((agent) => languagesOf(agent).includes(language)).length;
  return speakers > 0 ? speakers : on.length;
}

/**
 * Half to nine tenths of recent waits; where more wait than there are agents, each further round adds half to nine tenths
 * of a recent chat's length. Whole minutes, at least 1.
 */
export function estimate(
  recent: readonly Pick<HandoffRow, 'reason' | 'requested_at' | 'claimed_at' | 'closed_at'>[],
  waiting: number,
  agents: number,
): readonly [number, number] | undefined {
  const waits: number[] = [];
  const chats: number[] = [];
  for (const { reason, requested_at, claimed_at, closed_at } of recent) {
    if (claimed_at === null || closed_at === null || LEFT.has(reason)) continue;
    waits.push(claimed_at - requested_at);
    chats.push(closed_at - claimed_at);
  }
  if (waits.length < ENOUGH) return undefined;
  const rounds = Math.floor(waiting / Math.max(1, agents));
  const low = minutes(percentile(waits, 0.5) + rounds * percentile(chats, 0.5));
  return [low, Math.max(low, minutes(percentile(waits, 0.9) + rounds * percentile(chats, 0.9)))];
}

function minutes(ms: number): number {
  return Math.max(1, Math.ceil(ms / MINUTE));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
