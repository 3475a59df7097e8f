import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import council from '../../dialogs/council.json';
import type { Config } from '../../src/config';
import { councilSettings } from '../../src/startup';
import { newFolder } from '../folder';

const DAY_MS = 86_400_000;

/** A running process's settings: the demo's with one change, no service that needs any, and a clock that moves by hand. */
function running(change: (file: typeof council) => void) {
  const file = { ...structuredClone(council), services: {} };
  change(file as typeof council);
  const councilFile = join(newFolder('council'), 'council.json');
  writeFileSync(councilFile, JSON.stringify(file));
  const clock = { at: Date.UTC(2026, 10, 24, 12) };
  const logged: string[] = [];
  const warn = (fields: object): void => void logged.push(JSON.stringify(fields));
  const settings = councilSettings(
    { councilFile } as Config,
    [],
    { now: () => clock.at },
    {
      info: warn,
      warn,
      error: warn,
    },
  );
  return { settings, clock, logged };
}

test('a price is told until its last day; from the next on it is told to nobody, logged once a day, and shown with its owner', () => {
  const { settings, clock, logged } = running((file) => {
    file.prices.pcnHigher.expiresOn = '2026-11-25';
  });
  expect(logged).toEqual([]);
  clock.at += DAY_MS;
  expect(settings.today().prices.pcnHigher).toBe(160);
  expect([settings.outOfDate(), logged]).toEqual([[], []]);

  clock.at += DAY_MS;
  expect(settings.today().prices.pcnHigher).toBe(undefined);
  expect(settings.outOfDate()).toMatchObject([
    { path: 'prices.pcnHigher', owner: 'Parking services', expiresOn: '2026-11-25' },
  ]);
  settings.today();
  const line = '{"setting":"prices.pcnHigher: expired on 2026-11-25, owner Parking services"}';
  expect(logged).toEqual([line]);

  clock.at += DAY_MS;
  settings.today();
  expect(logged).toEqual([line, line]);
});

test('a notice begins and ends by itself', () => {
  const { settings, clock } = running((file) => {
    const snow = {
      kind: 'snow',
      services: ['missed-bin'],
      from: '2026-11-25',
      until: '2026-11-25',
      text: { en: 'Snow.' },
    };
    file.notices = [snow] as unknown as typeof file.notices;
  });
  const notices = [0, 1, 2].map(() => {
    const { length } = settings.today().notices;
    clock.at += DAY_MS;
    return length;
  });
  expect(notices).toEqual([0, 1, 0]);
});

test('an error in the file stops the start, with the file and the path', () => {
  const broken = () =>
    running((file) => {
      file.prices.pcnHigher.value = -1;
    });
  expect(broken).toThrow(/council\.json: prices\.pcnHigher\.value: /);
});
