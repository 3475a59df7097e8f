import type { EpochMs } from '../conversation/ports';
import type { Db } from '../storage/schema';
import type { OutboxRow, Store } from '../storage/store';
import { deskEvent } from './effects';
import type { Delivery } from './index';

/** What a delivery, a look-up or a receipt makes of an outbox row. */
export type Change = Partial<Pick<OutboxRow, 'status' | 'next_at' | 'provider_id' | 'error'>>;

export interface Retries {
  readonly deliveries: number;
  readonly backOffMs: number;
  readonly backOffMaxMs: number;
}

/**
 * What the end of an attempt makes of its row as it is now; undefined where a receipt was faster and knows better.
 * @param random 0 ≤ x < 1, spreads the next attempts of many rows
 */
export function afterAttempt(
  row: OutboxRow,
  delivery: Delivery,
  now: EpochMs,
  retries: Retries,
  random: number,
): Change | undefined {
  if (row.status !== 'sending') {
    const known = 'providerId' in delivery && delivery.providerId && row.provider_id === null;
    return known ? { provider_id: delivery.providerId } : undefined;
  }
  switch (delivery.result) {
    case 'accepted':
      return { status: 'accepted', provider_id: delivery.providerId, error: null };
    case 'delivered':
      return { status: 'delivered', provider_id: delivery.providerId ?? row.provider_id, error: null };
    case 'retry':
      if (row.attempts >= retries.deliveries) return { status: 'dead', error: delivery.reason };
      return {
        status: 'pending',
        next_at: now + (delivery.afterMs ?? backOff(row.attempts, retries, random)),
        error: delivery.reason,
      };
    case 'maybe':
    case 'dead':
      return { status: delivery.result, error: delivery.reason };
  }
}

/** Doubles with each attempt up to the longest pause; half of it is left to chance. */
function backOff(attempts: number, { backOffMs, backOffMaxMs }: Retries, random: number): number {
  const longest = Math.min(backOffMs * 2 ** (attempts - 1), backOffMaxMs);
  return Math.round(longest / 2 + (longest / 2) * random);
}

export interface Receipt {
  readonly state: 'accepted' | 'delivered' | 'failed';
  readonly providerId: string;
  readonly reason?: string;
}

/**
 * What a receipt makes of a row; undefined where it says nothing new. Receipts come in any order and never take anything
 * back: delivered and dead are final. A receipt for another message (an earlier attempt) is not about this one.
 */
export function afterReceipt(row: OutboxRow, receipt: Receipt): Change | undefined {
  if (row.status === 'delivered' || row.status === 'dead') return undefined;
  if (row.provider_id !== null && row.provider_id !== receipt.providerId) return undefined;
  const provider_id = receipt.providerId;
  if (receipt.state === 'delivered') return { status: 'delivered', provider_id, error: null };
  // A row that waits for its next attempt is tried again anyway: the last one's failure is known.
  if (receipt.state === 'failed')
    return row.status === 'pending' ? undefined : { status: 'dead', provider_id, error: receipt.reason ?? 'failed' };
  return row.status === 'accepted' ? undefined : { status: 'accepted', provider_id, error: null };
}

/** Writes the change, with a line for the desk where a message will not (or perhaps not) arrive. */
export async function applyChange(
  { store, randomId }: { readonly store: Store; readonly randomId: () => string },
  tx: Db,
  row: OutboxRow,
  change: Change,
  at: EpochMs,
): Promise<void> {
  await store.outbox.update(tx, row.id, change, at);
  if ((change.status !== 'dead' && change.status !== 'maybe') || row.conversation_id === null) return;
  const conversation = await store.conversations.get(tx, row.conversation_id);
  if (!conversation) return;
  const value = { outboxId: row.id, seq: row.seq, status: change.status, reason: change.error ?? null };
  await store.log.append(tx, conversation.id, [deskEvent('delivery', value, { conversation, at, randomId })], at);
}
