import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { botframeworkContradictions, botframeworkEnvironment, botframeworkFrom } from './botframeworkConfig';
import type { ChannelConfig } from './channels/channel';
import { type DutyConfig, dutyContradictions, dutyEnvironment, dutyFrom } from './dutyConfig';

/** Everything an operator can set, read once and parsed once. The names are documented in README.md, "Settings". */
export interface Config {
  /** The project's folder: `locales/`, `intents/`, `dialogs/council.json` and `dist/` are below it. */
  readonly root: string;
  /** Compiled code or sources: where `dialogs/` and `src/channels/` are listed. */
  readonly codeRoot: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly production: boolean;
  readonly dataDir: string;
  readonly councilFile: string;
  /** No council file was given: this is the demo council, and its borough is laid in. */
  readonly demo: boolean;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Signing secrets, newest first. */
  readonly secrets: readonly string[];
  /** Milliseconds to add to the system clock. */
  readonly clockShift: number;
  readonly trustProxy: boolean;
  readonly metricsToken: string | undefined;
  readonly bot: 'wandle' | 'echo';
  readonly directline: ChannelConfig['directline'];
  readonly twilio: ChannelConfig['sms'];
  readonly botframework: ChannelConfig['botframework'];
  readonly duty: DutyConfig;
  /** `<name>:<n>`: a fault test kills the process when it passes the named place the n-th time. */
  readonly failpoint: { readonly name: string; readonly hit: number } | undefined;
  /** Days after which what residents have uploaded is deleted. */
  readonly keepFilesDays: number;
  /** How long a half-sent message waits for its receipt before it is looked up. */
  readonly stuckAfterMs: number;
}

/** The configuration cannot be used: one line per error. The process ends with exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Characters. */
const SHORTEST_SECRET = 16;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const flag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off'], 'is neither on nor off')
  .transform((text) => ['1', 'true', 'on'].includes(text));
const webUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
  .transform((text) => text.replace(/\/+$/, ''));
const port = z.coerce
  .number('is not a port number')
  .int('is not a port number')
  .min(0, 'is not a port number')
  .max(65535, 'is not a port number');
const phone = z.string().regex(/^\+\d{7,15}$/, 'is not a number in the form +447700900001');

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port.default(3978),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: webUrl.optional(),
  WANDLE_DATA: z.string().min(1).default('./data'),
  WANDLE_COUNCIL: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is not a postgres:// address')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'is not a redis:// address')
    .optional(),
  WANDLE_SECRET: list
    .pipe(z.array(z.string().min(SHORTEST_SECRET, `has a secret of less than ${SHORTEST_SECRET} characters`)).min(1))
    .optional(),
  WANDLE_NOW: z.iso
    .datetime({ offset: true, local: true, error: 'is not a moment such as 2026-11-24T19:10:00Z' })
    .optional(),
  WANDLE_TRUST_PROXY: flag.default(false),
  WANDLE_METRICS_TOKEN: z.string().min(8, 'is shorter than 8 characters').optional(),
  WANDLE_BOT: z.enum(['wandle', 'echo'], 'is neither wandle nor echo').default('wandle'),
  WANDLE_DIRECTLINE_SECRET: z.string().min(8, 'is shorter than 8 characters').optional(),
  WANDLE_ORIGINS: list.pipe(z.array(webUrl)).default([]),
  WANDLE_TWILIO: z.enum(['live', 'simulated'], 'is neither live nor simulated').optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'is not an account SID (AC and 32 hexadecimal digits)')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(16, 'is too short for a token').optional(),
  TWILIO_AUTH_TOKEN_SECONDARY: z.string().min(16, 'is too short for a token').optional(),
  TWILIO_FROM: list.pipe(z.array(phone)).optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/i, 'is not a messaging service SID')
    .optional(),
  TWILIO_API_BASE_URL: webUrl.optional(),
  ...dutyEnvironment,
  ...botframeworkEnvironment,
  WANDLE_KEEP_FILES_DAYS: z.coerce
    .number('is not a number')
    .int('is not a whole number')
    .min(1, 'is less than 1')
    .max(3650, 'is more than 3650')
    .default(90),
  WANDLE_FAILPOINT: z
    .string()
    .regex(/^[a-z-]+:\d+$/, 'is not <name>:<n>')
    .optional(),
  WANDLE_STUCK_AFTER_MS: z.coerce
    .number('is not a number')
    .int('is not a whole number')
    .min(1000, 'is less than 1000')
    .max(600_000, 'is more than 600000')
    .default(60_000),
});
type Environment = z.infer<typeof environment>;

