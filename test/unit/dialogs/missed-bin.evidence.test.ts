import { evidenceOf, openReport, roundMeant } from '../../../dialogs/missed-bin.evidence.rules';
import { otherDay, reported, told } from '../../../dialogs/missed-bin.rules';
import {
  type CaseSummary,
  type Cases,
  type Collections,
  type Round,
  Unavailable,
} from '../../../src/conversation/ports';
import { at, flat, house, moment, round, strike } from './fixtures';

const now = moment('2026-11-24T19:00:00Z');

/** A rounds system that knows these days. */
function roundsOn(...known: readonly Round[]): Collections {
  const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  return {
    streamsAt: async () => ['food'],
    lastRound: async (_uprn, _stream, when) => known.filter(({ date }) => date <= day(when)).at(-1),
    nextRound: async (_uprn, _stream, when) => known.find(({ date }) => date > day(when)),
    calendar: async () => known,
    calendarLink: () => undefined,
  };
}
const failing = (failure: Error): Collections => ({
  ...roundsOn(),
  lastRound: async () => {
    throw failure;
  },
});

describe('which collection is meant', () => {
  const weekly = roundsOn(round('2026-11-03'), round('2026-11-10'), round('2026-11-17'), round('2026-11-24'));
  test.each([
    ['no day said: the latest', undefined, '2026-11-24'],
    ['its own day', '2026-11-24', '2026-11-24'],
    ['an earlier round', '2026-11-17', '2026-11-17'],
    ['a day after the latest', '2026-11-26', '2026-11-24'],
    ['a day after one', '2026-11-18', '2026-11-17'],
    ['a day before one', '2026-11-16', '2026-11-17'],
    ['before all that is known', '2026-10-01', '2026-11-24'],
  ])('%s', async (_name, said, date) => {
    expect((await roundMeant(weekly, house, 'food', said, now))?.date).toBe(date);
  });
  test('the usual day of one that a holiday moved', async () => {
    const moved = roundsOn(round('2026-11-17'), round('2026-11-24', { movedFrom: '2026-11-20' }));
    expect((await roundMeant(moved, house, 'food', '2026-11-20', now))?.date).toBe('2026-11-24');
  });
  test('never one that is still to come', async () => {
    const ahead = roundsOn(round('2026-11-17'), round('2026-11-25'));
    expect((await roundMeant(ahead, house, 'food', '2026-11-24', now))?.date).toBe('2026-11-17');
  });
  test('none where there was none', async () => {
    expect(await roundMeant(roundsOn(), house, 'food', '2026-11-24', now)).toBeUndefined();
  });
});

describe('a day that the records do not know', () => {
  test.each([
    ['the day itself', '2026-11-24', '2026-11-24', false],
    ['nothing said', '2026-11-24', undefined, false],
    ['another day', '2026-11-17', '2026-11-18', true],
    ['today, for one of yesterday', '2026-11-23', '2026-11-24', false],
    ['today, for one of last week', '2026-11-17', '2026-11-24', true],
    ['the evening before', '2026-11-24', '2026-11-23', false],
    ['the evening before one of last week', '2026-11-17', '2026-11-16', true],
  ])('%s', (_name, known, said, stops) => {
    const found = otherDay(round(known), said, round('2026-12-01'), at('2026-11-24T19:00:00Z'));
    expect(Boolean(found)).toBe(stops);
    if (found)
      expect(found).toEqual({
        said: { date: said },
        nearest: { date: known },
        movedNearest: 'no',
        next: { date: '2026-12-01' },
      });
  });
  test('a round that was moved says so', () => {
    const moved = round('2026-11-17', { movedFrom: '2026-11-16' });
    expect(otherDay(moved, '2026-11-16', undefined, at('2026-11-24T19:00:00Z'))).toMatchObject({
      movedNearest: 'yes',
      next: 'none',
    });
  });
  test('in a strike the records are no evidence', () => {
    expect(otherDay(round('2026-11-17'), '2026-11-18', undefined, at('2026-11-24T19:00:00Z', strike))).toBe(false);
  });
  test('the evening before is named beside the day', () => {
    const known = { address: house, round: round('2026-11-24'), streams: ['food'] as const };
    const context = at('2026-11-24T19:00:00Z');
    expect(told({ ...known, missedDay: '2026-11-23' }, context).said).toEqual({ date: '2026-11-23' });
    expect(told({ ...known, missedDay: '2026-11-24' }, context).said).toBe('none');
  });
});

