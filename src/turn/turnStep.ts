import type { Activity } from 'botbuilder';
import { Conflict } from '../storage/store';
import { BOT_ACCOUNT, envelope } from './activity';
import type { Attempt, Attempts } from './attempts';
import { commitBurial, commitPutOff, commitSilence, commitTurn, type TurnStart } from './commit';
import type { StepResult } from './conversationQueue';
import type { EngineContext, TurnOutcome } from './options';
import { BotFailed, runTurn } from './runTurn';
import { TookTooLong } from './timeLimit';
import { type PlainActivity, plain } from './unitOfWork';
import { describeError, publishChange } from './wakeUps';

/** Longer than a run may take, so that the lock is not lost to a slow bot. */
const LEASE_SLACK_MS = 10_000;
/** Storage is away: look again then. */
const STORAGE_PAUSE_MS = 1_000;
const REASON_LENGTH = 300;

/** One step of a conversation: its oldest due inbound is run and committed, or one try at that fails. Never throws. */
export function createTurnStep(engine: EngineContext, attempts: Attempts) {
  const commits = { store: engine.store, now: () => engine.clock.now(), randomId: engine.randomId };

  return async function step(conversationId: string): Promise<StepResult> {
    const { locks, limits, logger } = engine;
    try {
      const lease = limits.runMs + LEASE_SLACK_MS;
      const held = await locks.tryWith(`turn:${conversationId}`, lease, () => oldestDue(conversationId));
      return held ? held.value : { more: true, afterMs: limits.busyMs };
    } catch (error) {
      logger.error({ conversationId, ...describeError(error) }, 'turn not committed, will be tried again');
      return { more: true, afterMs: STORAGE_PAUSE_MS };
    }
  };

  async function oldestDue(conversationId: string): Promise<StepResult> {
    const { store, clock } = engine;
    // The conversation first: its version then vouches for the inbound's being open.
    const conversation = await store.conversations.get(store.db, conversationId);
    const inbound = conversation && (await store.inbox.nextDue(store.db, conversationId, clock.now()));
    if (!conversation || !inbound) {
      attempts.forget(conversationId);
      return { more: false };
    }
    return settle({ conversation, inbound }, attempts.of(conversationId, inbound.id));
  }

  async function settle(turn: TurnStart, attempt: Attempt): Promise<StepResult> {
    const began = engine.clock.now();
    const observe = (outcome: TurnOutcome) => engine.observe?.(outcome, engine.clock.now() - began);
    try {
      observe(await tryTurn(turn, attempt));
      publishChange(engine.bus, turn.conversation);
      return { more: true };
    } catch (error) {
      observe(outcomeOf(error));
      return afterError(turn, attempt, error);
    }
  }

  async function tryTurn(turn: TurnStart, attempt: Attempt): Promise<TurnOutcome> {
    if (turn.conversation.hold === 'agent') return keepSilent(turn);
    const reason = attempt.hopeless ?? (await countAttempt(turn, attempt));
    if (reason !== undefined) return bury(turn, reason);
    engine.failpoint('ack-turn');
    const work = await runTurn({ ...engine, limitMs: engine.limits.runMs }, turn);
    engine.failpoint('turn-commit');
    await commitTurn(commits, turn, work);
    engine.failpoint('commit-wake');
    return 'answered';
  }

  /** Handoff gate: while a person holds the conversation the bot is not run; timers wait. */
  async function keepSilent(turn: TurnStart): Promise<TurnOutcome> {
    if (turn.inbound.kind === 'timer') await commitPutOff(commits, turn, engine.clock.now() + engine.limits.putOffMs);
    else await commitSilence(commits, turn);
    return 'silent';
  }

  /** Commits that a run begins; answers why there must be none. */
  async function countAttempt(turn: TurnStart, attempt: Attempt): Promise<string | undefined> {
    const { store, limits } = engine;
    if (!attempt.counted) {
      const number = await store.write((tx) => store.inbox.startAttempt(tx, turn.inbound.id));
      if (number > limits.attempts) return `begun ${limits.attempts} times, never ended`;
    }
    attempt.counted = false;
    return undefined;
  }

  async function bury(turn: TurnStart, reason: string): Promise<TurnOutcome> {
    const { conversation, inbound } = turn;
    // Only who has asked something gets an apology: a timer's failure is no reason to text somebody.
    const apology = inbound.seq === null ? undefined : apologyFor(turn);
    await commitBurial(commits, turn, reason, apology);
    engine.logger.error({ conversationId: conversation.id, inboundId: inbound.id }, 'inbound given up');
    return 'dead';
  }

  function apologyFor({ conversation }: TurnStart): PlainActivity {
    const said: Partial<Activity> = engine.apology(conversation.language ?? undefined);
    const parties = { from: BOT_ACCOUNT, recipient: { id: conversation.resident } };
    const at = engine.clock.now();
    return plain({ type: 'message', ...said, ...envelope(conversation, at), ...parties, id: engine.randomId() });
  }

  /** Decides whether the turn is run again. @throws what is no fault of the turn */
  function afterError(turn: TurnStart, attempt: Attempt, error: unknown): StepResult {
    const { limits, logger } = engine;
    if (error instanceof Conflict) {
      attempt.counted = true;
      attempt.conflicts += 1;
      if (attempt.conflicts < limits.conflicts) return { more: true };
    } else if (error instanceof TookTooLong) {
      attempt.hopeless = error.message;
      return { more: true };
    } else if (!(error instanceof BotFailed)) throw error;
    attempt.failures += 1;
    const { name, cause } = error;
    if (attempt.failures >= limits.failures)
      attempt.hopeless = `failed ${attempt.failures} times: ${cause ?? name}`.slice(0, REASON_LENGTH);
    const fields = { conversationId: turn.conversation.id, inboundId: turn.inbound.id, ...describeError(error) };
    logger.warn({ ...fields, failures: attempt.failures }, 'turn failed');
    return { more: true, afterMs: attempt.hopeless ? 0 : limits.retryMs };
  }
}

function outcomeOf(error: unknown): TurnOutcome {
  if (error instanceof Conflict) return 'conflict';
  return error instanceof BotFailed || error instanceof TookTooLong ? 'failed' : 'storage';
}
