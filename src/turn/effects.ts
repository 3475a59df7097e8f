import { z } from 'zod';
import type { Effect, EpochMs, Json } from '../conversation/ports';
import { fromJson, safeJson, safeText, toJson } from '../storage/json';
import type { Db } from '../storage/schema';
import type { Conversation, NewLogRow, Store } from '../storage/store';
import { BOT_ACCOUNT, envelope } from './activity';
import type { AlertRows } from './index';

/** What applying an effect needs to know. `at` is the moment of the commit. */
export interface EffectContext {
  readonly store: Store;
  readonly tx: Db;
  readonly conversation: Conversation;
  readonly at: EpochMs;
  readonly randomId: () => string;
  /** The log row the turn answers. */
  readonly seq: number | null;
  readonly alertRows: AlertRows;
}

type Of<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;
type Alert = Of<'alert'>;
export type ConversationPatch = Partial<Pick<Conversation, 'hold' | 'language' | 'language_explicit'>>;

/** How the effects change the conversation itself; the last word on each field counts. An agent's hold is never touched. */
export function conversationPatch(conversation: Conversation, effects: readonly Effect[]): ConversationPatch {
  let hold = conversation.hold;
  let patch: ConversationPatch = {};
  for (const effect of effects) {
    if (effect.kind === 'request-handoff' && hold === 'bot') hold = 'queued';
    if (effect.kind === 'cancel-handoff' && hold === 'queued') hold = 'bot';
    if (effect.kind === 'set-language')
      patch = { ...patch, language: effect.language, language_explicit: effect.explicit ? 1 : 0 };
  }
  return hold === conversation.hold ? patch : { ...patch, hold };
}

/** Rows that only the desk sees: Bot Framework's handoff protocol, and alarms. */
export function deskRows(effects: readonly Effect[], context: EffectContext): readonly NewLogRow[] {
  return effects.flatMap((effect) => {
    if (effect.kind === 'request-handoff')
      return [deskEvent('handoff.initiate', handoffContext(effect, context), context)];
    if (effect.kind === 'alert') return [deskEvent('alert', alarmOf(effect, context), context)];
    return [];
  });
}

const alarmOf = ({ what, text, danger, attended, quiet }: Alert, { conversation }: EffectContext): Json => ({
  what,
  text,
  danger,
  attended,
  quiet,
  unreachable: conversation.opted_out === 1,
});

/** An event in the log that a resident never gets to read. */
export function deskEvent(
  name: string,
  value: Json,
  context: Pick<EffectContext, 'conversation' | 'at' | 'randomId'>,
): NewLogRow {
  const id = context.randomId();
  const body = { ...envelope(context.conversation, context.at), id, type: 'event', name, value, from: BOT_ACCOUNT };
  return { id, audience: 'desk', type: 'event', role: 'system', body };
}

/** `handoff.initiate`'s value: what a desk (ours or an external hub) needs to pick the conversation up. The transcript is the log. */
function handoffContext(effect: Of<'request-handoff'>, { conversation }: EffectContext): Json {
  const { reason, lane, ask, facts } = effect;
  const service = effect.service ?? null;
  return { reason, lane, ask, service, facts: facts.map((fact) => ({ ...fact })), language: conversation.language };
}

/** @throws Conflict('case') when somebody else opened the same case meanwhile: the turn runs again and follows it. */
export async function applyEffect(effect: Effect, context: EffectContext): Promise<void> {
  const { store, tx, conversation, at } = context;
  switch (effect.kind) {
    case 'open-case':
      return store.cases.open(tx, caseRow(effect, context));
    case 'follow-case':
      return followCase(effect, context);
    case 'contact-for-case':
      return store.cases.setContact(tx, effect.reference, effect.contact);
    case 'note-for-case':
      return noteForCase(effect, context);
    case 'request-handoff':
      return requestHandoff(effect, context);
    case 'cancel-handoff':
      return cancelHandoff(context);
    case 'leave-message':
      return leaveMessage(effect, context);
    case 'set-timer':
      return setTimer(effect, context);
    case 'cancel-timer':
      return store.inbox.cancelTimer(tx, conversation.id, effect.name, at);
    case 'cancel-timers':
      return store.inbox.cancelTimers(tx, conversation.id, at);
    case 'blank-words':
      return blankWords(effect, context);
    case 'note-misunderstood':
      return audit('misunderstood', context);
    case 'alert':
      return alert(effect, context);
    case 'set-language':
      return; // part of the conversation's patch
  }
}

async function blankWords(
  { words }: Of<'blank-words'>,
  { store, tx, conversation, seq }: EffectContext,
): Promise<void> {
  if (seq !== null) await store.log.blank(tx, conversation.id, seq, words);
}

async function followCase(
  { reference, answers, raise }: Of<'follow-case'>,
  { store, tx, conversation, at }: EffectContext,
): Promise<void> {
  await store.cases.follow(tx, { reference, conversation_id: conversation.id, answers: JSON.stringify(answers), at });
  if (raise) await store.cases.raise(tx, reference, raise);
}

