import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gazetteerImportedAt } from './backoffice/gazetteer';
import type { Channel, ChannelConfig, ChannelContext, Logger } from './channels/channel';
import { type Config, ConfigError } from './config';
import { localDate } from './conversation/calendar';
import { checkContent } from './conversation/content';
import type { Clock, Gazetteer, Render } from './conversation/ports';
import type { Service } from './conversation/service';
import { ageLine, outOfDate, type SettingAge } from './conversation/settingAges';
import { readSettings, type Settings, settingsOn } from './conversation/settings';
import { createRecogniser, type LoadedRecogniser, MODEL_FILE } from './nlu/recogniser';
import { randomId } from './randomId';
import { createStore } from './storage/index';
import type { Store } from './storage/store';

/** The steps of a start that are more than a call. Each ends in a ConfigError where an operator can mend it. */

/** The records cannot be opened now; perhaps they can later. The message begins with the setting that says where they are. */
export class RecordsUnavailable extends Error {
  override readonly name = 'RecordsUnavailable';
}

/** @throws RecordsUnavailable */
export async function openRecords({ dataDir, databaseUrl }: Config): Promise<Store> {
  try {
    return await createStore({ dataDir, databaseUrl, randomId });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const where = databaseUrl ? 'DATABASE_URL' : `WANDLE_DATA: ${join(dataDir, 'wandle.db')}`;
    throw new RecordsUnavailable(`${where}: ${message || code}`, { cause: error });
  }
}

/** The council's settings in a running process. */
export interface CouncilSettings {
  /** Those of the present day, resolved anew each day; then what is out of date is logged again. */
  readonly today: () => Settings;
  /** Values that are told to nobody today, for the desk. */
  readonly outOfDate: () => readonly SettingAge[];
}

/** @throws ConfigError with one line for each error in the file */
export function councilSettings(
  config: Config,
  services: readonly Service[],
  clock: Clock,
  logger: Logger,
): CouncilSettings {
  let day = localDate(clock.now());
  const read = readSettings(jsonFile(config.councilFile), day);
  const errors = read.ok ? checkContent(services, read.file) : read.errors;
  if (!read.ok || errors.length > 0) throw new ConfigError(errors.map((error) => `${config.councilFile}: ${error}`));
  const { file } = read;
  let { settings } = read;
  const warn = (): void => {
    for (const age of outOfDate(file, day))
      logger.warn({ setting: ageLine(age, day) }, 'a council setting is out of date');
  };
  warn();
  const today = (): Settings => {
    const now = localDate(clock.now());
    if (now !== day) {
      [day, settings] = [now, settingsOn(file, now)];
      warn();
    }
    return settings;
  };
  return { today, outOfDate: () => outOfDate(file, localDate(clock.now())) };
}

function jsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError([`${path}: ${(error as Error).message}`]);
  }
}

export function channelConfig(config: Config, settings: Settings, render: Render, webDir: string): ChannelConfig {
  const { name, shortName, phone } = settings.council;
  return {
    publicUrl: config.publicUrl,
    webDir,
    production: config.production,
    secrets: config.secrets,
    council: { name, shortName, phone: phone ?? '' },
    languages: render.languages,
    directline: config.directline,
    sms: config.twilio,
    botframework: config.botframework,
  };
}

type MakeChannel = (context: ChannelContext) => Channel;

/** Channels are found by folder listing: the `index` of each folder of `src/channels` exports the function that makes it. */
export async function loadChannels(config: Config, context: ChannelContext): Promise<readonly Channel[]> {
  const folder = join(config.codeRoot, 'src', 'channels');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Promise.all(
    names.map(async ({ name }) => {
      const module = (await import(join(folder, name, 'index.js'))) as {
        default: MakeChannel | { default: MakeChannel };
      };
      return (typeof module.default === 'function' ? module.default : module.default.default)(context);
    }),
  );
}

export async function loadRecogniser(config: Config, render: Render, gazetteer: Gazetteer): Promise<LoadedRecogniser> {
  const modelDir = join(config.root, 'dist', 'nlu');
  if (!existsSync(join(modelDir, MODEL_FILE)))
    throw new ConfigError(['The language model has not been built: npm run nlu:train']);
  const lexicons = Object.fromEntries(render.languages.map((language) => [language, render.lexicon(language)]));
  return createRecogniser({ modelDir, lexicons, streets: await gazetteer.streetNames() });
}

const GAZETTEER_CHECK_MS = 10_000;

/** After an import by another process the recogniser learns the new street names. Answers a function that ends the watch. */
export function watchGazetteer(
  store: Store,
  gazetteer: Gazetteer,
  recogniser: LoadedRecogniser,
  logger: Logger,
): () => void {
  let known: number | undefined;
  const look = async (): Promise<void> => {
    const at = await gazetteerImportedAt(store);
    if (known !== undefined && at !== known) recogniser.setStreets(await gazetteer.streetNames());
    known = at;
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => logger.warn({ err: error }, 'the gazetteer could not be looked at'));
  }, GAZETTEER_CHECK_MS);
  void look().catch(() => {});
  return () => clearInterval(timer);
}

/** Where to go, for whoever has just typed `npm start`. */
export function announce(config: Config, adminLink: string | undefined): void {
  const { publicUrl, twilio } = config;
  const phonePage = twilio.mode === 'simulated' && twilio.apiBaseUrl === undefined && !config.production;
  const lines = [
    'Wandle is ready.',
    `  Demo council page  ${publicUrl}/`,
    `  Web chat           ${publicUrl}/chat`,
    phonePage
      ? `  Text messages      ${publicUrl}/sms  (a phone on the screen: no account is needed)`
      : `  Text messages      Twilio, ${twilio.from.join(', ')}`,
    `  Agent desk         ${publicUrl}/desk`,
    ...(adminLink ? ['', `  First sign-in to the desk (works once, within 24 hours):  ${adminLink}`] : []),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
