import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createDutyAlerts } from './alerts/index';
import { binCalendarRoutes } from './backoffice/binCalendar';
import { createCases } from './backoffice/cases';
import { createCollections } from './backoffice/collections';
import { installDemo } from './backoffice/demoInstall';
import { createDisclosures } from './backoffice/disclosures';
import { createGazetteer } from './backoffice/gazetteer';
import { createPlaceSearch } from './backoffice/places';
import { createZones } from './backoffice/zones';
import type { Routes } from './channels/channel';
import { systemClock } from './clock';
import { ConfigError, readConfig } from './config';
import { createBot } from './conversation/bot';
import { checkCatalogue, loadServices } from './conversation/catalogue';
import { createCommands } from './conversation/commands';
import { isOpen, opensAt } from './conversation/openingHours';
import type { Say } from './conversation/ports';
import { makeReference } from './conversation/reference';
import { createRender } from './conversation/render';
import type { Settings } from './conversation/settings';
import { createFailpoint } from './failpoint';
import { createDesk } from './handoff/index';
import { createLogger } from './logger';
import { createMetrics } from './metrics';
import { randomId } from './randomId';
import { createServer } from './server';
import {
  announce,
  channelConfig,
  councilSettings,
  loadChannels,
  loadRecogniser,
  openRecords,
  RecordsUnavailable,
  watchGazetteer,
} from './startup';
import { createBus } from './storage/bus/index';
import { createFileRetention } from './storage/fileRetention';
import { createFolderFiles } from './storage/files';
import { createRateLimits } from './storage/limits/index';
import { createLocks } from './storage/locks/index';
import { createEchoBot } from './turn/echoBot';
import { createTurnEngine, type TurnEngine } from './turn/engine';
import { siteRoutes } from './web/site/routes';

const EX_CONFIG = 78;
const DAY_MS = 86_400_000;
/** SIGTERM drains within 10 s, sockets first; what is left then is finished by the next process. */
const DRAIN_MS = 6_000;
const GIVE_UP_MS = 9_500;

