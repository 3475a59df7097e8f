import { Conflict } from '../storage/store';
import { apologyFor } from './apology';
import type { Attempt, Attempts } from './attempts';
import { type CommitPorts, commitBurial, commitPutOff, commitSilence, commitTurn, type TurnStart } from './commit';
import type { StepResult } from './conversationQueue';
import type { EngineContext, TurnOutcome } from './options';
import { BotFailed, runTurn } from './runTurn';
import { TookTooLong } from './timeLimit';
import { describeError, publishChange } from './wakeUps';

/** Longer than a run may take, so that the lock is not lost to a slow bot. */
const LEASE_SLACK_MS = 10_000;
/** Storage is away: look again then. */
const STORAGE_PAUSE_MS = 1_000;

/** One step of a conversation: its oldest due inbound is run and committed, or one try at that fails. */
export class TurnStep {
  readonly #engine: EngineContext;
  readonly #attempts: Attempts;
  readonly #commits: CommitPorts;

  constructor(engine: EngineContext, attempts: Attempts) {
    this.#engine = engine;
    this.#attempts = attempts;
    const { store, clock, randomId, alertRows } = engine;
    this.#commits = { store, now: () => clock.now(), randomId, alertRows };
  }

  /** Never throws. */
  async take(conversationId: string): Promise<StepResult> {
    const { locks, limits, logger } = this.#engine;
    try {
      const lease = limits.runMs + LEASE_SLACK_MS;
      const held = await locks.tryWith(`turn:${conversationId}`, lease, () => this.#oldestDue(conversationId));
      return held ? held.value : { more: true, afterMs: limits.busyMs };
    } catch (error) {
      logger.error({ conversationId, ...describeError(error) }, 'turn not committed, will be tried again');
      return { more: true, afterMs: STORAGE_PAUSE_MS };
    }
  }

  async #oldestDue(conversationId: string): Promise<StepResult> {
    const { store, clock } = this.#engine;
    // The conversation first: its version then vouches for the inbound's being open.
    const conversation = await store.conversations.get(store.db, conversationId);
    const inbound = conversation && (await store.inbox.nextDue(store.db, conversationId, clock.now()));
    if (!conversation || !inbound) {
      this.#attempts.forget(conversationId);
      return { more: false };
    }
    return this.#settle({ conversation, inbound }, this.#attempts.of(conversationId, inbound.id));
  }

  async #settle(turn: TurnStart, attempt: Attempt): Promise<StepResult> {
    const { clock, bus, observe } = this.#engine;
    const began = clock.now();
    try {
      const outcome = await this.#tryTurn(turn, attempt);
      observe?.(outcome, clock.now() - began);
      publishChange(bus, turn.conversation);
      return { more: this.#attempts.settled(turn.conversation.id, attempt) };
    } catch (error) {
      observe?.(outcomeOf(error), clock.now() - began);
      return this.#afterError(turn, attempt, error);
    }
  }

  async #tryTurn(turn: TurnStart, attempt: Attempt): Promise<TurnOutcome> {
    const { failpoint, limits } = this.#engine;
    if (turn.conversation.hold === 'agent') return this.#keepSilent(turn);
    const reason = attempt.hopeless ?? (await this.#countAttempt(turn, attempt));
    if (reason !== undefined) return this.#bury(turn, reason);
    failpoint('ack-turn');
    const work = await runTurn({ ...this.#engine, limitMs: limits.runMs }, turn);
    failpoint('turn-commit');
    await commitTurn(this.#commits, turn, work);
    failpoint('commit-wake');
    if (work.effects.some(({ kind }) => kind === 'alert')) this.#engine.bus.publish('outbox');
    return 'answered';
  }

  /** Handoff gate: while a person holds the conversation the bot is not run; timers wait. */
  async #keepSilent(turn: TurnStart): Promise<TurnOutcome> {
    const { clock, limits } = this.#engine;
    if (turn.inbound.kind === 'timer') await commitPutOff(this.#commits, turn, clock.now() + limits.putOffMs);
    else await commitSilence(this.#commits, turn);
    return 'silent';
  }

  /** Commits that a run begins; answers why there must be none. */
  async #countAttempt(turn: TurnStart, attempt: Attempt): Promise<string | undefined> {
    const { store, limits } = this.#engine;
    const counted = attempt.counted;
    attempt.counted = false;
    if (counted) return undefined;
    const number = await store.write((tx) => store.inbox.startAttempt(tx, turn.inbound.id));
    return number > limits.attempts ? `begun ${limits.attempts} times, never ended` : undefined;
  }

  async #bury(turn: TurnStart, reason: string): Promise<TurnOutcome> {
    await commitBurial(this.#commits, turn, reason, apologyFor(this.#engine, turn));
    const fields = { conversationId: turn.conversation.id, inboundId: turn.inbound.id, reason };
    this.#engine.logger.error(fields, 'inbound given up');
    return 'dead';
  }

  /** Decides whether the turn is run again. @throws what is no fault of the turn */
  #afterError(turn: TurnStart, attempt: Attempt, error: unknown): StepResult {
    const { limits, logger } = this.#engine;
    if (error instanceof Conflict) {
      attempt.counted = true;
      attempt.conflicts += 1;
      if (attempt.conflicts < limits.conflicts) return { more: true };
    } else if (!(error instanceof BotFailed || error instanceof TookTooLong)) throw error;
    attempt.failures += 1;
    const known = describeError(error);
    if (error instanceof TookTooLong) attempt.hopeless = error.message;
    else if (attempt.failures >= limits.failures) attempt.hopeless = `failed ${attempt.failures} times: ${known.error}`;
    const fields = { conversationId: turn.conversation.id, inboundId: turn.inbound.id, ...known };
    logger.warn({ ...fields, failures: attempt.failures }, 'turn failed');
    return attempt.hopeless ? { more: true } : { more: true, afterMs: limits.retryMs };
  }
}

function outcomeOf(error: unknown): TurnOutcome {
  if (error instanceof Conflict) return 'conflict';
  return error instanceof BotFailed || error instanceof TookTooLong ? 'failed' : 'storage';
}
