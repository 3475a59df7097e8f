import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** Programs some suites need: a private PostgreSQL or Redis for the run of a suite, a browser. Nothing of it is shared or kept. */
interface Services {
  readonly postgres: Server;
  readonly redis: Server;
  readonly chromium: { readonly executablePath: string };
}

export interface Server {
  /** Connection URL, once started; the same after `stop` and `start`. */
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes its files. */
  destroy(): Promise<void>;
}

/** Starting a cluster takes a second or two, more where all cores are busy. */
const START_TIMEOUT_MS = 60_000;

/**
 * `describe` for a suite that needs a program, which runs while the suite's tests and hooks do. Where the program is not
 * installed the suite is skipped and says so; under `CI=true` it fails.
 */
export function describeWith<Name extends keyof Services>(name: Name, suite: (service: Services[Name]) => void): void {
  const service = FIND[name]() as Services[Name] | undefined;
  if (!service) {
    reportMissing(name);
    return;
  }
  describe(`with ${name}`, () => {
    if ('start' in service) {
      beforeAll(() => service.start(), START_TIMEOUT_MS);
      afterAll(() => service.destroy(), START_TIMEOUT_MS);
    }
    suite(service);
  });
}

const FIND: { readonly [Name in keyof Services]: () => Services[Name] | undefined } = { postgres, redis, chromium };

function reportMissing(name: string): void {
  const reason = `${name} is not installed: the tests that need it do not run`;
  if (process.env.CI !== 'true') process.stderr.write(`${reason}\n`);
  const declare = process.env.CI === 'true' ? test : test.skip;
  declare(`needs ${name}`, () => {
    throw new Error(reason);
  });
}

/** A throw-away cluster on a unix socket, without durability; undefined where PostgreSQL is not installed. */
function postgres(): Server | undefined {
  const initdb = which(['initdb'], postgresFolders());
  const program = which(['postgres'], postgresFolders());
  if (!initdb || !program) return undefined;
  let folder: string | undefined;
  let child: ChildProcess | undefined;
  return {
    get url() {
      if (!folder) throw new Error('PostgreSQL is not started');
      return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
    },
    async start() {
      folder ??= makeCluster(initdb);
      const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'full_page_writes=off'];
      const flags = settings.flatMap((setting) => ['-c', setting]);
      child = spawn(program, ['-D', join(folder, 'data'), ...flags], {
        stdio: 'ignore',
        cwd: folder,
        ...unprivileged(),
      });
      await untilReady(child, () => canQuery(this.url));
    },
    stop: () => end(child, 'SIGINT'),
    async destroy() {
      await end(child, 'SIGQUIT');
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCluster(initdb: string): string {
  // Short: the path of a unix socket has at most 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  const owner = unprivileged();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const options = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  execFileSync(initdb, ['-D', join(folder, 'data'), ...options], { stdio: 'ignore', cwd: folder, ...owner });
  return folder;
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function postgresFolders(): readonly string[] {
  const packages = '/usr/lib/postgresql';
  if (!existsSync(packages)) return [];
  const versions = readdirSync(packages).toSorted((one, other) => Number(other) - Number(one));
  return versions.map((version) => join(packages, version, 'bin'));
}

/** A private redis-server that keeps nothing; undefined where it is not installed. */
function redis(): Server | undefined {
  const program = which(['redis-server', 'valkey-server']);
  if (!program) return undefined;
  let port: number | undefined;
  let child: ChildProcess | undefined;
  return {
    get url() {
      if (!port) throw new Error('Redis is not started');
      return `redis://127.0.0.1:${port}`;
    },
    async start() {
      const chosen = port ?? (await freePort());
      port = chosen;
      const options = ['--port', `${chosen}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(program, options, { stdio: 'ignore', cwd: tmpdir() });
      await untilReady(child, () => canConnect(chosen));
    },
    stop: () => end(child, 'SIGKILL'),
    destroy: () => end(child, 'SIGKILL'),
  };
}

/** The browser for `playwright-core`; undefined where none is installed. */
function chromium(): Services['chromium'] | undefined {
  const executablePath = which(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);
  return executablePath ? { executablePath } : undefined;
}

function which(names: readonly string[], folders: readonly string[] = []): string | undefined {
  const path = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => [...folders, ...path].map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A port nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with exit code ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error(`${child.spawnfile} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A socket is not enough: PostgreSQL listens before it lets anybody in. */
async function canQuery(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    const answer = (can: boolean) => {
      socket.destroy();
      resolve(can);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
