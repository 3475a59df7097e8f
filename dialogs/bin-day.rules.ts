import { z } from 'zod';
import { addDays, bankHolidaysBetween, localDate, localTime, weekday } from '../src/conversation/calendar';
import {
  type Address,
  type Collections,
  type EpochMs,
  type IsoDate,
  type Param,
  type Params,
  type Round,
  STREAMS,
  type Stream,
} from '../src/conversation/ports';
import { type Outcome, type RuleContext, serviceContent } from '../src/conversation/service';
import type { Settings } from '../src/conversation/settings';
import { inLanguage, link, time } from '../src/conversation/settingValues';
import { isText } from '../src/conversation/turn';
import { selectKey, thing, thingsNamed } from './waste.rules';

/** Where something goes: into a bin of the household, or elsewhere. */
export const PLACES = [...STREAMS, 'recycling-centre', 'bulky-waste', 'shop'] as const;

const item = thing.extend({ goes: z.enum(PLACES) });
export type Item = z.infer<typeof item>;

export const content = serviceContent('bin-day', {
  items: z.array(item),
  /** When bins may be put out on the evening before. */
  putOutFrom: time,
  recyclingCentre: link,
});

type Context = Pick<RuleContext, 'now' | 'settings' | 'language' | 'channel'>;
type Question = 'days' | 'holiday' | 'sorting' | 'time';

/** What is asked for, as far as the words tell. */
export type Answer =
  | { readonly about: 'days' | 'holiday' | 'sorting' | 'time' }
  | { readonly about: 'item'; readonly item: Item };

/**
 * A thing that was named is asked about where the words ask for sorting, or ask for nothing else: "when is cardboard collected" asks
 * for a day, "pizza box?" does not.
 */
export function answerOf(
  words: string | undefined,
  question: Question | undefined,
  stream: Stream | undefined,
  { settings, language }: Pick<Context, 'settings' | 'language'>,
): Answer {
  if (question === 'days' || question === 'holiday' || question === 'time') return { about: question };
  const [named] = thingsNamed(words ?? '', content.of(settings).items ?? [], language);
  if (named && (question === 'sorting' || stream === undefined)) return { about: 'item', item: named };
  return { about: question ?? 'days' };
}

export const namesThing = (words: string, { settings, language }: Pick<Context, 'settings' | 'language'>): boolean =>
  words.length <= 4000 && thingsNamed(words, content.of(settings).items ?? [], language).length > 0;

export const asksDays = ({ about }: Answer): boolean => about === 'days' || about === 'holiday';

/** Far enough for the holidays that people ask about in autumn. */
const DAYS_LOOKED_UP = 70;
/** What is told: four weeks, on text messages two. */
const DAYS_TOLD = { web: 28, text: 14 } as const;

export const roundsAhead = (collections: Collections, address: Address, now: EpochMs): Promise<readonly Round[]> =>
  collections.calendar(address.uprn, localDate(now), DAYS_LOOKED_UP);

interface Seen {
  readonly stream: Stream | undefined;
  readonly address: Address | undefined;
  /** Undefined: the rounds system does not answer. */
  readonly rounds: readonly Round[] | undefined;
  readonly calendar: string | undefined;
}

type Ending = 'days' | 'kind' | 'holiday' | 'noHoliday' | 'item' | 'sorting' | 'time' | 'link';

export function answered(answer: Answer, seen: Seen, context: Context): Outcome<Ending> {
  const { settings, language } = context;
  const { recyclingCentre } = content.of(settings);
  const out = outTold(seen.address, settings);
  if (answer.about === 'item') return { ending: 'item', ...itemTold(answer.item, recyclingCentre, language) };
  if (answer.about === 'sorting') return { ending: 'sorting', params: out };
  if (answer.about === 'time') return { ending: 'time', params: out };
  if (!seen.rounds) return { ending: 'link', offers: ['person'] };
  const ahead = stillToCome(seen.rounds, context);
  return answer.about === 'holiday'
    ? holidayTold(ahead, out, isText(context.channel))
    : daysTold(ahead, seen, out, context);
}

/** Sacks of the flats above shops have hours of their own, on the evening of the day. */
function outTold(address: Address | undefined, settings: Settings): Params {
  const { binsOutBy, aboveShopsFrom, aboveShopsTo } = settings.times;
  const hasHours = address?.kind === 'above-shop' && aboveShopsFrom !== undefined && aboveShopsTo !== undefined;
  return {
    outBy: hasHours ? 'none' : (binsOutBy ?? 'none'),
    outFrom: content.of(settings).putOutFrom ?? 'none',
    sacksFrom: hasHours ? aboveShopsFrom : 'none',
    sacksTo: hasHours ? aboveShopsTo : 'none',
  };
}

