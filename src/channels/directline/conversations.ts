import { z } from 'zod';
import type { ChannelContext, HttpRequest } from '../channel';
import type { Caller } from './edge';
import { Refusal } from './refusal';
import type { Access, Tokens } from './tokens';

/** Stored with each conversation. */
export const CHANNEL = 'web';

const LOCALE = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const START = z.object({
  user: z
    .object({ id: z.string().max(256).nullish() })
    .nullish()
    .catch(undefined),
  locale: z.string().max(35).nullish().catch(undefined),
  trustedOrigins: z.array(z.string().max(256)).max(20).nullish(),
});
type Start = z.infer<typeof START>;

/** Who is to talk: what a token says, or what the secret's holder asks for. */
export interface Resident extends Access {
  readonly locale?: string;
}

interface ConversationAnswer {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}

export interface Conversations {
  /** A new resident and conversation id, unguessable; nothing is stored yet. */
  invent(start: Start): Resident;
  /** Opens it unless it is open, and tells the bot. True when it is new. @throws Refusal 404 when it has ended */
  start(resident: Resident): Promise<boolean>;
  /** Token and stream URL; `after` is the last sequence number the reader has seen. */
  answer(access: Access, after: number): Promise<ConversationAnswer>;
  /** @throws Refusal 403 for another's conversation, 404 for none of this channel and for one that has ended. */
  find(caller: Caller, id: string | undefined): Promise<Found>;
  /** A token may be older than its conversation, but not outlive it. @throws Refusal 404 */
  checkGoesOn(id: string): Promise<void>;
}

export interface Found {
  readonly id: string;
  readonly resident: string;
  readonly lastSeq: number;
}

/** Opens and finds this channel's conversations. */
export function createConversations(context: ChannelContext, tokens: Tokens): Conversations {
  const { config, inlet, log, randomId } = context;
  return {
    invent({ user, locale, trustedOrigins }) {
      const given = user?.id?.startsWith('dl_') ? user.id : undefined;
      return {
        conversationId: randomId(),
        user: given ?? `dl_${randomId()}`,
        ...(trustedOrigins && { origins: trustedOrigins }),
        ...(locale && LOCALE.safeParse(locale).success && { locale }),
      };
    },
    async start(resident) {
      const { conversationId: id, user, locale } = resident;
      const known = await log.conversation(id);
      if (known?.ended) throw notFound();
      if (known) return false;
      const language = spoken(config.languages, locale);
      await inlet.open({ id, channel: CHANNEL, resident: user, ...(language && { language }) });
      const { duplicate } = await inlet.accept(greeting(resident));
      return !duplicate;
    },
    async answer(access, after) {
      const { conversationId, origins } = access;
      const ticket = await tokens.signStream({ id: randomId(), conversationId, after, origins });
      const base = config.publicUrl.replace(/^http/, 'ws').replace(/\/$/, '');
      return {
        conversationId,
        ...(await tokens.signAccess(access)),
        streamUrl: `${base}/v3/directline/conversations/${encodeURIComponent(conversationId)}/stream?watermark=${after}&t=${ticket}`,
      };
    },
    async find(caller, id = '') {
      if (caller.kind === 'token' && caller.conversationId !== id) {
        throw new Refusal(403, 'BadArgument', 'Token not valid for this conversation');
      }
      const found = ID.test(id) ? await log.conversation(id) : undefined;
      if (found?.channel !== CHANNEL || found.ended) throw notFound();
      return found;
    },
    async checkGoesOn(id) {
      if ((await log.conversation(id))?.ended) throw notFound();
    },
  };
}

/** Ids are made here: one of other characters is of nobody, and databases take no NUL. */
const ID = /^[\w-]{1,64}$/;

/** The official client ends a conversation that is not found. */
const notFound = () => new Refusal(404, 'ConversationNotFound', 'Conversation not found');

/** The language of ours that a browser's locale stands for: `pl-PL` is `pl`. */
function spoken(languages: readonly string[], locale: string | undefined): string | undefined {
  if (locale === undefined) return undefined;
  return (
    languages.find((language) => language === locale) ?? languages.find((language) => language === locale.split('-')[0])
  );
}

/** Tells the bot who has come. Never shown to clients; stored once, however often the start is repeated. */
function greeting({ conversationId, user, locale }: Resident) {
  return {
    channel: CHANNEL,
    conversation: { id: conversationId },
    messageId: `start:${conversationId}`,
    logged: false,
    activity: {
      type: 'conversationUpdate',
      from: { id: user, name: '' },
      membersAdded: [{ id: user, name: '' }],
      ...(locale && { locale }),
    },
  };
}

/**
 * A watermark of the query: `undefined` where the parameter is absent, 0 where it is empty (a client that has seen nothing).
 * @throws Refusal 400
 */
export function watermarkOf(request: Pick<HttpRequest, 'query'>): number | undefined {
  const given = request.query.get('watermark');
  if (given === null) return undefined;
  if (!/^\d{0,15}$/.test(given)) throw new Refusal(400, 'BadArgument', 'watermark: not one of ours');
  return Number(given);
}
