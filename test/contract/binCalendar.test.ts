import ICAL from 'ical.js';
import { type RunningServer, startServer } from '../server';

/** 10 Sample Road of the demo borough: its garden waste is collected too. */
const UPRN = '900000010';

describe('the calendar file of an address', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.stop());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
  const eventsOf = (file: string) =>
    new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));

  it('is a calendar that another library reads: whole days, a reminder the evening before', async () => {
    const response = await get(`/bins/${UPRN}.ics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    const events = eventsOf(await response.text());
    expect(events.length).toBeGreaterThan(20);
    const [first] = events;
    expect(first?.summary).toBe('Bins out: rubbish, mixed recycling, food waste and garden waste');
    expect(first?.startDate.toString()).toBe('2026-11-24');
    expect(first?.endDate.toString()).toBe('2026-11-25');
    const alarm = first?.component.getFirstSubcomponent('valarm');
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-PT6H');
    const days = events.map((event) => event.startDate.toString());
    expect(days).toEqual([...new Set(days)].sort());
    expect((days.at(-1) ?? '') < '2027-05-25').toBe(true);
  });

  it('keeps the rules of RFC 5545: line ends, folding, stamps', async () => {
    const file = await (await get(`/bins/${UPRN}.ics?lang=pl`)).text();
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = file.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines).toContain('VERSION:2.0');
    const count = (start: string) => lines.filter((line) => line.startsWith(start)).length;
    expect(count('DTSTAMP:')).toBe(count('BEGIN:VEVENT'));
    expect(count('UID:')).toBe(count('BEGIN:VEVENT'));
    expect(file).toContain('DTSTART;VALUE=DATE:20261124');
  });

  it('has the same ids and the same bytes when asked again, and says so', async () => {
    const first = await get(`/bins/${UPRN}.ics`);
    const etag = first.headers.get('etag') ?? '';
    const ids = eventsOf(await first.text()).map((event) => event.uid);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(`${UPRN}-2026-11-24@127.0.0.1`);
    expect((await get(`/bins/${UPRN}.ics`, { 'if-none-match': etag })).status).toBe(304);
  });

  it('speaks the language asked for, and names what a holiday moved', async () => {
    const events = eventsOf(await (await get(`/bins/${UPRN}.ics?lang=pl`)).text());
    expect(events[0]?.summary).toBe(
      'Wystawić: odpady zmieszane, recykling zmieszany, resztki jedzenia i odpady ogrodowe',
    );
    const moved = events.find((event) => event.description?.startsWith('Przeniesione z: '));
    expect(moved).toBeDefined();
  });

  it.each(['/bins/1.ics', '/bins/900000010', '/bins/..%2f900000010.ics', `/bins/${'9'.repeat(300)}.ics`])(
    'knows nothing of %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('tells nothing but days: no postcode, no ward, no zone', async () => {
    const file = await (await get(`/bins/${UPRN}.ics`)).text();
    expect(file).not.toMatch(/WB1|2AB|Ward/);
  });

  it('is given at most 60 times a minute', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => get(`/bins/${UPRN}.ics`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('60');
  });
});
