import { nextOf, nextStepOf } from '../../../src/conversation/caseNext';
import type { CaseSummary } from '../../../src/conversation/ports';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const status = (service: string, more: Partial<CaseSummary> = {}): CaseSummary => ({
  reference: 'XX-7K2-PQ4',
  service,
  status: 'open',
  openedAt: at('2026-11-24'),
  answers: {},
  followers: 0,
  ...more,
});

describe('what happens next', () => {
  test.each([
    ['complaint', {}, '2026-12-15', 'answer'],
    ['complaint', { answers: { stage: 'review' } }, '2026-12-31', 'answer'],
    ['foi-request', { answers: { step: 'new' } }, '2026-12-23', 'answer'],
    ['foi-request', { answers: { step: 'review' } }, '2026-12-23', 'answer'],
    ['subject-access', {}, '2026-12-24', 'answer'],
    ['missed-bin', { dueAt: at('2026-11-26') }, '2026-11-26', 'work'],
  ] as const)('with a %s (%j) is due by %s', (service, more, due, kind) => {
    const params = { due: { date: due } };
    expect(nextOf(status(service, more), at(due))).toEqual({ text: `check-case:next.${kind}.due`, params });
    expect(nextOf(status(service, more), at(due) + 86_400_000)).toEqual({
      text: `check-case:next.${kind}.late`,
      params,
    });
  });
  test('is nothing where nothing was promised, or all is done', () => {
    expect(nextOf(status('graffiti'), at('2026-12-24'))).toBe('none');
    expect(nextOf(status('complaint', { status: 'closed' }), at('2026-11-25'))).toBe('none');
  });
});

describe('the next legal step', () => {
  const reference = 'XX-7K2-PQ4';
  test.each([
    ['complaint', {}, { stage: 'review', matter: reference, hadAnswer: false, complained: '2026-11-24' }],
    ['complaint', { status: 'closed' }, { stage: 'review', matter: reference, hadAnswer: true }],
    ['complaint', { status: 'closed', answers: { stage: 'review' } }, { stage: 'ombudsman', matter: reference }],
    ['foi-request', {}, { step: 'late', since: '2026-11-24', earlier: reference }],
    ['foi-request', { status: 'closed' }, { step: 'review', earlier: reference }],
    ['subject-access', {}, { step: 'late', since: '2026-11-24', earlier: reference }],
  ] as const)('of a %s (%j) once it is late or answered', (service, more, carry) => {
    expect(nextStepOf(status(service, more), at('2027-03-01'))).toEqual({ offer: `service:${service}`, carry });
  });
  test.each([
    ['complaint', {}, '2026-12-15'],
    ['foi-request', {}, '2026-12-23'],
    ['subject-access', { status: 'closed' }, '2027-03-01'],
    ['missed-bin', { dueAt: at('2026-11-26') }, '2027-03-01'],
  ] as const)('there is none of a %s (%j) on %s', (service, more, day) =>
    expect(nextStepOf(status(service, more), at(day))).toBeUndefined(),
  );
});
