import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDate, momentOf } from '../../src/conversation/calendar';
import { loadServices } from '../../src/conversation/catalogue';
import { createCommands } from '../../src/conversation/commands';
import {
  type CaseSummary,
  type Cases,
  type Collections,
  type Disclosures,
  type Effect,
  EXCEPTIONS,
  type Gazetteer,
  type Handoff,
  type Json,
  type Recogniser,
  type Round,
  Unavailable,
  type Zones,
} from '../../src/conversation/ports';
import { createRender, type Wording } from '../../src/conversation/render';
import { dedupeKeyOf, type Service } from '../../src/conversation/service';
import { readSettings, type Settings } from '../../src/conversation/settings';
import { createRecogniser } from '../../src/nlu/recogniser';
import { theBorough } from './borough';

/** The borough that conversations are tried in: the demo's, with what a file's header changes. */

const ROOT = join(__dirname, '../..');
const LOCALES = join(ROOT, 'locales');

export interface Header {
  readonly now: string;
  readonly language?: string;
  readonly channel?: string;
  /** "10 Sample Road / food": what the rounds system says of the last round. "10 Sample Road": null, its list of days has ended. */
  readonly collections?: {
    readonly [place: string]: {
      readonly date?: string;
      readonly finished?: boolean;
      readonly exception?: string;
    } | null;
  };
  /** Systems that do not answer. */
  readonly unavailable?: readonly ('collections' | 'cases' | 'gazetteer' | 'zones' | 'disclosures')[];
  /** Settings as they are not in the demo's file, by path: `times.binsOutBy: "07:00"`, `notices: […]`; null: out of its dates. */
  readonly settings?: { readonly [path: string]: Json };
  /** `none`: only postcodes and streets were imported. */
  readonly addresses?: 'none';
  /** `none`: no person is there. */
  readonly agents?: 'none';
}

export interface World {
  readonly gazetteer: Gazetteer;
  readonly collections: Collections;
  readonly cases: Cases;
  readonly handoff: Handoff;
  readonly zones: Zones;
  readonly disclosures: Disclosures;
  readonly settings: () => Settings;
  /** Cases as effects have left them. */
  readonly apply: (effect: Effect) => void;
  /** The desk closes a case. */
  readonly close: (closed: { readonly reference: string; readonly note?: string }) => void;
}

export interface Kit {
  readonly recogniser: Recogniser;
  readonly render: Wording;
  readonly commands: ReturnType<typeof createCommands>;
  readonly services: readonly Service[];
}

let kit: Promise<Kit> | undefined;

/** What does not change between conversations: wording, services, the trained recogniser. */
export function theKit(): Promise<Kit> {
  kit ??= makeKit();
  return kit;
}

async function makeKit(): Promise<Kit> {
  const render = createRender(LOCALES, { strict: true });
  const lexicons = Object.fromEntries(render.languages.map((language) => [language, render.lexicon(language)]));
  const streets = await (await theBorough('2026-11-24')).gazetteer.streetNames();
  return {
    render,
    commands: createCommands(LOCALES, render.languages),
    services: await loadServices(join(ROOT, 'dialogs')),
    recogniser: createRecogniser({ modelDir: join(ROOT, 'dist/nlu'), lexicons, streets }),
  };
}

/** @param desk whether a person is there, as it is at the moment of asking */
export async function makeWorld(
  header: Header,
  now: () => number,
  desk: { readonly agents?: 'none' | undefined } = header,
): Promise<World> {
  const borough = await theBorough(localDate(now()));
  const cases = new Map<
    string,
    CaseSummary & { readonly key: string; readonly contact?: string; readonly place?: string }
  >();
  const down = new Set(header.unavailable ?? []);
  return {
    gazetteer: down.has('gazetteer') ? broken(borough.gazetteer) : known(borough.gazetteer, header),
    collections: down.has('collections')
      ? broken(borough.collectionsAt(now))
      : changed(borough.collectionsAt(now), borough.gazetteer, header),
    zones: down.has('zones') ? broken(borough.zones) : borough.zones,
    disclosures: down.has('disclosures') ? broken(borough.disclosures) : borough.disclosures,
    cases: down.has('cases') ? broken(casesOf(cases)) : casesOf(cases),
    handoff: {
      availability: async () =>
        desk.agents === 'none' ? closedDesk(now()) : { open: true, agentsOn: 1, waiting: 1, waitMinutes: [2, 5] },
    },
    settings: () => theSettings(localDate(now()), header.settings),
    apply: (effect) => applyTo(cases, effect, now()),
    close: ({ reference, note }) => {
      const held = cases.get(reference);
      if (held) cases.set(reference, { ...held, status: 'closed', ...(note && { note }) });
    },
  };
}

const closedDesk = (now: number) => ({
  open: false,
  agentsOn: 0,
  waiting: 0,
  opensAt: momentOf(localDate(now + 86_400_000), '09:00'),
});

