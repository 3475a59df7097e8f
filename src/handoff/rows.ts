import { createHash } from 'node:crypto';
import type { EpochMs, Json } from '../conversation/ports';
import { QUIET_EMERGENCY } from '../conversation/quietEmergency';
import type { Conversation, HandoffRow, NewLogRow } from '../storage/store';
import type { Desk } from './desk';
import { NOTE } from './entries';

/** The texts a resident is told by the desk itself, in `locales/<lang>/common.json`. */
type Announcement = 'joined' | 'ended' | 'requeued';

/** The bot's account: to a channel's client everything the council says comes from one party, by different names. */
const COUNCIL_ACCOUNT = 'wandle';

function envelope(conversation: Conversation, id: string, at: EpochMs): { readonly [key: string]: Json } {
  return {
    id,
    timestamp: new Date(at).toISOString(),
    channelId: conversation.channel,
    conversation: { id: conversation.id },
  };
}

/** What an agent says to the resident. */
export function agentMessage(
  conversation: Conversation,
  message: {
    readonly id: string;
    readonly text: string;
    readonly agent: { readonly id: string; readonly name: string };
  },
  at: EpochMs,
): NewLogRow {
  return {
    id: message.id,
    audience: 'resident',
    type: 'message',
    role: 'agent',
    author: message.agent.id,
    body: {
      ...envelope(conversation, message.id, at),
      type: 'message',
      text: message.text,
      textFormat: 'plain',
      from: { id: COUNCIL_ACCOUNT, name: message.agent.name, role: 'bot' },
      recipient: { id: conversation.resident, role: 'user' },
    },
  };
}

/**
 * What the resident is told when their conversation changes hands. Not by text where somebody near may read it: nothing may reach such a
 * phone but what an agent decides to send.
 */
export function announcements(
  desk: Desk,
  conversation: Conversation,
  handoff: Pick<HandoffRow, 'reason'>,
  told: { readonly what: Announcement; readonly agent: string },
): readonly NewLogRow[] {
  if (conversation.push === 1 && handoff.reason === QUIET_EMERGENCY) return [];
  return [announcement(desk, conversation, told.what, told.agent)];
}

function announcement(desk: Desk, conversation: Conversation, what: Announcement, agent: string): NewLogRow {
  const id = desk.randomId();
  const said = desk.render.say({ text: `common:agent.${what}`, params: { agent } }, languageOf(desk, conversation));
  return {
    id,
    audience: 'resident',
    type: 'message',
    role: 'system',
    body: {
      ...envelope(conversation, id, desk.now()),
      type: 'message',
      text: said.text,
      textFormat: 'plain',
      from: { id: COUNCIL_ACCOUNT, name: desk.council.name, role: 'bot' },
      recipient: { id: conversation.resident, role: 'user' },
    },
  };
}

function languageOf(desk: Desk, conversation: Conversation): string {
  const [first = 'en'] = desk.render.languages;
  const spoken = conversation.language ?? 'en';
  return desk.render.languages.includes(spoken) ? spoken : desk.render.languages.includes('en') ? 'en' : first;
}

/** A note of one agent for the others. */
export function note(desk: Desk, conversation: Conversation, id: string, text: string, author: string): NewLogRow {
  const body = { ...envelope(conversation, id, desk.now()), type: 'event', name: NOTE, value: { text } };
  return { id, audience: 'desk', type: 'event', role: 'agent', author, body };
}

/** Tells the bot, in a turn of its own, that a person has given the conversation back (Bot Framework handoff protocol). */
export function completed(desk: Desk, conversation: Conversation, outcome: string): { readonly [key: string]: Json } {
  return {
    ...envelope(conversation, desk.randomId(), desk.now()),
    type: 'event',
    name: 'handoff.status',
    value: { state: 'completed', outcome },
    from: { id: conversation.resident, role: 'user' },
    recipient: { id: COUNCIL_ACCOUNT, name: 'Wandle', role: 'bot' },
  };
}

/** The log id of what a page sends: the same `clientId` always gives the same one, so that a repeat is found. */
export function activityIdOf(conversationId: string, agentId: string, clientId: string): string {
  return createHash('sha256').update(`${conversationId}\n${agentId}\n${clientId}`).digest('base64url').slice(0, 24);
}
