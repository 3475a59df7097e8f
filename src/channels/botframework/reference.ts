import { z } from 'zod';
import { type ChannelActivity, isGroup } from './activity';

/**
 * All that is needed to write to somebody later, unasked: Bot Framework's "conversation reference". It is the conversation's address, so it
 * is stored where the address is, and a conversation belongs to the service that began it: no other service can write in it.
 */
export interface Reference {
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly conversation: string;
  readonly user: string;
  readonly bot: string;
  readonly group: boolean;
}

const ADDRESS = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.enum(['one', 'group'])]);

/** @param user who of the conversation is meant, where it is not the sender */
export function referenceOf(activity: ChannelActivity, user: string = activity.from.id): Reference {
  const { channelId, serviceUrl, conversation, recipient } = activity;
  return { channelId, serviceUrl, conversation: conversation.id, user, bot: recipient.id, group: isGroup(activity) };
}

export const addressOf = ({ channelId, serviceUrl, conversation, user, bot, group }: Reference): string =>
  JSON.stringify([channelId, serviceUrl, conversation, user, bot, group ? 'group' : 'one']);

/** @throws for what `addressOf` has not made */
export function readAddress(address: string): Reference {
  const [channelId, serviceUrl, conversation, user, bot, kind] = ADDRESS.parse(JSON.parse(address));
  return { channelId, serviceUrl, conversation, user, bot, group: kind === 'group' };
}
