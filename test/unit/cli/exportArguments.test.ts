import { parseExport } from '../../../src/cli/exportArguments';

test.each([
  [['cases'], { what: 'cases', since: 0 }],
  [['activities', '--since', '2026-11-01'], { what: 'activities', since: Date.UTC(2026, 10, 1) }],
  [['--since=2026-11-01T08:30:00+01:00', 'handoffs'], { what: 'handoffs', since: Date.UTC(2026, 10, 1, 7, 30) }],
])('understands %j', (args, wanted) => expect(parseExport(args)).toEqual(wanted));

test.each([
  [[]],
  [['agents']],
  [['cases', 'handoffs']],
  [['cases', '--since']],
  [['cases', '--since', 'yesterday']],
  [['cases', '--since', '2026-13-01']],
  [['cases', '--until', '2026-11-01']],
])('refuses %j', (args) => expect(parseExport(args)).toBeUndefined());
