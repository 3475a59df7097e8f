import { createHash } from 'node:crypto';
import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import type { HttpRequest, HttpResponse, Routes } from '../channels/channel';
import { addDays, localDate, momentOf } from '../conversation/calendar';
import {
  type Collections,
  type EpochMs,
  type Gazetteer,
  type IsoDate,
  type Language,
  type Render,
  type Round,
  type Say,
  STREAMS,
  Unavailable,
} from '../conversation/ports';

export interface BinCalendarOptions {
  readonly gazetteer: Pick<Gazetteer, 'address'>;
  readonly collections: Pick<Collections, 'calendar'>;
  readonly render: Pick<Render, 'say' | 'languages'>;
  readonly allow: (key: string, limit: number, windowMs: number) => Promise<boolean>;
  readonly now: () => EpochMs;
  /** Part of the ids of events. */
  readonly publicUrl: string;
}

const DAYS = 26 * 7;
const PER_MINUTE = 60;
/** 6 in the evening before: an event of a whole day begins at midnight. */
const ALARM_BEFORE_S = 6 * 3_600;
/** How often calendars ask again: a shift of days is known weeks before. */
const REFRESH_S = 24 * 3_600;
const NAMED = /^([A-Za-z0-9-]{1,40})\.ics$/;

/**
 * `GET /bins/<uprn>.ics?lang=pl`: the collection days of an address as a calendar to subscribe to (RFC 5545).
 *
 * Collection days are public: they are on the council's web page for any address, and bins stand in the street. The file holds
 * nothing else of the address, and not who asks.
 */
export function binCalendarRoutes(options: BinCalendarOptions): Routes {
  return {
    routes(router) {
      router.route('GET', '/bins/:file', (request) => answer(request, options));
    },
  };
}

async function answer(request: HttpRequest, options: BinCalendarOptions): Promise<HttpResponse> {
  if (!(await options.allow(`bins:${request.ip}`, PER_MINUTE, 60_000)))
    return failure(429, 'TooManyRequests', 'Too many requests', { 'retry-after': '60' });
  const [, uprn] = NAMED.exec(request.params.file ?? '') ?? [];
  const address = uprn === undefined ? undefined : await options.gazetteer.address(uprn);
  const today = localDate(options.now());
  const rounds = address ? await roundsOf(address.uprn, today, options) : [];
  if (!address || rounds.length === 0) return failure(404, 'NotFound', 'There is no calendar at this address.');
  const asked = request.query.get('lang') ?? 'en';
  const language = options.render.languages.includes(asked) ? asked : 'en';
  const body = calendarFile(rounds, { ...options, uprn: address.uprn, line: address.line, language, today });
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=3600' };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers };
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="bins-${address.uprn}.ics"`,
      'access-control-allow-origin': '*',
    },
    body,
  };
}

/** No rounds were imported yet: there is no calendar of any address. */
async function roundsOf(uprn: string, today: IsoDate, { collections }: BinCalendarOptions): Promise<readonly Round[]> {
  try {
    return await collections.calendar(uprn, today, DAYS);
  } catch (error) {
    if (error instanceof Unavailable) return [];
    throw error;
  }
}

const failure = (
  status: number,
  code: string,
  message: string,
  headers?: { readonly [name: string]: string },
): HttpResponse => ({ status, body: { error: { code, message } }, ...(headers && { headers }) });

interface Asked extends Pick<BinCalendarOptions, 'render' | 'publicUrl'> {
  readonly uprn: string;
  readonly line: string;
  readonly language: Language;
  readonly today: IsoDate;
}

/** One event a day for all its bins, so that the evening before brings one reminder. The same for a whole day: caches may keep it. */
function calendarFile(rounds: readonly Round[], { render, publicUrl, uprn, line, language, today }: Asked): string {
  const said = (say: Say): string => render.say(say, language).text;
  const host = new URL(publicUrl).hostname;
  const calendar = ical({
    name: said({ text: 'bin-day:done.calendar.name', params: { address: line } }),
    prodId: { company: 'Wandle', product: 'Bin calendar', language: language.toUpperCase() },
    ttl: REFRESH_S,
  });
  for (const date of [...new Set(rounds.map((round) => round.date))]) {
    const ofDay = STREAMS.flatMap(
      (stream) => rounds.find((each) => each.date === date && each.stream === stream) ?? [],
    );
    const summary = said({ text: 'bin-day:done.calendar.event', params: { kinds: kindsOf(ofDay) } });
    const moved = ofDay.find(({ movedFrom }) => movedFrom)?.movedFrom;
    const event = calendar.createEvent({
      id: `${uprn}-${date}@${host}`,
      start: midnight(date),
      end: midnight(addDays(date, 1)),
      allDay: true,
      timezone: null,
      stamp: new Date(momentOf(today, '00:00')),
      summary,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(moved && { description: said({ text: 'bin-day:done.calendar.moved', params: { usual: { date: moved } } }) }),
    });
    event.createAlarm({ type: ICalAlarmType.display, trigger: ALARM_BEFORE_S, description: summary });
  }
  return calendar.toString();
}

const kindsOf = (rounds: readonly Round[]) => ({
  list: rounds.map(({ stream }) => ({ label: `bin-day:stream.${stream}` as const, inline: true })),
});

/** Whole days are written from the local parts of a date, whatever zone the process runs in. */
function midnight(date: IsoDate): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}
