import type { Activity } from 'botbuilder';
import type { EpochMs, Json } from '../conversation/ports';
import type { Conversation, InboxRow, LogRow } from '../storage/store';
import type { InboundActivity, LoggedActivity } from './index';
import { type PlainActivity, plain } from './unitOfWork';

/** Who the bot is in every activity. */
export const BOT_ACCOUNT = { id: 'wandle', name: 'Wandle', role: 'bot' } as const;

/** What a channel's activity may bring in. Never among them: `serviceUrl`, `deliveryMode`, `callerId`, `relatesTo`, roles. */
const KEPT = [
  'type',
  'text',
  'textFormat',
  'locale',
  'localTimestamp',
  'localTimezone',
  'attachments',
  'attachmentLayout',
  'entities',
  'channelData',
  'name',
  'value',
  'valueType',
  'inputHint',
  'speak',
  'membersAdded',
  'membersRemoved',
  'replyToId',
  'code',
] as const;

/** Events the bot believes, because only the server sends them: a client's event of such a name comes without it. */
const RESERVED: ReadonlySet<unknown> = new Set(['timer', 'handoff.status', 'handoff.initiate']);

/** An inbound activity as it is stored: id, time and parties are ours, whatever the channel's client said. */
export function normalise(
  inbound: InboundActivity,
  conversation: Conversation,
  id: string,
  at: EpochMs,
): PlainActivity {
  const given = inbound.activity as { readonly [key: string]: unknown };
  const allowed = KEPT.filter((key) => given[key] !== undefined && !(key === 'name' && RESERVED.has(given.name)));
  const kept = Object.fromEntries(allowed.map((key) => [key, given[key]]));
  const name = inbound.activity.from?.name;
  return plain<PlainActivity>({
    ...kept,
    id,
    ...envelope(conversation, at),
    from: { id: conversation.resident, ...(name ? { name } : {}), role: 'user' },
    recipient: BOT_ACCOUNT,
  });
}

/** What every activity of a conversation says about when and where it is. */
export function envelope(conversation: Conversation, at: EpochMs): { readonly [key: string]: Json } {
  return {
    timestamp: new Date(at).toISOString(),
    channelId: conversation.channel,
    conversation: { id: conversation.id },
  };
}

/** The activity the bot gets for an inbox row. `body` is the log row's or the inbox row's own; erased ones are empty. */
export function toTurnActivity(
  row: InboxRow,
  body: { readonly [key: string]: Json },
  conversation: Conversation,
  at: EpochMs,
): Partial<Activity> {
  const parties = { from: { id: conversation.resident, role: 'user' }, recipient: BOT_ACCOUNT };
  const base = { ...envelope(conversation, at), ...parties, id: row.id, type: 'event' };
  const timer = { name: 'timer', value: { name: row.timer_name, value: body.value ?? null } };
  const activity = plain<PlainActivity>({ ...base, ...(row.kind === 'timer' ? timer : body) });
  const timestamp = new Date(typeof activity.timestamp === 'string' ? activity.timestamp : at);
  return { ...(activity as unknown as Partial<Activity>), timestamp };
}

/** A log row as a resident may see it. What was erased keeps id, type and place. */
export function toLogged(row: LogRow): LoggedActivity {
  const activity = { ...row.body, id: row.id, type: row.type } as unknown as LoggedActivity['activity'];
  return { seq: row.seq, at: row.at, role: row.role, activity };
}
