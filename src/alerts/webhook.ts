import { createHmac } from 'node:crypto';
import type { Delivery, DeliveryHandlers, OutboundTask } from '../turn/index';
import { alertOf, UNCLEAR } from './alert';

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string;
}

const LIMIT_MS = 10_000;
/** Worth another try; every other refusal is final, and the desk shows it at once. */
const PASSING = new Set([408, 425, 429]);

/**
 * Alerts by HTTP POST, signed as Standard Webhooks 1.0 says (standardwebhooks.com): `webhook-id` is the outbox id, the same at every
 * attempt; `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`.
 * @param deskUrl where the conversation can be opened
 * @param now epoch milliseconds
 */
export function webhookDelivery(
  { url, secret }: WebhookSettings,
  deskUrl: string,
  now: () => number,
): DeliveryHandlers<OutboundTask> {
  return {
    async deliver(task) {
      const { at, ...alert } = alertOf(task);
      const data = { ...alert, at: new Date(at).toISOString(), desk: deskUrl };
      const body = JSON.stringify({ type: 'duty.alert', id: task.outboxId, timestamp: data.at, data });
      const timestamp = String(Math.floor(now() / 1000));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Wandle',
        'webhook-id': task.outboxId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature(secret, `${task.outboxId}.${timestamp}.${body}`)}`,
      };
      const signal = AbortSignal.timeout(LIMIT_MS);
      try {
        // A redirect could lead the alert anywhere: it is an answer like any other.
        const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
        await response.body?.cancel();
        return outcome(response);
      } catch (error) {
        return { result: 'retry', reason: `cannot be reached (${reasonOf(error)})` };
      }
    },
    lookUp: async () => UNCLEAR,
  };
}

/** A secret of the form `whsec_…` is base64, as the standard's libraries write it; any other is taken as it is. */
function signature(secret: string, content: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  return createHmac('sha256', key).update(content).digest('base64');
}

function outcome({ ok, status, headers }: Response): Delivery {
  if (ok) return { result: 'delivered' };
  const reason = `answered ${status}`;
  if (status < 500 && !PASSING.has(status)) return { result: 'dead', reason };
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const isPause = Number.isFinite(seconds) && seconds >= 0;
  return { result: 'retry', reason, ...(isPause && { afterMs: Math.min(seconds, 300) * 1000 }) };
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? name;
}
