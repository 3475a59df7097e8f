import { z } from 'zod';
import type { IsoDate } from './ports';
import { ageLine, outOfDate } from './settingAges';
import { OUTSIDE_LINKS, OWN_LINKS, SERVICE_LINKS } from './settingNames';
import { byLanguage, dated, day, link, phone, pounds, text, time, type Week, week, whole } from './settingValues';

/**
 * A council's settings: everything that a council decides and that ages. Each value names who looks after it, where it is published,
 * from when it holds and when it must be confirmed again; a value out of its dates is told to nobody.
 */
const section = <K extends string, V extends z.ZodType>(keys: readonly K[], value: V) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, dated(value)])) as Record<K, ReturnType<typeof dated<V>>>);

const Notice = z.strictObject({
  kind: z.enum(['strike', 'snow', 'other']),
  services: z.array(z.string().min(1)).min(1),
  from: day,
  until: day,
  text: byLanguage,
});

const Signpost = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  title: byLanguage,
  /** Words in the resident's language that lead here, lower case. */
  words: z.record(z.string(), z.array(z.string().trim().min(2)).min(1)),
  link: dated(link),
  /** The office whose opening hours are told there. */
  hours: z.enum(['contactCentre']).optional(),
});

/** Pictures of the map that residents may point on: a tile server of the council, or one whose terms allow it. */
const Tiles = z.strictObject({
  url: link.refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'needs {z}, {x} and {y}'),
  maxZoom: z.int().min(10).max(22),
  credit: text,
  creditLink: link,
});

const SettingsFile = z.strictObject({
  council: z.strictObject({ name: text, shortName: text, website: link }),
  phones: section(['contactCentre', 'outOfHours', 'homelessTonight'], phone),
  links: section([...SERVICE_LINKS, ...OWN_LINKS, ...OUTSIDE_LINKS], link),
  hours: section(['contactCentre', 'enforcement'], week),
  times: section(['binsOutBy', 'missedBinReportsFrom', 'aboveShopsFrom', 'aboveShopsTo'], time),
  windows: section(
    [
      'missedBinReportWorkingDays',
      'missedBinReturnWorkingDays',
      'missedBinComplaintCount',
      'missedBinComplaintDays',
      'potholeInspectWorkingDays',
      'potholeDangerHours',
      'potholeRepairDays',
      'duplicateMetres',
      'complaintMonths',
    ],
    whole,
  ),
  prices: section(['pcnHigher', 'pcnLower', 'gardenWaste', 'residentPermit', 'foiCostLimit'], pounds),
  contacts: section(['dutyAlert'], z.email()),
  /** What one service alone needs, by its id: checked against the service's own `content` at boot. */
  services: z.record(z.string(), z.record(z.string(), dated(z.json()))),
  /** Without it the map has no pictures: a point is found by search and keyboard. */
  map: z.strictObject({ tiles: dated(Tiles) }).optional(),
  /** Where "leave this page quickly" leads; after how many minutes without a deed the chat clears itself. These do not age. */
  chat: z
    .strictObject({ leaveTo: link, idleMinutes: z.int().min(5).max(120) })
    .partial()
    .optional(),
  notices: z.array(Notice),
  signposts: z.array(Signpost),
});

export type SettingsFile = z.infer<typeof SettingsFile>;
export type { Week };

type Notice = z.infer<typeof Notice>;
type Values<S> = { readonly [K in keyof S]: S[K] extends { readonly value: infer V } ? V | undefined : never };

/** What holds on one day. A value out of its dates is undefined: the service gives its link, or leaves the sentence out. */
export interface Settings {
  readonly council: Readonly<SettingsFile['council']> & {
    readonly phone: string | undefined;
    readonly outOfHoursPhone: string | undefined;
  };
  readonly phones: Values<SettingsFile['phones']>;
  readonly links: Values<SettingsFile['links']>;
  readonly hours: Values<SettingsFile['hours']>;
  readonly times: Values<SettingsFile['times']>;
  readonly windows: Values<SettingsFile['windows']>;
  readonly prices: Values<SettingsFile['prices']>;
  readonly contacts: Values<SettingsFile['contacts']>;
  /** By service; read through its `content`. */
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly map: { readonly tiles: z.infer<typeof Tiles> | undefined };
  readonly chat: { readonly leaveTo?: string | undefined; readonly idleMinutes?: number | undefined };
  /** Those of the day. */
  readonly notices: readonly Notice[];
  readonly signposts: readonly {
    readonly id: string;
    readonly title: Readonly<Record<string, string>>;
    readonly words: Readonly<Record<string, readonly string[]>>;
    readonly link: string | undefined;
    readonly hours?: 'contactCentre' | undefined;
  }[];
}

export type SettingsRead =
  | {
      readonly ok: true;
      readonly file: SettingsFile;
      readonly settings: Settings;
      readonly warnings: readonly string[];
    }
  /** One line per error: the path and what is wrong there. */
  | { readonly ok: false; readonly errors: readonly string[] };

/** Checks a settings file and resolves it for a day. A running process resolves it anew each day with `settingsOn`. */
export function readSettings(json: unknown, today: IsoDate): SettingsRead {
  const parsed = SettingsFile.safeParse(json);
  if (!parsed.success)
    return {
      ok: false,
      errors: parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(file)'}: ${message}`),
    };
  return {
    ok: true,
    file: parsed.data,
    settings: settingsOn(parsed.data, today),
    warnings: outOfDate(parsed.data, today).map((age) => ageLine(age, today)),
  };
}

interface Dated {
  readonly effectiveFrom: IsoDate;
  readonly expiresOn: IsoDate;
}
const holds = (entry: Dated, today: IsoDate) => entry.effectiveFrom <= today && today <= entry.expiresOn;

function valuesOn<S extends Readonly<Record<string, Dated & { readonly value: unknown }>>>(
  entries: S,
  today: IsoDate,
): Values<S> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [key, holds(entry, today) ? entry.value : undefined]),
  ) as Values<S>;
}

/** What a file says on one day. */
export function settingsOn(file: SettingsFile, today: IsoDate): Settings {
  const phones = valuesOn(file.phones, today);
  return {
    council: { ...file.council, phone: phones.contactCentre, outOfHoursPhone: phones.outOfHours },
    phones,
    links: valuesOn(file.links, today),
    hours: valuesOn(file.hours, today),
    times: valuesOn(file.times, today),
    windows: valuesOn(file.windows, today),
    prices: valuesOn(file.prices, today),
    contacts: valuesOn(file.contacts, today),
    services: Object.fromEntries(Object.entries(file.services).map(([id, values]) => [id, valuesOn(values, today)])),
    map: { tiles: file.map && valuesOn(file.map, today).tiles },
    chat: file.chat ?? {},
    notices: file.notices.filter((notice) => notice.from <= today && today <= notice.until),
    signposts: file.signposts.map((signpost) => ({
      ...signpost,
      link: holds(signpost.link, today) ? signpost.link.value : undefined,
    })),
  };
}
