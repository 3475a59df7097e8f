import council from '../../../dialogs/council.json';
import { isOpen, opensAt } from '../../../src/conversation/openingHours';
import { readSettings, settingsOn } from '../../../src/conversation/settings';

const copy = () => structuredClone(council) as unknown as Record<string, Record<string, unknown>>;
const london = (text: string) => Date.parse(text);

describe('settings', () => {
  test("the demo council's file is valid and in date", () => {
    const read = readSettings(council, '2026-11-23');
    expect(read).toMatchObject({ ok: true, warnings: [] });
    if (read.ok) expect(read.settings.council).toMatchObject({ name: 'Wandlebridge Council', phone: '020 7946 0100' });
  });

  test('only drama numbers and example links of its own', () => {
    const text = JSON.stringify(council);
    const numbers = text.match(/\b0\d{2,4} \d{3,4} \d{4}\b/g) ?? [];
    // A national helpline is nobody's in particular.
    expect(numbers.filter((number) => !number.startsWith('020 7946 0'))).toEqual(['0808 808 4000']);
    expect(text).not.toMatch(/wandlebridge\.(?!example)/);
  });

  test('an expired value is undefined and its owner is warned', () => {
    const read = readSettings(council, '2027-04-01');
    expect(read.ok && read.settings.prices.pcnHigher).toBe(undefined);
    expect(read.ok && read.warnings).toContain('prices.pcnHigher: expired on 2027-03-31, owner Parking services');
  });

  test('a value does not hold before its first day', () => {
    const read = readSettings(council, '2025-04-06');
    expect(read.ok && read.settings.prices.pcnHigher).toBe(undefined);
    expect(read.ok && read.warnings).toContain('prices.pcnHigher: holds only from 2025-04-07, owner Parking services');
  });

  test('pictures of a map are the council’s to have; out of their dates there are none', () => {
    const value = {
      url: 'https://t.example/{z}/{x}/{y}.png',
      maxZoom: 19,
      credit: '© T',
      creditLink: 'https://t.example',
    };
    const dates = { effectiveFrom: '2026-01-01', expiresOn: '2026-12-31' };
    const withTiles = (url: string) => ({
      ...copy(),
      map: { tiles: { value: { ...value, url }, owner: 'Web team', source: 'https://t.example', ...dates } },
    });
    const tilesOn = (day: string) => {
      const read = readSettings(withTiles(value.url), day);
      return read.ok && [read.settings.map.tiles, read.warnings];
    };
    expect(tilesOn('2026-06-01')).toEqual([value, []]);
    expect(tilesOn('2027-01-01')).toEqual([
      undefined,
      expect.arrayContaining([expect.stringMatching(/^map\.tiles: expired/)]),
    ]);
    const wrong = readSettings(withTiles('https://t.example/tiles.png'), '2026-06-01');
    expect(wrong.ok || wrong.errors).toEqual(['map.tiles.value.url: needs {z}, {x} and {y}']);
  });

  test('each error is one line with its path', () => {
    const broken = copy();
    broken.prices = {
      ...broken.prices,
      pcnHigher: { ...(broken.prices?.pcnHigher as object), value: 'lots', owner: '' },
    };
    broken.windows = { ...broken.windows, surprise: 1 };
    delete broken.phones?.outOfHours;
    const read = readSettings(broken, '2026-11-23');
    expect(read.ok).toBe(false);
    const errors = read.ok ? [] : read.errors;
    for (const path of ['prices.pcnHigher.value: ', 'prices.pcnHigher.owner: ', 'phones.outOfHours: ', 'windows: ']) {
      expect(errors.filter((line) => line.startsWith(path))).toHaveLength(1);
    }
    expect(errors.every((line) => !line.includes('\n'))).toBe(true);
  });

  test('dates the wrong way round are refused', () => {
    const broken = copy();
    broken.prices = {
      ...broken.prices,
      pcnLower: { ...(broken.prices?.pcnLower as object), effectiveFrom: '2028-01-01' },
    };
    const read = readSettings(broken, '2026-11-23');
    expect(read.ok ? [] : read.errors).toEqual(['prices.pcnLower.expiresOn: is before effectiveFrom']);
  });

  test('a notice holds between its days', () => {
    const notice = {
      kind: 'snow',
      services: ['missed-bin'],
      from: '2026-12-01',
      until: '2026-12-03',
      text: { en: 'Snow.' },
    };
    const read = readSettings({ ...council, notices: [notice] }, '2026-12-01');
    if (!read.ok) throw new Error(read.errors.join('\n'));
    expect(
      ['2026-11-30', '2026-12-01', '2026-12-03', '2026-12-04'].map((day) => settingsOn(read.file, day).notices.length),
    ).toEqual([0, 1, 1, 0]);
  });

  test.each([null, 3, [], 'x'])('%p is no settings file', (json) => {
    expect(readSettings(json, '2026-11-23').ok).toBe(false);
  });
});

describe('opening hours', () => {
  const week = council.hours.contactCentre.value as unknown as Parameters<typeof isOpen>[0];
  test.each([
    ['2026-11-24T08:29:00Z', false, '2026-11-24T08:30:00Z'],
    ['2026-11-24T08:30:00Z', true, '2026-11-25T08:30:00Z'],
    ['2026-11-24T17:30:00Z', false, '2026-11-25T08:30:00Z'],
    ['2026-11-27T18:00:00Z', false, '2026-11-30T08:30:00Z'],
    ['2026-12-24T18:00:00Z', false, '2026-12-29T08:30:00Z'],
    ['2026-07-01T07:30:00Z', true, '2026-07-02T07:30:00Z'],
  ])('at %s open is %s, opens next at %s', (at, open, next) => {
    expect(isOpen(week, london(at))).toBe(open);
    expect(opensAt(week, london(at))).toBe(london(next));
  });
});