const settingsByDay = new Map<string, Settings>();

function theSettings(today: string, changes: Header['settings'] = {}): Settings {
  const key = `${today} ${JSON.stringify(changes)}`;
  const known = settingsByDay.get(key);
  if (known) return known;
  const file = JSON.parse(readFileSync(join(ROOT, 'dialogs/council.json'), 'utf8')) as { [key: string]: unknown };
  for (const [path, value] of Object.entries(changes)) change(file, path.split('.'), value);
  const read = readSettings(file, today);
  if (!read.ok) throw new Error(read.errors.join('\n'));
  settingsByDay.set(key, read.settings);
  return read.settings;
}

function change(file: { [key: string]: unknown }, path: readonly string[], value: Json): void {
  const [name = '', ...rest] = path;
  const entry = file[name];
  if (rest.length > 0) change(entry as { [key: string]: unknown }, rest, value);
  else if (Array.isArray(entry)) file[name] = value;
  else if (value === null) Object.assign(entry as object, { effectiveFrom: '2000-01-01', expiresOn: '2000-01-01' });
  else Object.assign(entry as object, { value });
}

function broken<P extends object>(port: P): P {
  return new Proxy(port, {
    get: () => async () => {
      throw new Unavailable('down for the test');
    },
  });
}

const known = (gazetteer: Gazetteer, { addresses }: Header): Gazetteer =>
  addresses === 'none' ? { ...gazetteer, findAddresses: async () => [], address: async () => undefined } : gazetteer;

function changed(collections: Collections, gazetteer: Gazetteer, { collections: changes = {} }: Header): Collections {
  return {
    ...collections,
    calendar: async (uprn, from, days) => {
      const address = await gazetteer.address(uprn);
      return changes[address?.line ?? ''] === null ? [] : await collections.calendar(uprn, from, days);
    },
    lastRound: async (uprn, stream, at) => {
      const base = await collections.lastRound(uprn, stream, at);
      const address = await gazetteer.address(uprn);
      const change = changes[`${address?.line ?? ''} / ${stream}`];
      if (change === undefined) return base;
      if (change === null) return undefined;
      const { finishedAt: _f, exception: _e, ...rest } = base ?? { stream, date: localDate(at) };
      const date = change.date ?? rest.date;
      const code = EXCEPTIONS.find((each) => each === change.exception);
      const round: Round = { ...rest, date };
      return {
        ...round,
        ...(change.finished && { finishedAt: momentOf(date, '13:30') }),
        ...(code && { exception: { code, at: momentOf(date, '07:42') } }),
      };
    },
  };
}

type Held = Map<string, CaseSummary & { readonly key: string; readonly contact?: string; readonly place?: string }>;

function casesOf(cases: Held): Cases {
  const compact = (text: string): string => text.toLowerCase().replace(/[^a-z0-9@+]/g, '');
  return {
    openWithKey: async (key) => [...cases.values()].find((each) => each.key === key),
    openNear: async (service, position, metres) =>
      [...cases.values()]
        .filter((each) => each.service === service && each.position !== undefined)
        .map((each) => ({
          ...each,
          metres: Math.round(
            Math.hypot((each.position?.lat ?? 0) - position.lat, (each.position?.lon ?? 0) - position.lon) * 111_000,
          ),
        }))
        .filter((each) => each.metres <= metres),
    countOpen: async (service, ...parts) =>
      [...cases.values()].filter((each) => each.key.startsWith(`${dedupeKeyOf(service, ...parts)}|`)).length,
    isOpen: async (reference) => cases.get(reference)?.status === 'open',
    countAt: async (service, place, since) =>
      [...cases.values()].filter((each) => each.service === service && each.place === place && each.openedAt >= since)
        .length,
    status: async (reference, detail) => {
      const found = cases.get(reference);
      return found && compact(JSON.stringify([found.answers, found.contact ?? ''])).includes(compact(detail))
        ? found
        : undefined;
    },
  };
}

function applyTo(cases: Held, effect: Effect, now: number): void {
  if (effect.kind === 'open-case') {
    const { reference, service, dedupeKey: key, answers, position, place, dueAt } = effect;
    if ([...cases.values()].some((each) => each.key === key)) throw new Error(`a second case for ${key}`);
    cases.set(reference, {
      reference,
      service,
      key,
      status: 'open',
      openedAt: now,
      answers,
      followers: 0,
      ...(position && { position }),
      ...(place && { place }),
      ...(dueAt !== undefined && { dueAt }),
    });
  }
  const held = 'reference' in effect ? cases.get(effect.reference) : undefined;
  if (held && effect.kind === 'contact-for-case') cases.set(effect.reference, { ...held, contact: effect.contact });
  if (held && effect.kind === 'follow-case') cases.set(effect.reference, { ...held, followers: held.followers + 1 });
}
