import { join } from 'node:path';
import { localDate, momentOf } from '../../src/conversation/calendar';
import { createCommands } from '../../src/conversation/commands';
import type { Effect, EpochMs, Language } from '../../src/conversation/ports';
import { makeReference } from '../../src/conversation/reference';
import type { Wording } from '../../src/conversation/render';
import type { Settings } from '../../src/conversation/settings';
import type { Surroundings } from '../../src/conversation/settle';
import { type Header, makeWorld, type World } from '../conversations/world';

/** The conversation tests' borough, fast enough for many thousand conversations: what was once looked up is remembered. */
export interface Town {
  readonly channel: string;
  readonly language: Language;
  readonly now: () => EpochMs;
  readonly wait: (hours: number) => void;
  readonly apply: (effect: Effect) => void;
  readonly surroundings: (render: Wording) => Surroundings;
}

export interface Circumstances extends Header {
  readonly channel: 'web' | 'sms';
  readonly language: Language;
}

const LOCALES = join(__dirname, '../../locales');
const commands = createCommands(LOCALES, ['en', 'pl']);

const PHONE = '+447700900123';
const HOUR_MS = 3_600_000;

export async function town(circumstances: Circumstances): Promise<Town> {
  const { channel, language } = circumstances;
  let now = momentOf(circumstances.now.slice(0, 10), circumstances.now.slice(11, 16));
  let made = 0;
  const world = await makeWorld(circumstances, () => now);
  const { cases, apply, settings: _, ...others } = world;
  const scope = JSON.stringify([
    circumstances.now.slice(0, 10),
    circumstances.unavailable,
    circumstances.addresses,
    circumstances.agents,
  ]);
  const remembered = Object.fromEntries(
    Object.entries(others).map(([name, port]) => [
      name,
      remembering(port, () => `${scope} ${name} ${Math.floor(now / HOUR_MS)}`),
    ]),
  ) as Omit<World, 'cases' | 'apply' | 'settings'>;
  return {
    channel,
    language,
    now: () => now,
    wait: (hours) => {
      now += hours * HOUR_MS;
    },
    apply,
    surroundings: (render) => {
      const settings = settingsOn(localDate(now), world);
      const phone = channel === 'sms' ? { phone: PHONE } : {};
      const has: Surroundings['known']['has'] = (key) => render.has(key, language);
      const landmarkIn = (words: string): string | undefined => commands.landmark(words, language);
      return {
        known: { now, channel, language, settings, has, landmarkIn, ...phone },
        ports: { ...remembered, cases, settings, now, ...phone },
        newReference: (letters) => makeReference(letters, (below) => (made++ * 7 + 3) % below),
      };
    },
  };
}

const settingsByDay = new Map<string, Settings>();

function settingsOn(day: string, world: World): Settings {
  const known = settingsByDay.get(day) ?? world.settings();
  settingsByDay.set(day, known);
  return known;
}

const answers = new Map<string, unknown>();

/** A port whose answers are kept: within an hour of a day they are the same. */
function remembering<P extends object>(port: P, scope: () => string): P {
  const remember = (name: string | symbol, ask: unknown) =>
    typeof ask !== 'function'
      ? ask
      : (...args: readonly unknown[]): unknown => {
          const key = `${scope()} ${String(name)} ${JSON.stringify(args)}`;
          if (!answers.has(key)) answers.set(key, ask.apply(port, args));
          return answers.get(key);
        };
  return new Proxy(port, { get: (target, name) => remember(name, Reflect.get(target, name)) });
}
