import { afterQuiet } from '../../../src/conversation/quietHours';

test.each([
  ['2026-11-24T20:59:00Z', '2026-11-24T20:59:00Z'],
  ['2026-11-24T21:00:00Z', '2026-11-25T08:00:00Z'],
  ['2026-11-25T03:00:00Z', '2026-11-25T08:00:00Z'],
  ['2026-11-25T08:00:00Z', '2026-11-25T08:00:00Z'],
  // British Summer Time: 20:30 UTC is 21:30 in London.
  ['2026-07-01T20:30:00Z', '2026-07-02T07:00:00Z'],
])('%s → %s', (at, until) => {
  expect(new Date(afterQuiet(Date.parse(at))).toISOString()).toBe(until.replace('Z', '.000Z'));
});
