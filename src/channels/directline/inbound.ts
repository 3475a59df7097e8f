import { z } from 'zod';
import type { InboundActivity } from '../../turn/index';
import { Refusal } from './refusal';

/** Direct Line 3.0: an activity has at most 256 K characters. */
const MAX_ACTIVITY_CHARACTERS = 262_144;
/** The same in UTF-8, for the route's limit: at most four bytes a character. */
export const MAX_ACTIVITY_BYTES = 4 * MAX_ACTIVITY_CHARACTERS;

const loose = z.record(z.string(), z.unknown());

/**
 * What a client may say. Everything not named here is dropped, above all what only a service may set: `from`,
 * `serviceUrl`, `deliveryMode`, `recipient`, `conversation`, roles.
 */
const ACTIVITY = z.object({
  type: z.string().min(1).max(64),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  locale: z.string().max(35).optional(),
  name: z.string().max(256).optional(),
  value: z.unknown().optional(),
  replyToId: z.string().max(256).optional(),
  localTimestamp: z.string().max(64).optional(),
  localTimezone: z.string().max(64).optional(),
  channelData: loose.optional().catch(undefined),
  entities: z.array(loose).max(50).optional().catch(undefined),
  attachments: z.array(loose).max(20).optional().catch(undefined),
});
export type ClientActivity = z.infer<typeof ACTIVITY>;

const CLIENT_ID = z.string().min(1).max(256);
/** Only an image inside the activity itself: an address elsewhere would let a resident track who looks at it. */
const THUMBNAIL = z.string().regex(/^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/);

/** Types that go on to the bot. Others that exist in Bot Framework are answered and dropped: a client may not act as a channel. */
const ACCEPTED: ReadonlySet<string> = new Set(['message', 'event', 'endOfConversation', 'messageReaction']);

/** Events that only the server sends: a due timer, a person who has given the conversation back. */
const RESERVED = /^(timer$|handoff\.)/;

/** @throws Refusal 413 over the size limit, 400 for what is no JSON or no activity. */
export function parseActivity(body: Buffer): ClientActivity {
  const text = body.toString('utf8');
  if (text.length > MAX_ACTIVITY_CHARACTERS) {
    throw new Refusal(413, 'MessageSizeTooBig', `An activity has at most ${MAX_ACTIVITY_CHARACTERS} characters`);
  }
  return parse(ACTIVITY, body);
}

/** Parses a JSON body; an empty one counts as `{}`. @throws Refusal 400 */
export function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  let json: unknown;
  try {
    json = body.length === 0 ? {} : JSON.parse(body.toString('utf8'), storable);
  } catch {
    throw new Refusal(400, 'BadSyntax', 'The body is not JSON');
  }
  if (isDeeper(json, MAX_DEPTH)) throw new Refusal(400, 'BadSyntax', `The body nests deeper than ${MAX_DEPTH}`);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, 'BadArgument', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not valid'}`);
}

/** What is read must be written again, by everybody who reads the log: a body may not be deeper than any of them can follow. */
const MAX_DEPTH = 64;

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1));
}

/** PostgreSQL takes neither NUL nor lone surrogates. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : value;
}

/** What to do with a client's activity. */
export type Inbound =
  | { readonly kind: 'activity'; readonly inbound: InboundActivity }
  | { readonly kind: 'typing' }
  | { readonly kind: 'dropped' };

interface Sender {
  readonly channel: string;
  readonly conversationId: string;
  readonly user: string;
  /** For activities without an id of their client's. */
  readonly randomId: () => string;
}

/** Turns what a client posted into what the bot gets; `attachments` are those that were really uploaded. */
export function toInbound(activity: ClientActivity, sender: Sender, attachments: readonly Stored[] = []): Inbound {
  if (activity.type === 'typing') return { kind: 'typing' };
  if (!ACCEPTED.has(activity.type) || RESERVED.test(activity.name ?? '')) return { kind: 'dropped' };
  const { attachments: _unchecked, ...said } = activity;
  const clientId = CLIENT_ID.safeParse(activity.channelData?.clientActivityID);
  const inbound = {
    channel: sender.channel,
    conversation: { id: sender.conversationId },
    messageId: `${sender.conversationId}:${clientId.success ? clientId.data : sender.randomId()}`,
    ...(activity.type === 'endOfConversation' && { ends: true }),
    activity: {
      ...said,
      from: { id: sender.user, name: '', role: 'user' },
      ...(attachments.length > 0 && { attachments: [...attachments] }),
    },
  };
  return { kind: 'activity', inbound: inbound as unknown as InboundActivity };
}

/** An uploaded file as an attachment of the log: `contentUrl` is bare there, and signed for each reader. */
export interface Stored {
  readonly contentType: string;
  readonly contentUrl: string;
  readonly name: string;
  readonly thumbnailUrl?: string;
}

/** The client's small preview of its `index`th attachment, where it is safe to keep. */
export function thumbnailOf(activity: ClientActivity, name: string, index: number): string | undefined {
  const listed = activity.attachments ?? [];
  const entry = listed.find((attachment) => attachment.name === name) ?? listed[index];
  const parsed = THUMBNAIL.safeParse(entry?.thumbnailUrl);
  return parsed.success ? parsed.data : undefined;
}
