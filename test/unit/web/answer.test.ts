import { join } from 'node:path';
import { readLanguageData } from '../../../src/nlu/corpus';
import { entityReader } from '../../../src/nlu/entities';
import { numericDay, spokenDay } from '../../../src/web/chat/answer/days';
import { positionFailure, positionMessage } from '../../../src/web/chat/answer/position';

const languages = readLanguageData(join(__dirname, '../../../src/nlu/data'));
const reader = entityReader({ languages, lexicons: {}, streets: [] });
const NOW = Date.parse('2026-11-24T10:00:00Z');

test.each(Object.keys(languages))('a day of the calendar is read as that day (%s)', (language) => {
  for (const iso of ['2026-11-20', '2026-03-04', '2024-02-29', '2027-01-12']) {
    const dates = reader.read(numericDay(iso), language, NOW).filter(({ kind }) => kind === 'date');
    expect(dates.map(({ value }) => value)).toEqual([iso]);
  }
});

test('a day is shown as people say it, whatever the clock of the device', () => {
  expect(spokenDay('2026-11-20', 'en-GB')).toBe('Friday 20 November 2026');
  expect(spokenDay('2026-11-20', 'ur-u-nu-latn-hc-h23')).toContain('2026');
});

test('a position is a metre exact, and carries the words that are shown', () => {
  expect(positionMessage({ lat: 51.4102345678, lon: -0.1871 }, 'Position')).toEqual({
    type: 'message',
    text: 'Position',
    entities: [{ type: 'GeoCoordinates', latitude: 51.41023, longitude: -0.1871, name: 'Position' }],
  });
});

test('refused and not found are told apart', () => {
  expect([1, 2, 3].map((code) => positionFailure({ code }))).toEqual([
    'positionDenied',
    'positionFailed',
    'positionFailed',
  ]);
});
