import council from '../../../dialogs/council.json';
import {
  asPostcode,
  type Branch,
  closedOn,
  ELSEWHERE,
  hoursOn,
  nearestTo,
  optionsOf,
  outcomeOf,
  told,
} from '../../../dialogs/libraries.rules';
import { readSettings } from '../../../src/conversation/settings';

const read = readSettings(council, '2026-11-24');
if (!read.ok) throw new Error(read.errors.join('\n'));
const { settings } = read;
const branches = council.services.libraries.branches.value as unknown as readonly Branch[];
const branchOf = (name: string): Branch => {
  const found = branches.find((branch) => branch.name === name);
  if (!found) throw new Error(name);
  return found;
};
const at = (time: string) => ({ now: Date.parse(time), settings, language: 'en' });

describe('hours', () => {
  const mill = branchOf('Mill Street Library');
  test('of a weekday, of a day it is closed, of a bank holiday, of the days it is closed for works', () => {
    expect(hoursOn(mill, '2026-11-20')).toEqual(['09:30', '17:30']);
    expect(hoursOn(mill, '2026-11-19')).toBe(undefined);
    expect(hoursOn(mill, '2026-12-25')).toBe(undefined);
    expect(hoursOn(mill, '2026-11-22')).toBe(undefined);
    expect(hoursOn(mill, '2026-11-23')).toBe(undefined);
    expect(hoursOn(mill, '2026-12-04')).toBe(undefined);
    expect(hoursOn(mill, '2026-12-05')).toEqual(['09:00', '17:00']);
  });
  test('after works it opens next on the first day with hours', () => {
    expect(told({ libraryNeed: 'hours', branch: mill.name }, at('2026-11-24T14:00Z'))).toMatchObject({
      state1: 'closure',
      reason1: 'new heating is being put in',
      next: { moment: Date.parse('2026-12-05T09:00Z') },
    });
  });
  test('what opens tomorrow is told as tomorrow, not twice', () => {
    const cannon = { libraryNeed: 'hours', branch: 'Cannon Lane Library' } as const;
    expect(told(cannon, at('2026-11-25T14:00Z'))).toMatchObject({ state1: 'closed', state2: 'open', next: 'none' });
    expect(told(cannon, at('2026-11-24T14:00Z'))).toMatchObject({ state1: 'open', state2: 'closed' });
    expect(told(cannon, at('2026-11-24T14:00Z')).next).toEqual({ moment: Date.parse('2026-11-26T09:30Z') });
  });
  test('a named day is told alone', () => {
    const known = { libraryNeed: 'hours', branch: 'Watermead Library', openDay: '2026-11-29' } as const;
    expect(told(known, at('2026-11-24T14:00Z'))).toMatchObject({ state1: 'open', state2: 'none', holidays: 'none' });
  });
  test('bank holidays of the next two weeks are named', () => {
    const known = { libraryNeed: 'hours', branch: 'Heronsgate Library' } as const;
    expect(told(known, at('2026-12-11T10:00Z')).holidays).toEqual({ list: [{ date: '2026-12-25' }] });
    expect(told(known, at('2026-12-10T10:00Z')).holidays).toBe('none');
  });
  test('without a library, all that are open on the day are listed', () => {
    expect(told({ libraryNeed: 'hours', openDay: '2026-11-29' }, at('2026-11-24T14:00Z')).open).toEqual({
      list: ['Wandlebridge Library (11:00–16:00)', 'Watermead Library (12:00–16:00)'],
    });
    expect(told({ libraryNeed: 'hours', openDay: '2026-12-25' }, at('2026-11-24T14:00Z'))).toMatchObject({
      open: 'none',
      isHoliday: true,
    });
  });
});

describe('which library', () => {
  const positions: { readonly [postcode: string]: { lat: number; lon: number } } = {
    'WB1 4EB': { lat: 51.41, lon: -0.17 },
    'WB3 3DG': { lat: 51.4, lon: -0.19 },
  };
  const gazetteer = {
    postcode: async (postcode: string) => {
      const position = positions[postcode];
      return position
        ? ({ in: 'borough', postcode, position, ward: '' } as const)
        : ({ in: 'elsewhere', postcode } as const);
    },
  };
  test('the nearest to a postcode', async () => {
    expect(await nearestTo('WB3 3DG', branches, gazetteer)).toBe('Heronsgate Library');
    expect(await nearestTo('WB1 4EB', branches, gazetteer)).toBe('Wandlebridge Library');
    expect(await nearestTo('SW1A 1AA', branches, gazetteer)).toBe(ELSEWHERE);
    expect(await nearestTo('WB3 3DG', [], gazetteer)).toBe(ELSEWHERE);
  });
  test('named by its name, its short name, and what else it is called', () => {
    const [first] = optionsOf(branches);
    expect(first).toMatchObject({ value: 'Wandlebridge Library', params: { library: 'Wandlebridge' } });
    expect(first?.names).toEqual(expect.arrayContaining(['Wandlebridge Library', 'Wandlebridge', 'main library']));
  });
  test('a postcode is read however it is spaced', () => {
    expect(asPostcode(' wb1  2ab')).toBe('WB1 2AB');
    expect(asPostcode('sw1a1aa')).toBe('SW1A 1AA');
  });
});

describe('a booking', () => {
  test('is refused on a day the library is closed', () => {
    expect(closedOn('2026-11-29', 'Cannon Lane Library', settings)).toMatchObject({ library: 'Cannon Lane Library' });
    expect(closedOn('2026-11-30', 'Cannon Lane Library', settings)).toBe(false);
    expect(closedOn(undefined, 'Cannon Lane Library', settings)).toBe(false);
    expect(closedOn('2026-11-29', undefined, settings)).toBe(false);
  });
  test('opens a case with the hours it was decided on, due in two working days', () => {
    const known = { libraryNeed: 'book', branch: 'Heronsgate Library', bookDay: '2026-11-26' } as const;
    expect(outcomeOf(known, at('2026-11-24T14:00Z'))).toEqual({
      ending: 'book',
      open: {
        place: 'heronsgate',
        dueAt: Date.parse('2026-11-26T23:59Z'),
        facts: { library: 'Heronsgate Library', open: '09:30–19:00'.replace('09:30', '09:00') },
      },
    });
  });
  test('everything else is an answer', () => {
    for (const libraryNeed of ['renew', 'join', 'events', 'catalogue', 'other'] as const)
      expect(outcomeOf({ libraryNeed }, at('2026-11-24T14:00Z'))).toEqual({ ending: libraryNeed });
  });
});
