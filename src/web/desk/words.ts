import type { DeliveryState, Entry, HandoffItem, Outcome } from '../../handoff/api';

/** The desk's own English. Residents' words are never changed here. */

export const OUTCOME_NAMES: { readonly [outcome in Outcome]: string } = {
  solved: 'Solved',
  'case-opened': 'Case opened',
  transferred: 'Passed to another team',
  'no-answer': 'No answer from the resident',
  abusive: 'Ended because of abuse',
};

export const DELIVERY_NAMES: { readonly [status in DeliveryState['status']]: string } = {
  pending: 'Waiting to be sent',
  sending: 'Sending',
  accepted: 'Sent',
  delivered: 'Delivered',
  maybe: 'Perhaps not delivered',
  dead: 'Not delivered',
};

export const LANE_NAMES: { readonly [lane in HandoffItem['lane']]: string } = {
  emergency: 'Emergency',
  returning: 'Back from a colleague',
  normal: 'Waiting',
};

const CHANNELS: { readonly [channel: string]: string } = {
  web: 'Web chat',
  directline: 'Web chat',
  sms: 'Text message',
};

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

/** Events of the log that agents see, in their words. */
const EVENT_NAMES: { readonly [name: string]: string } = {
  'handoff.initiate': 'Passed to a person',
  'handoff.status': 'Given back to the assistant',
  'turn.dead': 'The assistant could not answer a message',
  alert: 'Possible danger',
  delivery: 'A message was perhaps not delivered',
  'sms.stop': 'The resident opted out of texts',
  'sms.start': 'The resident opted in to texts',
  endOfConversation: 'The resident has ended the chat',
};

export function eventName(name: string): string {
  const [, score] = /^rating (\d)$/.exec(name) ?? [];
  return score ? `The resident’s rating: ${score} of 5` : (EVENT_NAMES[name] ?? plainName(name));
}

/** `missed-bin` → `Missed bin` */
export function plainName(id: string): string {
  const words = id.replaceAll(/[-_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function senderName(entry: Entry): string {
  if (entry.role === 'agent') return entry.author ?? 'Agent';
  return { resident: 'Resident', bot: 'Assistant', system: 'Desk' }[entry.role];
}

const MINUTE = 60_000;

/** `under a minute`, `12 min`, `3 h 5 min`, `2 days` */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} days`;
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });
const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'Europe/London',
});

export function timeOf(at: number): string {
  return TIME.format(at);
}

export function dayOf(at: number): string {
  return DAY.format(at);
}
