import twilio, { RequestClient } from 'twilio';
import type { Delivery, OutboundMessage } from '../../turn/index';
import type { ChannelConfig } from '../channel';
import { textsOf } from './outbound';

export interface Sender {
  deliver(message: OutboundMessage): Promise<Delivery>;
  lookUp(message: OutboundMessage): Promise<Delivery>;
}

/** Twilio's client, made to speak to another address: the stand-in's, or a council's own proxy. */
class ClientTo extends RequestClient {
  private readonly base: string;
  constructor(base: string) {
    super({ timeout: 14_000, keepAlive: true });
    this.base = base;
  }
  override request<T>(
    options: Parameters<RequestClient['request']>[0],
  ): ReturnType<RequestClient['request']> & Promise<never | T> {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base) }) as never;
  }
}

/**
 * Sends by Twilio's REST API. Creating a message has no idempotency key, so an answer that never came is not tried again: `deliver`
 * throws, the row stays half sent, and `lookUp` decides after the receipt had its time.
 * @param apiBaseUrl where the API is, when not at Twilio's own address
 * @param isKnown whether a provider's id is already recorded for a delivered row
 */
export function createSender(
  config: ChannelConfig,
  apiBaseUrl: string | undefined,
  isKnown: (providerId: string) => Promise<boolean>,
): Sender {
  const client = twilio(
    config.sms.accountSid,
    config.sms.authTokens[0] ?? '',
    apiBaseUrl ? { httpClient: new ClientTo(apiBaseUrl) } : {},
  );
  return {
    async deliver(message) {
      const texts = textsOf(message.logged.activity);
      const { to, from } = numbersOf(message.address);
      const sender = config.sms.messagingServiceSid
        ? { messagingServiceSid: config.sms.messagingServiceSid }
        : { from };
      const statusCallback = `${config.publicUrl}/webhooks/twilio/status?id=${encodeURIComponent(message.outboxId)}`;
      let providerId: string | undefined;
      try {
        // A receipt says that the row is done and lets the next one go: only the last part may ask for one.
        for (const [index, body] of texts.entries()) {
          const receipt = index === texts.length - 1 ? { statusCallback } : {};
          providerId = (await client.messages.create({ to, ...sender, body, ...receipt })).sid;
        }
      } catch (error) {
        if (providerId !== undefined) return { result: 'maybe', reason: 'only the first part was sent' };
        return deliveryOf(error);
      }
      return providerId ? { result: 'accepted', providerId } : { result: 'dead', reason: 'nothing to send' };
    },
    async lookUp(message) {
      const texts = textsOf(message.logged.activity);
      if (texts.length !== 1) return { result: 'maybe', reason: 'sent in parts' };
      const { to } = numbersOf(message.address);
      // Rows of one number go one at a time, so what is looked for is among the newest to that number.
      const recent = await client.messages.list({ to, limit: 20 });
      const candidates = recent
        .filter((sent) => sent.body === texts[0] && sent.direction !== 'inbound')
        .map((sent) => sent.sid);
      const unknown = [];
      for (const candidate of candidates) if (!(await isKnown(candidate))) unknown.push(candidate);
      const [found, ...others] = unknown;
      if (found === undefined) return { result: 'retry', reason: 'the provider has no record of it' };
      return others.length === 0
        ? { result: 'accepted', providerId: found }
        : { result: 'maybe', reason: 'several the same at the provider' };
    },
  };
}

/** `+447700900123>+447700900001`: the resident's number, then the council's. */
function numbersOf(address: string): { readonly to: string; readonly from: string } {
  const [to = '', from = ''] = address.split('>');
  return { to, from };
}

/** Twilio error codes: https://www.twilio.com/docs/api/errors */
const DEAD: Readonly<Record<number, string>> = {
  21610: 'the number has opted out',
  21211: 'not a valid number',
  21614: 'not a mobile number',
  30005: 'unknown or inactive number',
  30006: 'landline or unreachable carrier',
};
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** @throws the error itself where it is not known whether the provider took the message */
function deliveryOf(error: unknown): Delivery {
  const { status, code } = error as { readonly status?: number; readonly code?: number | string };
  if (typeof code === 'number' && DEAD[code]) return { result: 'dead', reason: `${code}: ${DEAD[code]}` };
  if (status === 429 || code === 20429) return { result: 'retry', reason: 'the provider asks to slow down' };
  if (typeof code === 'string' && NOT_SENT.has(code))
    return { result: 'retry', reason: `the provider cannot be reached (${code})` };
  if (status !== undefined && status >= 400 && status < 500)
    return { result: 'dead', reason: `refused by the provider (${status}/${code ?? ''})` };
  throw error;
}