/** The composition root: reads the configuration, wires the parts, listens, and prints where to go. */
async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger();
  // A bug in one place must not take everybody's conversations down: what it left unfinished is still in the inbox.
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a rejection that nobody handled'));
  const clock = systemClock(config.clockShift);
  const localesDir = join(config.root, 'locales');
  const render = createRender(localesDir);
  const services = await loadServices(join(config.codeRoot, 'dialogs'));
  const council = councilSettings(config, services, clock, logger);
  const settings = council.today;
  const missing = checkCatalogue(services, render, join(config.root, 'intents'));
  if (missing.length > 0) throw new ConfigError(missing);

  const store = await openRecords(config);
  const bus = createBus(config.redisUrl);
  const locks = createLocks(config.redisUrl);
  const limits = createRateLimits(config.redisUrl, clock.now);
  const metrics = createMetrics(store, config.metricsToken);
  if (config.demo) await installDemo(store, clock.now());
  const gazetteer = createGazetteer(store);
  const places = createPlaceSearch(store, gazetteer);
  const recogniser = await loadRecogniser(config, render, gazetteer);
  const webDir = join(config.root, 'dist', 'web');
  const files = createFolderFiles(join(config.dataDir, 'files'), clock.now);
  const keepMs = config.keepFilesDays * DAY_MS;
  const retention = createFileRetention({ files, store, now: clock.now, keepMs, logger });

  const desk = createDesk({
    store,
    bus,
    render,
    limits,
    logger,
    webDir,
    files,
    randomId,
    now: clock.now,
    publicUrl: config.publicUrl,
    wake: (id) => engine.wake(id),
    council: settings().council,
    hours: {
      isOpen: (at) => isOpen(settings().hours.contactCentre ?? NEVER, at),
      nextOpening: (at) => opensAt(settings().hours.contactCentre ?? NEVER, at),
    },
    settingsOutOfDate: council.outOfDate,
  });
  const collections = createCollections(store, clock.now, config.publicUrl);
  const bot = createBot({
    recogniser,
    render,
    services,
    gazetteer,
    settings,
    commands: createCommands(localesDir, render.languages),
    collections,
    zones: createZones(store),
    disclosures: createDisclosures(store),
    cases: createCases(store),
    handoff: desk.handoff,
  });
  const duty = createDutyAlerts({
    ...config.duty,
    address: () => settings().contacts.dutyAlert,
    council: settings().council.name,
    publicUrl: config.publicUrl,
    render,
    now: clock.now,
    logger,
  });
  const failpoint = createFailpoint(config.failpoint);
  const engine: TurnEngine = createTurnEngine({
    store,
    bus,
    locks,
    clock,
    randomId,
    failpoint,
    logger,
    bot: config.bot === 'echo' ? createEchoBot : bot,
    random: Math.random,
    newReference: (letters) => makeReference(letters, randomInt),
    apology: (language) => ({ type: 'message', text: render.say({ text: 'common:apology' }, language ?? 'en').text }),
    limits: { stuckAfterMs: config.stuckAfterMs },
    observe: metrics.turn,
    alertRows: duty.rows,
  });
  const channels = await loadChannels(config, {
    config: channelConfig(config, settings(), render, webDir),
    inlet: engine.inlet,
    log: engine.log,
    push: engine.push,
    now: clock.now,
    randomId,
    allow: limits.allow,
    logger,
    files,
    places,
    failpoint,
  });
  const site = siteRoutes({
    distDir: webDir,
    publicUrl: config.publicUrl,
    origins: config.directline.origins,
    council: { ...settings().council, phone: settings().council.phone ?? '' },
    sms: config.twilio.from[0],
    languages: render.languages,
    map: { tiles: () => settings().map.tiles, area: () => places.area() },
    safety: settings().chat,
    nonce: randomId,
    nameOf: (language: string) => render.say({ text: 'common:language.name' }, language).text,
    ...(config.bot === 'wandle' && { greeting: (language: string) => render.say(greeting(settings()), language).text }),
  });

  const bins = binCalendarRoutes({
    gazetteer,
    collections,
    render,
    allow: limits.allow,
    now: clock.now,
    publicUrl: config.publicUrl,
  });

  const parts: readonly Routes[] = [...channels, desk.routes, site, bins, metrics.routes];
  const server = createServer({ ...config, logger, observe: metrics.request }, parts);
  await server.listen();
  for (const channel of channels) await channel.start?.();
  duty.start(engine.push);
  desk.start();
  engine.start();
  retention.start();
  const endWatch = watchGazetteer(store, gazetteer, recogniser, logger);
  onSignal(async () => {
    endWatch();
    retention.stop();
    const closed = server.close();
    for (const part of parts) await part.close?.();
    // Requests that still run write to the store.
    const [finished] = await Promise.all([engine.drain(DRAIN_MS), closed]);
    for (const port of [bus, locks, limits, store]) await port.close();
    logger.info({ finished }, 'stopped');
  });
  announce(config, await desk.ensureAdmin());
  recogniser.warm(clock.now());
}

/** What the bot says to whoever comes: the chat's page shows it before any script has come. */
const greeting = ({ council }: Settings): Say => ({ text: 'common:greeting', params: { council: council.name } });

/** A contact centre whose hours have expired in the settings: open to whoever is signed in, promised to nobody. */
const NEVER = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };

/** The first SIGTERM or SIGINT stops in order, the second at once. */
function onSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

/** One line per error an operator can mend; the whole error for what only we can. */
function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    for (const line of error.lines) process.stderr.write(`${line}\n`);
    process.exit(EX_CONFIG);
  }
  if (error instanceof RecordsUnavailable) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || code === 'ENOTFOUND') {
    process.stderr.write(`${code === 'EADDRINUSE' || code === 'EACCES' ? 'PORT' : 'HOST'}: ${message}\n`);
    process.exit(EX_CONFIG);
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
