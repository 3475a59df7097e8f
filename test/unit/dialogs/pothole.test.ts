import * as rules from '../../../dialogs/pothole.rules';
import { at, moment, settingsOn } from './fixtures';

test.each([
  ['cover', 'no', true],
  ['cover', 'cyclists', false],
  ['kerb', 'no', false],
  [undefined, 'no', false],
] as const)('%s with danger %s goes to the utility: %s', (kind, danger, stops) => {
  expect(Boolean(rules.utilityCover(kind, danger, settingsOn('2026-11-24')))).toBe(stops);
});

test.each([
  ['no', { by: { date: '2026-12-01' }, span: 5, repairBy: { date: '2026-12-29' } }],
  ['walkers', { by: { moment: moment('2026-11-24T12:00:00Z') }, span: 2, repairBy: { date: '2026-12-22' } }],
] as const)('with danger %s, aims and what they follow from: %p', (danger, aims) => {
  expect(rules.told(danger, at('2026-11-24T10:00:00Z'))).toEqual({
    ...aims,
    repairDays: 28,
    claims: 'https://www.wandlebridge.example/claims',
  });
});

test('no day is told once a setting has expired', () => {
  expect(rules.told('no', at('2027-11-24T10:00:00Z'))).toEqual({
    by: 'none',
    span: 0,
    repairBy: 'none',
    repairDays: 0,
    claims: 'none',
  });
});