describe('an open report of the same thing', () => {
  const report = (openedAt: string): CaseSummary => ({
    reference: 'MB-1',
    service: 'missed-bin',
    status: 'open',
    openedAt: moment(openedAt),
    answers: {},
    followers: 0,
  });
  const holding = (key: string, found: CaseSummary) =>
    ({ openWithKey: async (asked: string) => (asked === key ? found : undefined) }) as unknown as Cases;
  const asked = { address: flat, stream: 'food', problem: 'missed', missedDay: undefined } as const;
  const collections = roundsOn(round('2026-11-24'));

  test('by the collection', async () => {
    const cases = holding('missed-bin|store-9|food|missed|2026-11-24', report('2026-11-24T12:00:00Z'));
    expect((await openReport(asked, { cases, collections, now }))?.reference).toBe('MB-1');
    expect(await openReport({ ...asked, problem: 'lid' }, { cases, collections, now })).toBeUndefined();
  });
  test.each([
    ['since the collection', '2026-11-24T08:00:00Z', 'MB-1'],
    ['before it', '2026-11-23T20:00:00Z', undefined],
  ])('taken unchecked %s', async (_name, openedAt, reference) => {
    const cases = holding('missed-bin|store-9|food|missed|unverified', report(openedAt));
    expect((await openReport(asked, { cases, collections, now }))?.reference).toBe(reference);
  });
  test('while the rounds system is down; a fault is no such thing', async () => {
    const cases = holding('missed-bin|store-9|food|missed|unverified', report('2026-11-24T08:00:00Z'));
    const down = failing(new Unavailable('down'));
    expect((await openReport(asked, { cases, collections: down, now }))?.reference).toBe('MB-1');
    const broken = failing(new Error('bug'));
    await expect(openReport(asked, { cases, collections: broken, now })).rejects.toThrow('bug');
  });
});

describe('what is kept as evidence', () => {
  const seen = {
    address: house,
    problem: 'missed',
    collection: 'kerbside',
    missedDay: '2026-11-24',
    round: round('2026-11-24', { finishedAt: moment('2026-11-24T13:30:00Z'), movedFrom: '2026-11-23' }),
    next: round('2026-12-01'),
    earlier: 2,
  } as const;
  const context = (changes: object = {}, overridden: readonly string[] = []) => ({
    ...at('2026-11-24T19:00:00Z', changes, overridden),
    unavailable: () => false,
  });

  test('everything that the rules decided on', () => {
    expect(reported(seen, context({}, ['tooLate', 'unknown'])).open?.facts).toEqual({
      round: '2026-11-24',
      movedFrom: '2026-11-23',
      finishedAt: moment('2026-11-24T13:30:00Z'),
      exception: null,
      saidDay: '2026-11-24',
      verified: true,
      notice: null,
      reportWithinWorkingDays: 2,
      wentOnAfter: ['tooLate'],
      earlierReports: 2,
      watchNext: 4,
    });
  });
  test('a strike, and what was not known', () => {
    const facts = evidenceOf(
      { round: undefined, missedDay: undefined, earlier: undefined, verified: false, watched: undefined },
      context(strike),
    );
    expect(facts).toMatchObject({
      round: null,
      verified: false,
      notice: 'strike',
      earlierReports: null,
      saidDay: null,
    });
  });
  test('the third miss is watched and a complaint is offered; the first is not', () => {
    expect(reported(seen, context())).toMatchObject({
      params: { more: 'yes', watched: 4 },
      offers: ['service:complaint'],
    });
    const first = reported({ ...seen, earlier: 0 }, context());
    expect(first.params).toMatchObject({ more: 'no', watched: 0 });
    expect(first.offers).toBeUndefined();
    expect(reported({ ...seen, earlier: 0, collection: 'assisted' }, context()).offers).toEqual(['service:complaint']);
  });
  test('a system that is down makes a report unverified', () => {
    const outcome = reported({ ...seen, round: undefined }, { ...context(), unavailable: () => true });
    expect(outcome.ending).toBe('unverified');
    expect(outcome.open?.facts).toMatchObject({ verified: false, round: null });
  });
});
