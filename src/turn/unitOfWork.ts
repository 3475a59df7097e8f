import type { Effect, Json } from '../conversation/ports';

/** An activity as plain data: what `JSON.stringify` keeps of it. */
export type PlainActivity = { readonly [key: string]: Json } & { readonly id: string; readonly type: string };

/** A state row as the turn found it, and what the turn wants it to be. */
interface StateChange {
  /** The version that was read: the commit refuses to overwrite any other. */
  readonly version: number;
  /** Null deletes the row. */
  readonly body: Json;
}

/**
 * Everything one run of the bot wants to happen, as plain data. The commit applies all of it or nothing. Once sealed (the run
 * took too long) it takes nothing more, so that a late result cannot reach the resident.
 */
export interface UnitOfWork {
  readonly replies: PlainActivity[];
  readonly states: Map<string, StateChange>;
  readonly effects: Effect[];
  sealed: boolean;
}

export function newUnitOfWork(): UnitOfWork {
  return { replies: [], states: new Map(), effects: [], sealed: false };
}

/** A copy that shares nothing with the original and holds only what JSON holds. */
export function plain<T extends Json>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
