import type { Delivery, DeliveryHandlers, OutboundMessage } from '../../turn/index';
import type { Cloud } from './cloud';
import { toChannel } from './outbound';
import { readAddress } from './reference';

/**
 * Delivers outbox rows to the service they came from. Its API has neither a key that makes a post safe to repeat nor a way to look a message
 * up: what may have arrived is not sent again, and the desk shows it.
 */
export function createSender(cloud: Cloud): DeliveryHandlers<OutboundMessage> {
  return {
    async deliver({ address, logged }) {
      const to = readAddress(address);
      try {
        const providerId = await cloud.send(to.serviceUrl, to.conversation, toChannel(logged.activity, to));
        return { result: 'delivered', ...(providerId && { providerId }) };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    lookUp: async () => ({ result: 'maybe', reason: 'no answer, and the service cannot be asked' }),
  };
}

/** What Teams and the Bot Connector ask to be tried again: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const AGAIN: ReadonlySet<number> = new Set([401, 412, 429, 502, 503, 504]);
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const LONGEST_PAUSE_S = 300;

interface Failure {
  readonly statusCode?: number;
  /** Of the connection. */
  readonly code?: string;
  /** Of the token's issuer (MSAL): nothing was sent. */
  readonly errorCode?: string;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

/** @throws the error itself where it is not known whether the service took the message */
function deliveryOf(error: unknown): Delivery {
  const { statusCode, code, errorCode, response } = error as Failure;
  if (errorCode) return { result: 'retry', reason: `no access token (${errorCode})` };
  if (code && NOT_SENT.has(code)) return { result: 'retry', reason: `the service cannot be reached (${code})` };
  if (statusCode === undefined || statusCode === 500) throw error;
  if (!AGAIN.has(statusCode)) return { result: 'dead', reason: `refused by the service (${statusCode})` };
  const seconds = Number(response?.headers?.get('retry-after'));
  const pause = seconds > 0 ? { afterMs: Math.min(seconds, LONGEST_PAUSE_S) * 1000 } : {};
  return { result: 'retry', reason: `the service asks to try again (${statusCode})`, ...pause };
}
