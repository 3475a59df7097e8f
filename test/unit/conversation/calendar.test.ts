import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addWorkingDays,
  bankHolidaysBetween,
  daysBetween,
  isBankHoliday,
  isWorkingDay,
  localDate,
  localTime,
  momentOf,
  nextWorkingDay,
  workingDaysSince,
} from '../../../src/conversation/calendar';

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2025-01-01', days));

describe('London days', () => {
  test.each([
    ['2026-07-01T22:59:59Z', '2026-07-01', '23:59'],
    ['2026-07-01T23:00:00Z', '2026-07-02', '00:00'],
    ['2026-12-01T23:59:00Z', '2026-12-01', '23:59'],
    ['2026-03-29T00:59:00Z', '2026-03-29', '00:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '02:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '01:30'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '01:30'],
  ])('%s is %s %s', (moment, date, time) => {
    expect([localDate(Date.parse(moment)), localTime(Date.parse(moment))]).toEqual([date, time]);
  });

  test.each([
    ['2026-07-01', '18:00', '2026-07-01T17:00:00Z'],
    ['2026-12-01', '18:00', '2026-12-01T18:00:00Z'],
    ['2026-03-29', '01:30', '2026-03-29T01:30:00Z'],
    ['2026-10-25', '01:30', '2026-10-25T00:30:00Z'],
    ['2026-07-01', '00:00', '2026-06-30T23:00:00Z'],
    ['2026-07-01', '24:00', '2026-07-01T23:00:00Z'],
    ['2026-12-31', '24:00', '2027-01-01T00:00:00Z'],
  ])('%s %s is the moment %s', (date, time, moment) => {
    expect(momentOf(date, time)).toBe(Date.parse(moment));
  });

  test('a day and time round-trip, except the hour that spring skips', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 23 }), (date, hour) => {
        const time = `${String(hour).padStart(2, '0')}:00`;
        const at = momentOf(date, time);
        expect(localDate(at)).toBe(date);
        if (hour !== 1) expect(localTime(at)).toBe(time);
      }),
    );
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2026-11-30', -9, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test('days between are whole across the clock changes', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2);
  });
});

describe('working days', () => {
  test.each([
    ['2026-11-30', true, false, "St Andrew's Day"],
    ['2026-03-17', true, false, "St Patrick's Day"],
    ['2026-07-13', true, false, 'Battle of the Boyne, substitute day'],
    ['2026-08-03', true, false, 'Scottish summer bank holiday'],
    ['2026-06-15', true, false, 'proclaimed for Scotland in 2026 only'],
    ['2027-06-15', true, true, 'not proclaimed in 2027'],
    ['2026-01-02', true, false, 'second of January, Scotland'],
    ['2026-04-06', false, false, 'Easter Monday'],
    ['2026-04-03', false, false, 'Good Friday'],
    ['2026-12-25', false, false, 'Christmas Day'],
    ['2026-12-28', false, false, 'Boxing Day, substitute day'],
    ['2027-12-27', false, false, 'Christmas Day, substitute day'],
    ['2026-11-28', false, false, 'Saturday'],
    ['2026-11-24', true, true, 'an ordinary Tuesday'],
  ])('%s: general %s, foi %s (%s)', (date, general, foi) => {
    expect([isWorkingDay(date), isWorkingDay(date, 'foi')]).toEqual([general, foi]);
  });

  test('counting forward and counting back agree', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 45 }),
        fc.constantFrom('general' as const, 'foi' as const),
        (from, count, calendar) => {
          const to = addWorkingDays(from, count, calendar);
          expect(isWorkingDay(to, calendar)).toBe(true);
          expect(workingDaysSince(from, to, calendar)).toBe(count);
        },
      ),
    );
  });

  test('nothing is counted backwards', () => expect(workingDaysSince('2026-11-24', '2026-11-20')).toBe(0));
  test('a working day is its own next one', () => expect(nextWorkingDay('2026-11-24')).toBe('2026-11-24'));
  test('the reason of a due date is listed', () => {
    expect(bankHolidaysBetween('2026-11-02', '2026-12-01', 'foi')).toEqual([{ date: '2026-11-30', name: 'st-andrew' }]);
    expect(bankHolidaysBetween('2026-11-02', '2026-12-01', 'general')).toEqual([]);
    expect(isBankHoliday('2026-12-26')).toBe(true);
    expect(bankHolidaysBetween('2026-12-24', '2026-12-29', 'general')).toEqual([
      { date: '2026-12-25', name: 'christmas' },
      { date: '2026-12-28', name: 'boxing-day' },
    ]);
    expect(bankHolidaysBetween('2026-06-12', '2026-06-15', 'foi')).toEqual([{ date: '2026-06-15', name: 'other' }]);
  });
});

test.each(['general', 'foi'] as const)('every day that %s leaves out has a name of its own', (calendar) => {
  const named = [2025, 2026, 2027, 2028].flatMap((year) =>
    bankHolidaysBetween(`${year - 1}-12-31`, `${year}-12-31`, calendar).filter(({ name }) => name === 'other'),
  );
  expect(named.map(({ date }) => date)).toEqual(calendar === 'foi' ? ['2026-06-15'] : []);
});