/** @throws ConfigError with every error found, not only the first. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`));
  const problems = contradictions(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return configFrom(parsed.data);
}

/** What each setting alone cannot show. */
function contradictions(env: Environment): string[] {
  const production = env.NODE_ENV === 'production';
  const problems: string[] = [];
  if (production && env.WANDLE_NOW) problems.push('WANDLE_NOW: a test clock is refused when NODE_ENV=production');
  if (production && env.WANDLE_BOT === 'echo') problems.push('WANDLE_BOT: echo is refused when NODE_ENV=production');
  if (production && env.WANDLE_FAILPOINT) problems.push('WANDLE_FAILPOINT: refused when NODE_ENV=production');
  if (env.WANDLE_COUNCIL && !existsSync(resolve(env.WANDLE_COUNCIL)))
    problems.push(`WANDLE_COUNCIL: no file at ${env.WANDLE_COUNCIL}`);
  problems.push(...dutyContradictions(env), ...botframeworkContradictions(env));
  if (env.WANDLE_TWILIO === 'live') {
    for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'PUBLIC_URL'] as const) {
      if (!env[name]) problems.push(`${name}: needed when WANDLE_TWILIO=live`);
    }
    if (!env.TWILIO_FROM && !env.TWILIO_MESSAGING_SERVICE_SID)
      problems.push('TWILIO_FROM: needed when WANDLE_TWILIO=live (or TWILIO_MESSAGING_SERVICE_SID)');
  }
  return problems;
}

function configFrom(env: Environment): Config {
  const dataDir = resolve(env.WANDLE_DATA);
  const { root, codeRoot } = projectFolders();
  const secrets = env.WANDLE_SECRET ?? [keptSecret(dataDir)];
  const [failName, failHit] = env.WANDLE_FAILPOINT?.split(':') ?? [];
  return {
    root,
    codeRoot,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    production: env.NODE_ENV === 'production',
    dataDir,
    demo: env.WANDLE_COUNCIL === undefined,
    councilFile: resolve(env.WANDLE_COUNCIL ?? join(root, 'dialogs', 'council.json')),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    secrets,
    clockShift: env.WANDLE_NOW ? Date.parse(env.WANDLE_NOW) - Date.now() : 0,
    trustProxy: env.WANDLE_TRUST_PROXY,
    metricsToken: env.WANDLE_METRICS_TOKEN,
    bot: env.WANDLE_BOT,
    directline: { secret: env.WANDLE_DIRECTLINE_SECRET, origins: env.WANDLE_ORIGINS },
    twilio: twilioFrom(env, secrets),
    botframework: botframeworkFrom(env),
    duty: dutyFrom(env),
    failpoint: failName && failHit ? { name: failName, hit: Number(failHit) } : undefined,
    keepFilesDays: env.WANDLE_KEEP_FILES_DAYS,
    stuckAfterMs: env.WANDLE_STUCK_AFTER_MS,
  };
}

/** Without an account everything runs against the stand-in: its account and token are made up from the signing secret. */
function twilioFrom(env: Environment, secrets: readonly string[]): Config['twilio'] {
  const live =
    env.WANDLE_TWILIO === 'live' ||
    (env.WANDLE_TWILIO === undefined && env.TWILIO_ACCOUNT_SID !== undefined && env.TWILIO_AUTH_TOKEN !== undefined);
  const tokens = [env.TWILIO_AUTH_TOKEN, env.TWILIO_AUTH_TOKEN_SECONDARY].filter((token) => token !== undefined);
  return {
    mode: live ? 'live' : 'simulated',
    accountSid: env.TWILIO_ACCOUNT_SID ?? `AC${'0'.repeat(32)}`,
    authTokens: tokens.length > 0 ? tokens : secrets.map((secret) => `simulated-${secret}`),
    from: env.TWILIO_FROM ?? ['+447700900001'],
    messagingServiceSid: env.TWILIO_MESSAGING_SERVICE_SID,
    apiBaseUrl: env.TWILIO_API_BASE_URL,
  };
}

/** The installation's own signing secret: made at the first start, kept in the data folder, readable by its owner only. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) writeWhole(file, randomBytes(32).toString('hex'));
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= SHORTEST_SECRET) return secret;
  } catch (error) {
    throw new ConfigError([`WANDLE_DATA: ${(error as Error).message}`]);
  }
  throw new ConfigError([`WANDLE_DATA: ${file} is cut off; delete it, and everybody signs in anew`]);
}

/** The file is there as a whole or not at all, also when the process is killed or another one makes it at the same time. */
function writeWhole(file: string, content: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** Sources run from `src/`, compiled code from `dist/src/`: the project is where package.json is. */
function projectFolders(): { root: string; codeRoot: string } {
  const codeRoot = dirname(__dirname);
  return { codeRoot, root: existsSync(join(codeRoot, 'package.json')) ? codeRoot : dirname(codeRoot) };
}
