import council from '../../../dialogs/council.json';
import {
  asReference,
  commentBy,
  isOld,
  isOther,
  outcomeOf,
  REFERENCE,
  saysWhat,
  told,
} from '../../../dialogs/planning.rules';
import { readSettings, type Settings } from '../../../src/conversation/settings';

const NOW = Date.UTC(2026, 10, 24, 14);

function settingsOf(without: readonly string[] = []): Settings {
  const file = structuredClone(council);
  const values = file.services.planning as Record<string, { expiresOn: string }>;
  for (const key of without) Object.assign(values[key] ?? {}, { expiresOn: '2026-11-23' });
  const read = readSettings(file, '2026-11-24');
  if (!read.ok) throw new Error(read.errors.join('\n'));
  return read.settings;
}
const settings = settingsOf();

describe('references', () => {
  test.each(['26/P01234', '26/1234', '2026/0123/FUL', '22/P/0456'])('%s has the form of one', (reference) => {
    expect(REFERENCE.test(asReference(` ${reference.toLowerCase()}. `))).toBe(true);
  });
  test.each(['24/11', '1/2', 'WB1 2AB', 'PL-1234', '26/P012345678'])('%s has not', (words) => {
    expect(REFERENCE.test(asReference(words))).toBe(false);
  });
  test('only those of the settings are ours; without settings any is', () => {
    expect(isOther('26/P01234', settings)).toBe(false);
    expect(isOther('2026/0123/FUL', settings)).toEqual({ example: '26/P01234' });
    expect(isOther('2026/0123/FUL', settingsOf(['referencePattern']))).toBe(false);
    expect(isOther(undefined, settings)).toBe(false);
  });
});

describe('days to comment and to appeal', () => {
  test('the day of the notice is the first of 21', () => {
    expect(commentBy('2026-11-16', settings)).toBe('2026-12-06');
    expect(commentBy(undefined, settings)).toBe(undefined);
    expect(commentBy('2026-11-16', settingsOf(['commentDays']))).toBe(undefined);
  });
  test('on the last day it is not too late, on the next it is', () => {
    const comment = (noticeDate: string) => outcomeOf({ planningNeed: 'comment', noticeDate }, { now: NOW, settings });
    expect(comment('2026-11-04').ending).toBe('comment');
    expect(comment('2026-11-03').ending).toBe('late');
  });
  test('a notice of more than six months ago is doubted', () => {
    expect(isOld('2026-05-24', NOW)).toBe(false);
    expect(isOld('2026-05-23', NOW)).toEqual({ notice: { date: '2026-05-23' } });
    expect(isOld(undefined, NOW)).toBe(false);
  });
  test('an appeal has 12 weeks for a home, else 6 months, the earlier reading of each', () => {
    const known = { planningNeed: 'appeal', decisionDate: '2026-11-02' } as const;
    expect(told(known, { now: NOW, settings })).toMatchObject({
      houseBy: { date: '2027-01-24' },
      otherBy: { date: '2027-05-01' },
    });
    expect(told(known, { now: NOW, settings: settingsOf(['appealMonths']) })).toMatchObject({
      houseBy: 'none',
      otherBy: 'none',
      months: 'none',
      weeks: 12,
    });
  });
});

describe('links', () => {
  const page = 'https://www.wandlebridge.example/planning';
  const place = { line: '10 Sample Road', words: '', postcode: 'WB1 2AB' };
  test.each([
    [{ application: '26/P01234' }, `${page}/applications?reference=26%2FP01234`],
    [{ planningPlace: place }, `${page}/applications?place=WB1%202AB`],
    [{ planningPlace: { line: 'Sample Road', words: '' } }, `${page}/applications?place=Sample%20Road`],
    [{}, page],
  ])('%j leads to %s', (known, status) => {
    expect(told(known, { now: NOW, settings })).toMatchObject({ status });
  });
  test('without its template the general page', () => {
    expect(told({ application: '26/P01234' }, { now: NOW, settings: settingsOf(['statusLink']) })).toMatchObject({
      status: page,
      commentPage: page,
    });
  });
});

describe('a report of building without permission', () => {
  const owner = { kind: 'council' } as const;
  const planningPlace = {
    line: '12 Sample Road',
    words: '',
    street: { id: 'S001', name: 'Sample Road', locality: 'WB1', owner },
  };
  const open = (more: object, context = { now: NOW, settings }) =>
    outcomeOf({ planningNeed: 'enforcement', planningPlace, ...more }, context);

  test('is due in ten working days, with its evidence', () => {
    expect(open({ breachContact: { kind: 'email', value: 'a@b.example' } })).toEqual({
      ending: 'enforcement',
      open: {
        place: 'S001',
        dueAt: Date.UTC(2026, 11, 8, 23, 59),
        facts: { anonymous: false, roadOwner: 'council' },
      },
    });
  });
  test('without a contact is anonymous; without a setting has no date', () => {
    const { ending, open: opened } = open({}, { now: NOW, settings: settingsOf(['enforcementVisitWorkingDays']) });
    expect(ending).toBe('anonymous');
    expect(opened).toEqual({ place: 'S001', facts: { anonymous: true, roadOwner: 'council' } });
  });
  test('a story of nine words says what is built', () => {
    expect(saysWhat('my neighbour is building without permission')).toBe(false);
    expect(saysWhat('next door they are building a third floor without permission')).toBe(true);
  });
});