function caseRow(effect: Of<'open-case'>, { conversation, at }: EffectContext) {
  return {
    reference: effect.reference,
    service: effect.service,
    status: 'open' as const,
    dedupe_key: effect.dedupeKey,
    conversation_id: conversation.id,
    answers: JSON.stringify(effect.answers),
    facts: JSON.stringify(effect.facts),
    place: effect.place ?? null,
    lat: effect.position?.lat ?? null,
    lon: effect.position?.lon ?? null,
    contact: null,
    due_at: effect.dueAt ?? null,
    opened_at: at,
    closed_at: null,
    note: null,
  };
}

/** One open handoff a conversation: asking again can only move it to the emergency lane. */
async function requestHandoff(effect: Of<'request-handoff'>, context: EffectContext): Promise<void> {
  const { store, tx, conversation, at } = context;
  const open = await store.handoffs.openOf(tx, conversation.id);
  if (open) {
    if (effect.lane === 'emergency') await store.handoffs.update(tx, open.id, moreUrgent(effect, open.facts));
    return;
  }
  const { lane, reason, ask } = effect;
  const service = effect.service ?? null;
  const facts = JSON.stringify(effect.facts);
  await store.handoffs.request(tx, {
    ...blankHandoff(context),
    status: 'waiting',
    lane,
    reason,
    ask,
    service,
    facts,
    requested_at: at,
  });
}

/** What the resident says now goes before what was collected when they first asked. */
function moreUrgent({ reason, ask, facts }: Of<'request-handoff'>, before: string) {
  const names = new Set(facts.map(({ name }) => name));
  const known = Facts.parse(fromJson(before)).filter(({ name }) => !names.has(name));
  const all: Json = [...facts, ...known].map((fact) => ({ ...fact }));
  return { lane: 'emergency' as const, reason, ask: safeText(ask), facts: toJson(safeJson(all)) };
}

const Facts = z
  .array(z.object({ name: z.string(), value: z.string(), source: z.enum(['said', 'verified']) }))
  .catch([]);

async function cancelHandoff({ store, tx, conversation, at }: EffectContext): Promise<void> {
  const open = await store.handoffs.openOf(tx, conversation.id);
  if (open?.status === 'waiting') await store.handoffs.update(tx, open.id, { status: 'cancelled', closed_at: at });
}

/** Kept with the case, and put before the desk as a message. */
async function noteForCase(effect: Of<'note-for-case'>, context: EffectContext): Promise<void> {
  const { store, tx, conversation, at, randomId } = context;
  const { reference, what, text } = effect;
  const photo = effect.photo ?? null;
  await store.cases.addNote(tx, { id: randomId(), reference, conversation_id: conversation.id, what, text, photo, at });
  const row = {
    ...blankHandoff(context),
    status: 'message' as const,
    reason: `case-${what}`,
    ask: `${reference}: ${text}`,
  };
  await store.handoffs.request(tx, row);
}

async function leaveMessage(effect: Of<'leave-message'>, context: EffectContext): Promise<void> {
  const { ask, how } = effect;
  const contact = effect.contact ?? null;
  const row = { ...blankHandoff(context), status: 'message' as const, reason: how, ask, contact };
  await context.store.handoffs.request(context.tx, row);
}

function blankHandoff({ conversation, at, randomId }: EffectContext) {
  return {
    id: randomId(),
    conversation_id: conversation.id,
    lane: 'normal' as const,
    service: null,
    language: conversation.language,
    facts: '[]',
    contact: null,
    agent_id: null,
    outcome: null,
    requested_at: at,
    claimed_at: null,
    closed_at: null,
  };
}

async function setTimer(effect: Of<'set-timer'>, { store, tx, conversation, at, randomId }: EffectContext) {
  const { id: conversationId, channel } = conversation;
  const body = { value: effect.value ?? null };
  await store.inbox.setTimer(
    tx,
    { id: randomId(), conversationId, channel, name: effect.name, dueAt: effect.at, body },
    at,
  );
}

/** With the turn's commit whoever is on duty will be told; no order among them, so that one failure holds up nothing. */
async function alert(effect: Alert, context: EffectContext): Promise<void> {
  const { store, tx, conversation, at, randomId, alertRows } = context;
  await audit(`alert.${effect.what}`, context);
  const rows = alertRows(effect, { conversation, at }).map(({ kind, body }) => {
    const id = randomId();
    return { id, kind, conversationId: conversation.id, seq: null, body, orderKey: id };
  });
  await store.outbox.add(tx, rows, at);
}

/** Never the resident's words: conversation and sequence number lead to them, for those who may read them and until they are erased. */
async function audit(action: string, { store, tx, conversation, at, randomId, seq }: EffectContext): Promise<void> {
  const detail = JSON.stringify({ seq });
  await store.audit.write(tx, { id: randomId(), at, actor: 'bot', action, subject: conversation.id, detail });
}
