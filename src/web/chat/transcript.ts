import type { Action, Activity, Asks, Attachment, Outgoing } from './protocol';

/** What the page shows of one message. */
export interface Entry {
  /** Stays the same when the echo of a sent message comes. */
  readonly key: string;
  readonly who: 'me' | 'bot' | 'agent' | 'system';
  readonly name?: string;
  readonly text: string;
  readonly at: number;
  /** `logged`: it has come back from the server, so its place is known. */
  readonly state: 'sending' | 'failed' | 'refused' | 'acknowledged' | 'logged';
  readonly actions: readonly Action[];
  readonly asks?: Asks | undefined;
  /** Somebody near must not notice: the conversation is about abuse. */
  readonly hushed?: boolean | undefined;
  readonly attachments: readonly Attachment[];
}

/** Adds what the server sent: each activity once, an echo instead of the message it echoes, what is unsent last. */
export function receive(entries: readonly Entry[], activities: readonly Activity[]): readonly Entry[] {
  return activities.filter(({ type }) => type === 'message').reduce(receiveOne, entries);
}

function receiveOne(entries: readonly Entry[], activity: Activity): readonly Entry[] {
  const entry = entryOf(activity);
  if (entries.some(({ key, state }) => key === entry.key && state === 'logged')) return entries;
  const others = entries.filter(({ key }) => key !== entry.key);
  const waiting = others.findIndex(({ state }) => state !== 'logged');
  const place = waiting < 0 ? others.length : waiting;
  return [...others.slice(0, place), entry, ...others.slice(place)];
}

function entryOf(activity: Activity): Entry {
  const { channelData, from } = activity;
  const mine = from?.role === 'user';
  const author = channelData?.author;
  return {
    key: (mine && channelData?.clientActivityID) || (activity.id ?? ''),
    who: mine ? 'me' : author === 'agent' || author === 'system' ? author : 'bot',
    ...(from?.name && { name: from.name }),
    text: (mine && channelData?.messageBack?.displayText) || (activity.text ?? ''),
    at: Date.parse(activity.timestamp ?? '') || 0,
    state: 'logged',
    actions: activity.suggestedActions?.actions ?? [],
    asks: channelData?.asks,
    hushed: channelData?.quiet,
    attachments: activity.attachments ?? [],
  };
}

/** Shows a message that has just been written. Events are not seen. */
export function add(entries: readonly Entry[], { clientId, at, activity, files = [] }: Outgoing): readonly Entry[] {
  if (activity.type !== 'message') return entries;
  const attachments = files.map(({ name, type }) => ({ name, contentType: type }));
  const from = { role: 'user' };
  const channelData = { ...activity.channelData, clientActivityID: clientId };
  const shown = { ...activity, attachments, from, channelData, timestamp: new Date(at).toISOString() };
  return [...entries, { ...entryOf(shown), state: 'sending' }];
}

/** What became of a message of ours. One that has come back already stays as it is. */
export function settle(entries: readonly Entry[], key: string, state: Entry['state']): readonly Entry[] {
  return entries.map((entry) => (entry.key === key && entry.state !== 'logged' ? { ...entry, state } : entry));
}

/** The answers to choose from: those of the last message, while nothing was answered to it. */
export function choicesOf(entries: readonly Entry[]): readonly Action[] {
  const last = entries.at(-1);
  return last && last.who !== 'me' ? last.actions : [];
}

/** What the last message asks for, while nothing was answered to it. */
export function asksOf(entries: readonly Entry[]): Asks | undefined {
  const last = entries.at(-1);
  return last && last.who !== 'me' ? last.asks : undefined;
}

const ANSWERED_BY_MORE = /^(date|address|place|photo|rating)$/;

/** Something is asked or shown that takes more than words and choices. */
export const needsMore = (entries: readonly Entry[]): boolean =>
  ANSWERED_BY_MORE.test(asksOf(entries)?.kind ?? '') ||
  entries.some(({ attachments }) => attachments.some(({ content }) => content));

/** Whoever has answered has seen it. */
export const isSeen = (entries: readonly Entry[], index: number): boolean =>
  entries.slice(index + 1).some(({ who }) => who === 'bot' || who === 'agent');

/** A person holds the conversation: the last words that are not the resident's are an adviser's. */
export function withAgent(entries: readonly Entry[]): boolean {
  return [...entries].reverse().find(({ who }) => who === 'bot' || who === 'agent')?.who === 'agent';
}

/** Once it is about abuse, somebody near must not notice any of it. */
export const isHushed = (entries: readonly Entry[]): boolean => entries.some(({ hushed }) => hushed);

/** A message on another day than the one before; the first one where the conversation has gone on since. */
export function startsDay(entries: readonly Entry[], index: number): boolean {
  const at = entries[index]?.at;
  const other = entries[index - 1]?.at || entries.at(-1)?.at;
  return Boolean(at && other) && dayOf(at) !== dayOf(other);
}

const dayOf = (at = 0): string => new Date(at).toDateString();
