import { z } from 'zod';
import type { ControlledHours } from '../conversation/ports';

/** What a council's GeoJSON says of its parking zones, feature by feature. */

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const NAMES = DAYS.join('|');
const PERIOD = /^(([01]\d|2[0-3]):[0-5]\d)-((([01]\d|2[0-3]):[0-5]\d)|24:00)$/;

const label = (max: number) => z.string().trim().min(1, 'is empty').max(max);
const period = z
  .string()
  .regex(PERIOD, 'must be hours like "08:30-18:30"')
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }))
  .refine(({ from, to }) => from < to, 'must end later than it begins');
const periods = z.union([period.transform((one) => [one]), z.array(period).min(1).max(4)], {
  error: 'must be hours like "08:30-18:30", or a list of them',
});

/** By weekday or run of weekdays: `{ "mon-fri": "08:30-18:30", "sat": ["08:30-13:00", "14:00-16:00"] }`. A day not named is free. */
const hours = z
  .record(z.string().regex(new RegExp(`^(${NAMES})(-(${NAMES}))?$`), 'must be a day like "mon" or "mon-fri"'), periods)
  .transform((week) =>
    Object.entries(week)
      .flatMap(([days, given]) => given.flatMap((each) => daysOf(days).map((day) => ({ day, ...each }))))
      .sort((a, b) => fromMonday(a) - fromMonday(b) || a.from.localeCompare(b.from)),
  )
  .refine((all) => all.every((each, at) => !isWithin(all[at - 1], each)), 'two periods of a day overlap');

const fromMonday = ({ day }: ControlledHours): number => (day + 6) % 7;

const isWithin = (before: ControlledHours | undefined, each: ControlledHours): boolean =>
  before !== undefined && before.day === each.day && each.from < before.to;

/** `fri-mon` runs over the weekend. */
function daysOf(run: string): readonly number[] {
  const [first = '', last = first] = run.split('-');
  const start = DAYS.indexOf(first as (typeof DAYS)[number]);
  const length = (DAYS.indexOf(last as (typeof DAYS)[number]) - start + 7) % 7;
  return Array.from({ length: length + 1 }, (_, at) => (start + at) % 7);
}

const street = {
  street: label(100),
  locality: label(20)
    .nullish()
    .transform((given) => given ?? undefined),
};

const suspension = z
  .object({
    ...street,
    from: z.iso.date(),
    until: z.iso.date(),
    reason: label(100)
      .nullish()
      .transform((given) => given ?? undefined),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'is before from' });

/** Unless they say otherwise, yellow lines hold on bank holidays too. */
const line = { ...street, bankHolidays: z.boolean().default(true), noLoading: z.boolean().default(false) };

export const SHAPES = {
  zone: z.object({
    id: label(20),
    name: label(100),
    hours: hours.refine((all) => all.length > 0, 'names no day'),
    bankHolidays: z.boolean('must say true or false'),
    visitors: z
      .object({ pencePerHour: z.int().nonnegative(), maxStayMinutes: z.int().positive().optional() })
      .nullish()
      .transform((given) => given ?? undefined),
    suspensions: z.array(suspension).default([]),
  }),
  /** Without hours of its own it holds as long as the zone around it. */
  'single-yellow': z.object({ ...line, hours: hours.default([]) }),
  /** At any time: hours are left aside. */
  'double-yellow': z.object(line).transform((given) => ({ ...given, hours: [] })),
  suspension,
} as const;

export type ZoneProperties = z.output<typeof SHAPES.zone>;
export type LineProperties = z.output<(typeof SHAPES)['single-yellow']>;
export type SuspensionProperties = z.output<typeof suspension>;

const NOT_HERE = 'is not in the United Kingdom (GeoJSON: longitude first, then latitude, in degrees)';
const isHere = ([lon, lat]: readonly [number, number, ...number[]]): boolean =>
  lon >= -9 && lon <= 2.5 && lat >= 49 && lat <= 61.5;
/** The first position that is not here stands for all: a file in metres has a hundred thousand of them. */
const positions = z.array(z.tuple([z.number(), z.number()], z.number())).superRefine((all, context) => {
  const at = all.findIndex((each) => !isHere(each));
  if (at >= 0) context.addIssue({ code: 'custom', path: [at], message: NOT_HERE });
});
const ring = positions
  .min(4, 'a ring has at least 4 positions')
  .refine((all) => JSON.stringify(all[0]) === JSON.stringify(all.at(-1)), 'a ring ends where it begins');
const polygon = z.array(ring).min(1);
const path = positions.min(2);

export const Geometry = {
  zone: z.discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('Polygon'), coordinates: polygon }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
    ],
    { error: 'must be a Polygon or a MultiPolygon' },
  ),
  line: z.discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('LineString'), coordinates: path }),
      z.object({ type: z.literal('MultiLineString'), coordinates: z.array(path).min(1) }),
    ],
    { error: 'must be a LineString or a MultiLineString' },
  ),
} as const;
