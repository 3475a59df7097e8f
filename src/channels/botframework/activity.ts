import { z } from 'zod';

/** What a channel of Azure Bot Service may send in one activity: Teams' own limit is about 100 KB. */
export const MAX_BYTES = 256 * 1024;

const id = z.string().min(1).max(512);
const account = z.object({ id });
const loose = z.record(z.string(), z.unknown());

/** The part of a Bot Framework activity that is used. Unknown fields are dropped: channels add some from time to time. */
const ACTIVITY = z.object({
  type: z.string().min(1).max(64),
  id: id.optional(),
  channelId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(512),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    isGroup: z.boolean().nullish(),
    conversationType: z.string().max(64).nullish(),
  }),
  deliveryMode: z.string().max(64).nullish(),
  text: z.string().max(20_000).nullish(),
  locale: z.string().max(35).nullish().catch(undefined),
  value: z.unknown().optional(),
  membersAdded: z.array(account).max(100).nullish(),
  entities: z.array(loose).max(50).nullish().catch(undefined),
  attachments: z
    .array(z.object({ contentType: z.string().max(256), contentUrl: z.string().max(2048).nullish() }))
    .max(10)
    .nullish(),
});
export type ChannelActivity = z.infer<typeof ACTIVITY>;

/** Reads a request's body, or says what is wrong with it. */
export function readActivity(
  body: Buffer,
): { readonly ok: true; readonly activity: ChannelActivity } | { readonly ok: false; readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'), storable);
  } catch {
    return { ok: false, problem: 'The body is not JSON.' };
  }
  const parsed = ACTIVITY.safeParse(json);
  if (!parsed.success)
    return { ok: false, problem: `The field ${parsed.error.issues[0]?.path.join('.') || 'body'} is missing or wrong.` };
  const { data } = parsed;
  return data.type === 'message' && data.id === undefined
    ? { ok: false, problem: 'The field id is missing or wrong.' }
    : { ok: true, activity: data };
}

/** PostgreSQL takes neither NUL nor lone surrogates. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : value;

/** In a group everybody reads what is said: each person there has a conversation of their own with the bot. */
export const isGroup = ({ conversation }: ChannelActivity): boolean =>
  conversation.isGroup === true || !['personal', undefined, null].includes(conversation.conversationType);
