import fc from 'fast-check';
import type { OutboxRow } from '../../../src/storage/store';
import { afterAttempt, afterReceipt, type Receipt } from '../../../src/turn/delivery';
import type { Delivery } from '../../../src/turn/index';

const ROW: OutboxRow = {
  id: 'o',
  kind: 'sms',
  conversation_id: 'c',
  seq: 1,
  body: null,
  order_key: 'c',
  position: 1,
  status: 'sending',
  attempts: 1,
  next_at: 0,
  provider_id: null,
  error: null,
  created_at: 0,
  updated_at: 0,
};
const RETRIES = { deliveries: 8, backOffMs: 2_000, backOffMaxMs: 300_000 };

const arbitraryDelivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.record({ result: fc.constant('accepted' as const), providerId: fc.constantFrom('P', 'Q') }),
  fc.record({ result: fc.constantFrom('retry' as const, 'maybe' as const, 'dead' as const), reason: fc.constant('r') }),
);
const arbitraryReceipt: fc.Arbitrary<Receipt> = fc.record({
  state: fc.constantFrom('accepted' as const, 'delivered' as const, 'failed' as const),
  providerId: fc.constantFrom('P', 'Q'),
});

test('no order of results and receipts takes anything back', () => {
  const events = fc.array(fc.oneof(arbitraryDelivery, arbitraryReceipt), { maxLength: 12 });
  fc.assert(
    fc.property(events, (all) => {
      let row = ROW;
      for (const event of all) {
        const change = 'result' in event ? afterAttempt(row, event, 0, RETRIES, 0.5) : afterReceipt(row, event);
        const next = { ...row, ...change };
        if (row.status === 'delivered' || row.status === 'dead') expect(next.status).toBe(row.status);
        // The provider has it: whatever comes, it is not sent again.
        if (row.status === 'accepted') expect(next.status).not.toMatch(/pending|sending/);
        if (row.provider_id !== null) expect(next.provider_id).toBe(row.provider_id);
        row = next;
      }
    }),
  );
});

test.each([
  [0, 1, 1_000],
  [0.999_999, 1, 2_000],
  [0, 5, 16_000],
  [0.999_999, 30, 300_000],
])(
  'the pause grows with the attempts up to its limit, half of it by chance (%p, attempt %p)',
  (random, attempts, pause) => {
    const retries = { ...RETRIES, deliveries: 99 };
    const change = afterAttempt({ ...ROW, attempts }, { result: 'retry', reason: 'busy' }, 10, retries, random);
    expect(change).toEqual({ status: 'pending', next_at: 10 + pause, error: 'busy' });
  },
);