function itemTold({ title, goes, note }: Item, centre: string | undefined, language: string) {
  const params: Params = {
    item: inLanguage(title, language),
    goes: selectKey(goes),
    note: note ? inLanguage(note, language) : 'none',
    centre: centre ?? 'none',
  };
  return { params, ...(goes === 'bulky-waste' && { offers: ['service:bulky-waste'] as const }) };
}

/** Not those of today that the crew has finished, nor, in the evening, those it must have. */
function stillToCome(rounds: readonly Round[], { now }: Pick<Context, 'now'>): readonly Round[] {
  const today = localDate(now);
  return rounds.filter(
    ({ date, finishedAt }) => date > today || (finishedAt === undefined && localTime(now) < LAST_CREW_HOME),
  );
}
/** No crew collects from homes later in the day. */
const LAST_CREW_HOME = '20:00';

function daysTold(ahead: readonly Round[], { stream, calendar }: Seen, out: Params, context: Context): Outcome<Ending> {
  const today = localDate(context.now);
  const brief = isText(context.channel);
  const told = ahead.filter(({ date }) => date < addDays(today, brief ? DAYS_TOLD.text : DAYS_TOLD.web));
  const first = STREAMS.flatMap((each) => told.find((round) => round.stream === each) ?? []);
  const own = stream && told.filter((round) => round.stream === stream);
  // A day that is told is told whole: who reads "8 December: rubbish" leaves the recycling in.
  const others = own ? told.filter((round) => round.stream !== stream) : told;
  const last =
    first
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? today;
  const shown = others.filter(({ date }) => date <= last);
  const rest = others.filter(({ date }) => date > last);
  const lines = (rounds: readonly Round[]): Param => ({
    lines: byDay(rounds).map((day) => dayLine(day, today, brief)),
  });
  const params: Params = {
    ...out,
    first: lines(shown),
    rest: brief || rest.length === 0 ? 'none' : lines(rest),
    others: shown.length === 0 ? 'none' : 'yes',
    next: own?.[0] ? ownLine(own[0], today) : 'none',
    later: own && own.length > 1 ? { list: own.slice(1).map(({ date }) => ({ date })) } : 'none',
    calendar: brief || calendar === undefined ? 'none' : forLanguage(calendar, context.language),
  };
  return { ending: stream ? 'kind' : 'days', params };
}

const forLanguage = (calendar: string, language: string): string =>
  calendar === 'none' || language === 'en' ? calendar : `${calendar}?lang=${language}`;

function byDay(rounds: readonly Round[]): readonly (readonly Round[])[] {
  const days = [...new Set(rounds.map(({ date }) => date))].sort();
  return days.map((day) =>
    STREAMS.flatMap((stream) => rounds.find((round) => round.date === day && round.stream === stream) ?? []),
  );
}

/** "Tuesday 1 December: food waste and rubbish (moved from Monday 30 November because of the bank holiday)". */
function dayLine(rounds: readonly Round[], today: IsoDate, brief: boolean): Param {
  const [first] = rounds;
  const kinds = { list: rounds.map(({ stream }) => ({ label: `bin-day:stream.${stream}`, inline: true }) as const) };
  return {
    text: brief ? 'bin-day:done.days.short' : 'bin-day:done.days.line',
    params: { ...dayParams(first, today), kinds },
  };
}

const ownLine = (round: Round, today: IsoDate): Param => ({
  text: 'bin-day:done.kind.day',
  params: dayParams(round, today),
});

function dayParams(round: Round | undefined, today: IsoDate): Params {
  const moved = round?.movedFrom;
  return {
    day: round ? { date: round.date } : 'none',
    when: round?.date === today ? 'today' : round?.date === addDays(today, 1) ? 'tomorrow' : 'later',
    moved: moved ? { date: moved } : 'none',
    because: moved && isHolidayWeek(moved) ? 'holiday' : 'none',
  };
}

/** A bank holiday in the week, up to the usual day, is what moves a round. */
export function isHolidayWeek(usual: IsoDate): boolean {
  const sunday = addDays(usual, -(weekday(usual) || 7));
  return bankHolidaysBetween(sunday, usual, 'general').length > 0;
}

function holidayTold(ahead: readonly Round[], out: Params, brief: boolean): Outcome<Ending> {
  const moved = ahead.filter(({ movedFrom }) => movedFrom !== undefined);
  if (moved.length === 0) return { ending: 'noHoliday', params: out };
  const changes = byDay(moved)
    .slice(0, brief ? MOST_CHANGES.text : MOST_CHANGES.web)
    .flatMap(([first]) =>
      first?.movedFrom
        ? [
            {
              text: 'bin-day:done.holiday.line',
              params: { usual: { date: first.movedFrom }, day: { date: first.date } },
            } as const,
          ]
        : [],
    );
  return { ending: 'holiday', params: { ...out, changes: { lines: changes } } };
}
const MOST_CHANGES = { web: 6, text: 2 } as const;
