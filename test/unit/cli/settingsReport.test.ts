import { join } from 'node:path';
import council from '../../../dialogs/council.json';
import { reportOn } from '../../../src/cli/settingsReport';
import { loadServices } from '../../../src/conversation/catalogue';
import type { Service } from '../../../src/conversation/service';

/** The file with one value changed. */
function changed(change: (file: typeof council) => void): string {
  const file = structuredClone(council);
  change(file);
  return JSON.stringify(file);
}

describe('the report on a settings file', () => {
  let services: readonly Service[];
  beforeAll(async () => {
    services = await loadServices(join(__dirname, '../../../dialogs'));
  });

  test('a file that is in date can be used', () => {
    expect(reportOn(JSON.stringify(council), services, '2026-11-24')).toEqual({
      ok: true,
      lines: ['The file can be used. 0 values out of date, 0 values will be within 60 days.'],
    });
  });

  test('what expires within 60 days is listed, the first to expire first, and the day after is not', () => {
    const text = changed((file) => {
      file.prices.pcnHigher.expiresOn = '2027-01-23';
      file.hours.contactCentre.expiresOn = '2026-11-24';
      file.prices.pcnLower.expiresOn = '2027-01-24';
    });
    expect(reportOn(text, services, '2026-11-24')).toEqual({
      ok: true,
      lines: [
        'hours.contactCentre: expires on 2026-11-24, owner Contact centre',
        'prices.pcnHigher: expires on 2027-01-23, owner Parking services',
        'The file can be used. 0 values out of date, 2 values will be within 60 days.',
      ],
    });
  });

  test('what is out of date is listed first, of services and signposts too', () => {
    const text = changed((file) => {
      file.services['council-tax'].singlePersonPercent.expiresOn = '2026-11-23';
      const post = file.signposts.find(({ id }) => id === 'noise');
      if (post) post.link.effectiveFrom = '2026-11-25';
    });
    const { ok, lines } = reportOn(text, services, '2026-11-24');
    expect(ok).toBe(true);
    expect(lines).toEqual([
      'services.council-tax.singlePersonPercent: expired on 2026-11-23, owner Revenues and benefits',
      'signposts.noise: holds only from 2026-11-25, owner Environmental health',
      'The file can be used. 2 values out of date, 0 values will be within 60 days.',
    ]);
  });

  test('every error is told with its path, of a service’s own values too', () => {
    const text = changed((file) => {
      file.prices.pcnHigher.value = -1;
      file.phones.contactCentre.owner = '';
    });
    const report = reportOn(text, services, '2026-11-24');
    expect(report.ok).toBe(false);
    expect(report.lines.map((line) => line.split(':')[0])).toEqual([
      'phones.contactCentre.owner',
      'prices.pcnHigher.value',
      '2 errors',
    ]);
    const own = changed((file) => {
      const [library] = file.services.libraries.branches.value;
      if (library) library.hours.mon = ['9', '17:00'];
      file.services.planning.statusLink.value = 'https://www.wandlebridge.example/planning';
      Object.assign(file.services.libraries, { branhces: file.services.libraries.branches });
    });
    expect(reportOn(own, services, '2026-11-24').lines).toEqual([
      'services.libraries.branches.value.0.hours.mon.0: must be a time, HH:MM',
      'services.planning.statusLink.value: must be an https address with {reference} in it',
      'services.libraries.branhces: no service reads this',
      '3 errors',
    ]);
  });

  test('a file that is no JSON is refused with the reason', () => {
    const { ok, lines } = reportOn('{ "council": ', services, '2026-11-24');
    expect(ok).toBe(false);
    expect(lines).toEqual([expect.stringMatching(/^\(file\): .*JSON/)]);
  });
});
