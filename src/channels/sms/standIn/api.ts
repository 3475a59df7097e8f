import { z } from 'zod';
import type { MessageRecord, MessageResource } from './record';

interface Context {
  readonly accountSid: string;
  readonly authToken: string;
  readonly authorization: string | undefined;
  readonly record: MessageRecord;
}

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly created?: MessageResource;
  readonly statusCallback?: string;
}

const create = z
  .object({
    To: z.string().regex(/^(whatsapp:)?\+\d{7,15}$/),
    Body: z.string().min(1).max(1600),
    From: z.string().optional(),
    MessagingServiceSid: z.string().optional(),
    StatusCallback: z.url().optional(),
  })
  .refine((fields) => fields.From !== undefined || fields.MessagingServiceSid !== undefined, { path: ['From'] });

/** Numbers that fail as Twilio's documented test numbers do. Source: Twilio, "Test credentials". */
const MAGIC: Readonly<Record<string, readonly [number, string]>> = {
  '+15005550001': [21211, 'The To number is not a valid phone number.'],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient.'],
  '+15005550009': [21614, 'The To number is not a mobile number.'],
};

/** Answers one REST call. Field by field, the same as Twilio's published OpenAPI (checked by a test). */
export function answer(method: string, url: URL, body: string, context: Context): Reply {
  const account = `/2010-04-01/Accounts/${context.accountSid}/Messages`;
  const expected = `Basic ${Buffer.from(`${context.accountSid}:${context.authToken}`).toString('base64')}`;
  if (context.authorization !== expected) return failure(401, 20003, 'Authenticate');
  if (url.pathname === `${account}.json`) return method === 'POST' ? created(body, context) : listed(url, context);
  const message = context.record.get(url.pathname.slice(account.length + 1).replace(/\.json$/, ''));
  return message && url.pathname.startsWith(`${account}/`)
    ? { status: 200, body: message }
    : failure(404, 20404, 'The requested resource was not found');
}

function created(body: string, { record }: Context): Reply {
  const parsed = create.safeParse(Object.fromEntries(new URLSearchParams(body)));
  if (!parsed.success)
    return failure(
      400,
      parsed.error.issues[0]?.path[0] === 'To' ? 21211 : 21602,
      `Invalid parameter ${parsed.error.issues[0]?.path.join('.')}`,
    );
  const { To, Body, From, MessagingServiceSid, StatusCallback } = parsed.data;
  const magic = MAGIC[To];
  if (magic) return failure(400, magic[0], magic[1]);
  const message = record.add({
    direction: 'outbound-api',
    from: From ?? null,
    to: To,
    body: Body,
    ...(MessagingServiceSid ? { messagingServiceSid: MessagingServiceSid } : {}),
  });
  return {
    status: 201,
    body: message,
    created: message,
    ...(StatusCallback ? { statusCallback: StatusCallback } : {}),
  };
}

/** One page, newest first, as the real API lists. */
function listed(url: URL, { record, accountSid }: Context): Reply {
  const size = Math.min(Number(url.searchParams.get('PageSize') ?? 50), 1000);
  const [to, from] = [url.searchParams.get('To'), url.searchParams.get('From')];
  const found = record.all({ ...(to ? { to } : {}), ...(from ? { from } : {}) });
  const messages = found.toReversed().slice(0, size);
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=${size}&Page=0`;
  const page = {
    page: 0,
    page_size: size,
    start: 0,
    end: Math.max(messages.length - 1, 0),
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
  };
  return { status: 200, body: { ...page, messages } };
}

function failure(status: number, code: number, message: string): Reply {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
