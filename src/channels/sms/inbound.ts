import { z } from 'zod';
import type { InboundActivity } from '../../turn/index';
import type { Form } from './form';

const sid = (prefix: string) => z.string().regex(new RegExp(`^(?:${prefix})[0-9a-fA-F]{32}$`));
/** An empty field is none, not the equator. */
const coordinate = z.preprocess((field) => (field === '' ? undefined : field), z.coerce.number().optional());

/** The part of Twilio's inbound webhook that is used. Unknown fields are ignored: Twilio adds some from time to time. */
const message = z.object({
  MessageSid: sid('SM|MM'),
  AccountSid: sid('AC'),
  From: z.string().min(1).max(64),
  To: z.string().min(1).max(64),
  Body: z.string().max(4000).default(''),
  ButtonPayload: z.string().max(500).optional(),
  NumMedia: z.coerce.number().int().min(0).max(10).default(0),
  Latitude: coordinate,
  Longitude: coordinate,
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});

export interface InboundText {
  readonly accountSid: string;
  /** `stop` and `start` are single words the law and Twilio read as opt-out and opt-in; everything else goes to the bot. */
  readonly consent: 'stop' | 'start' | undefined;
  /** Only the resident's word for it ("start", "yes"), not the provider's: it is opt-in only where the number is opted out. */
  readonly ambiguous: boolean;
  readonly inbound: InboundActivity;
}

const STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START_WORDS = new Set(['START', 'UNSTOP', 'YES']);

/** Makes the activity of one webhook call, or says which field is wrong. */
export function readInbound(
  form: Form,
): { readonly ok: true; readonly text: InboundText } | { readonly ok: false; readonly field: string } {
  const parsed = message.safeParse(form);
  if (!parsed.success) return { ok: false, field: parsed.error.issues[0]?.path.join('.') ?? 'body' };
  const { From, To, Body, OptOutType, ...rest } = parsed.data;
  const word = Body.trim().toUpperCase();
  const consent =
    OptOutType === 'STOP' || STOP_WORDS.has(word)
      ? 'stop'
      : OptOutType === 'START' || START_WORDS.has(word)
        ? 'start'
        : undefined;
  return {
    ok: true,
    text: {
      accountSid: rest.AccountSid,
      consent,
      ambiguous: consent === 'start' && OptOutType === undefined,
      inbound: {
        channel: 'sms',
        conversation: { address: `${From}>${To}`, resident: From, push: true },
        messageId: rest.MessageSid,
        activity: {
          type: 'message',
          text: rest.ButtonPayload || Body,
          from: { id: From, name: '', role: 'user' },
          attachments: mediaOf(form, rest.NumMedia),
          entities: placeOf(rest.Latitude, rest.Longitude),
        },
      },
    },
  };
}

/** Media stay where they are until somebody with the account's credentials asks for them: only Twilio's own https links are kept. */
function mediaOf(form: Form, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    contentUrl: String(form[`MediaUrl${index}`] ?? ''),
    contentType: String(form[`MediaContentType${index}`] ?? 'application/octet-stream'),
  })).filter((media) => /^https:\/\/([a-z0-9-]+\.)*twilio\.com\//.test(media.contentUrl));
}

/** A position shared by WhatsApp, as Bot Framework's `GeoCoordinates` entity. */
function placeOf(latitude: number | undefined, longitude: number | undefined) {
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return [];
  return [{ type: 'GeoCoordinates', latitude, longitude }];
}
