import type { EpochMs } from '../conversation/ports';
import type { Db } from '../storage/schema';
import type { Conversation, InboxRow, NewLogRow, Store } from '../storage/store';
import { applyEffect, conversationPatch, deskEvent, deskRows, type EffectContext } from './effects';
import type { AlertRows } from './index';
import type { PlainActivity, UnitOfWork } from './unitOfWork';

/** A turn that may be committed: the conversation and the inbound as they were read before the bot ran. */
export interface TurnStart {
  readonly conversation: Conversation;
  readonly inbound: InboxRow;
}

export interface CommitPorts {
  readonly store: Store;
  readonly now: () => EpochMs;
  readonly randomId: () => string;
  readonly alertRows?: AlertRows | undefined;
}

const NO_ALERT_ROWS: AlertRows = () => [];

/**
 * Everything a turn did and "this inbound is done", in one transaction, or nothing of it.
 * @throws Conflict when the conversation, its holder, a state row or a dedupe key has changed since the turn began
 */
export async function commitTurn(ports: CommitPorts, turn: TurnStart, work: UnitOfWork): Promise<void> {
  const at = ports.now();
  await ports.store.write(async (tx) => {
    const conversation = await advance(ports, tx, turn, work, at);
    const { store, randomId, alertRows = NO_ALERT_ROWS } = ports;
    const context: EffectContext = { store, tx, conversation, at, randomId, seq: turn.inbound.seq, alertRows };
    const rows = [...replyRows(turn, work, at), ...deskRows(work.effects, context)];
    if (rows.length > 0) await ports.store.log.append(tx, conversation.id, rows, at);
    for (const [key, state] of work.states) await ports.store.states.save(tx, key, state.version, state.body, at);
    // Before the effects: a timer's turn may set the timer of the same name again.
    await ports.store.inbox.finish(tx, turn.inbound.id, at);
    for (const effect of work.effects) await applyEffect(effect, context);
  });
}

/** The inbound is done without the bot: a person holds the conversation. */
export async function commitSilence(ports: CommitPorts, turn: TurnStart): Promise<void> {
  const at = ports.now();
  await ports.store.write(async (tx) => {
    await advance(ports, tx, turn, undefined, at);
    await ports.store.inbox.finish(tx, turn.inbound.id, at);
  });
}

/** A timer that rings while a person holds the conversation rings again later. */
export async function commitPutOff(ports: CommitPorts, turn: TurnStart, until: EpochMs): Promise<void> {
  const at = ports.now();
  const { id: conversationId, channel } = turn.conversation;
  const name = turn.inbound.timer_name ?? '';
  await ports.store.write(async (tx) => {
    await advance(ports, tx, turn, undefined, at);
    await ports.store.inbox.finish(tx, turn.inbound.id, at);
    const timer = { id: ports.randomId(), conversationId, channel, name, dueAt: until, body: turn.inbound.body ?? {} };
    await ports.store.inbox.setTimer(tx, timer, at);
  });
}

/**
 * Gives an inbound up: dead with its reason, seen on the desk; the resident is told where they are waiting for an answer.
 * @throws Conflict as `commitTurn`
 */
export async function commitBurial(
  ports: CommitPorts,
  turn: TurnStart,
  reason: string,
  apology: PlainActivity | undefined,
): Promise<void> {
  const at = ports.now();
  await ports.store.write(async (tx) => {
    const conversation = await advance(ports, tx, turn, undefined, at);
    const value = { inbound: turn.inbound.id, seq: turn.inbound.seq, reason };
    const desk = deskEvent('turn.dead', value, { conversation, at, randomId: ports.randomId });
    const said = apology ? [toRow(apology, turn, at)] : [];
    await ports.store.log.append(tx, conversation.id, [...said, desk], at);
    await ports.store.inbox.bury(tx, turn.inbound.id, reason, at);
  });
}

function advance(
  ports: CommitPorts,
  tx: Db,
  { conversation }: TurnStart,
  work: UnitOfWork | undefined,
  at: EpochMs,
): Promise<Conversation> {
  const patch = conversationPatch(conversation, work?.effects ?? []);
  const expected = { version: conversation.version, holdEpoch: conversation.hold_epoch };
  return ports.store.conversations.advance(tx, conversation.id, expected, patch, at);
}

function replyRows(turn: TurnStart, work: UnitOfWork, at: EpochMs): readonly NewLogRow[] {
  return work.replies.map((reply) => toRow(reply, turn, at));
}

/** Replies get the commit's time, so that time and sequence agree; what nobody can see is no message to reply to. */
function toRow(reply: PlainActivity, { inbound }: TurnStart, at: EpochMs): NewLogRow {
  const { replyToId, ...rest } = reply;
  const answered = inbound.seq !== null && replyToId !== undefined ? { replyToId } : {};
  const body = { ...rest, ...answered, timestamp: new Date(at).toISOString() };
  return { id: reply.id, audience: 'resident', type: reply.type, role: 'bot', body };
}
