import { demoBorough } from '../../../src/backoffice/demo';
import { isBankHoliday } from '../../../src/conversation/calendar';

const TUESDAY = '2026-11-24';

describe('the demo borough', () => {
  const borough = demoBorough(TUESDAY);

  it('is the same for the same day, and of the size the documentation says', () => {
    expect(demoBorough(TUESDAY)).toEqual(borough);
    expect(borough.streets.length).toBeGreaterThanOrEqual(55);
    expect(borough.addresses.length).toBeGreaterThanOrEqual(380);
    expect(new Set(borough.postcodes.map((row) => row.ward).filter((ward) => ward !== '')).size).toBe(4);
  });

  it('has no postcode, address or street twice, and every postcode in the unallocated area WB', () => {
    for (const keys of [
      borough.postcodes.map((row) => row.postcode),
      borough.addresses.map((row) => row.uprn),
      borough.streets.map((row) => row.id),
    ]) {
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(borough.postcodes.every((row) => /^WB\d \d[A-Z]{2}$/.test(row.postcode))).toBe(true);
  });

  it.each(['2026-11-23', TUESDAY, '2026-11-28', '2027-02-10'])(
    'has the crew in Sample Road on the day it was laid (%s)',
    (today) => {
      const laid = demoBorough(today);
      const ten = laid.addresses.find((row) => row.line === '10 Sample Road');
      const round = laid.addressRounds.find((row) => row.uprn === ten?.uprn && row.stream === 'food')?.round;
      expect(ten?.postcode).toBe('WB1 2AB');
      expect(laid.days.some((row) => row.round === round && row.date === today)).toBe(true);
    },
  );

  it('moves a round that falls on or after a bank holiday by one day, and says from when', () => {
    const moved = borough.days.filter((row) => row.moved_from !== null);
    expect(moved.some((row) => row.moved_from === '2026-12-25' && row.date === '2026-12-26')).toBe(true);
    expect(borough.days.filter((row) => isBankHoliday(row.date) && row.moved_from === null)).toEqual([]);
  });

  it('has every kind of crew record, a red route, a private road and a park of another body', () => {
    expect(new Set(borough.exceptions.map((row) => row.code)).size).toBe(7);
    expect(new Set(borough.streets.map((row) => row.owner))).toEqual(new Set(['council', 'tfl', 'private', 'park']));
  });
});
