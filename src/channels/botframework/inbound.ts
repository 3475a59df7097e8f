import { createHash } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import type { InboundActivity } from '../../turn/index';
import { type ChannelActivity, isGroup } from './activity';
import { addressOf, type Reference, referenceOf } from './reference';

/** Stored with each conversation, and the kind of its outbox rows. */
export const CHANNEL = 'botframework';

interface Taken {
  readonly reference: Reference;
  readonly inbound: InboundActivity;
}

/** What is kept of an activity: messages, and that somebody has come. Undefined for all else: reactions, edits, people who leave. */
export function toInbound(activity: ChannelActivity): Taken | undefined {
  if (activity.type === 'message') return message(activity);
  const user = activity.type === 'conversationUpdate' ? newcomer(activity) : undefined;
  return user === undefined || isGroup(activity) ? undefined : arrival(activity, user);
}

function message(activity: ChannelActivity): Taken {
  const reference = referenceOf(activity);
  const { value, locale, entities } = activity;
  return {
    reference,
    inbound: {
      ...belonging(reference, `${activity.id}`),
      activity: {
        type: 'message',
        text: wordsOf(activity),
        from: { id: activity.from.id, name: '' },
        ...(value != null && { value }),
        ...(locale && { locale }),
        entities: (entities ?? []).filter(
          ({ type }) => type === 'GeoCoordinates',
        ) as unknown as Activity['entities'] & {},
      },
    },
  };
}

/** Whoever opens the chat is greeted, once, however often and in how many activities the channel says so. */
export function arrival(activity: ChannelActivity, user: string): Taken {
  const reference = referenceOf(activity, user);
  const { locale } = activity;
  return {
    reference,
    inbound: {
      ...belonging(reference, 'start'),
      logged: false,
      activity: {
        type: 'conversationUpdate',
        from: { id: user, name: '' },
        membersAdded: [{ id: user, name: '' }],
        ...(locale && { locale }),
      },
    },
  };
}

/** Ids of messages are unique in their conversation only. */
function belonging(reference: Reference, messageId: string) {
  const address = addressOf(reference);
  const resident = `${reference.channelId}:${reference.user}`;
  return { channel: CHANNEL, conversation: { address, resident, push: true }, messageId: idOf(address, messageId) };
}

/** Short, whatever the channel's ids are: it stands in an index. */
const idOf = (address: string, messageId: string): string =>
  createHash('sha256').update(`${address} ${messageId}`).digest('base64url');

/** Teams names only the bot when somebody installs it for themselves; elsewhere the first activity may be nobody's. */
function newcomer({ membersAdded, recipient, channelId, from }: ChannelActivity): string | undefined {
  const added = membersAdded ?? [];
  const member = added.find(({ id }) => id !== recipient.id);
  return member?.id ?? (added.length > 0 && channelId === 'msteams' ? from.id : undefined);
}

/** Without the bot's own name, which Teams puts before what is said to it in a group. */
function wordsOf({ text, entities, recipient }: ChannelActivity): string {
  const mentions = (entities ?? []).filter(({ type, text }) => type === 'mention' && typeof text === 'string');
  const named = mentions.filter(({ mentioned }) => typeof (mentioned as { id?: unknown } | null)?.id === 'string');
  const said = { text: text ?? '', entities: named, recipient } as unknown as Activity;
  return TurnContext.removeRecipientMention(said)
    .replace(/&nbsp;|\u00a0/g, ' ')
    .trim();
}
