import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  readonly url: string;
  readonly dataDir: string;
  /** The one-time link to the desk that a first start prints. */
  readonly adminLink: string;
  readonly pid: number;
  /** Standard error so far: the structured logs. */
  logs(): string;
  /** SIGTERM; resolves with the exit code. Removes the data folder unless it was given. */
  stop(): Promise<number | null>;
  /** SIGKILL. The data stays. */
  kill(): Promise<void>;
  /** Resolves when the process has ended, by itself or not. */
  readonly ended: Promise<void>;
}

/**
 * Servers of one test file share a clock that began on a Tuesday afternoon in London and runs on: what they say must not depend on
 * the hour of the test, and a restart must not go back in time.
 */
const BEGAN = { there: Date.UTC(2026, 10, 24, 15, 0), here: Date.now() };
const testNow = (): string => new Date(BEGAN.there + Date.now() - BEGAN.here).toISOString();

const READY_TIMEOUT_MS = 30_000;

/**
 * Starts the whole product as its own process, as an operator would, on a free port and an empty data folder (or the given `PORT` and
 * `WANDLE_DATA`).
 */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const port = env.PORT ?? String(await freePort());
  const dataDir = env.WANDLE_DATA ?? mkdtempSync(join(tmpdir(), 'wandle-'));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(__dirname, '..', 'dist', 'src', 'index.js')], {
    env: { PATH: process.env.PATH, PORT: port, PUBLIC_URL: url, WANDLE_DATA: dataDir, WANDLE_NOW: testNow(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => undefined);
  let logs = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    logs += chunk;
  });
  const printed = await ready(child, () => logs);
  return {
    url,
    dataDir,
    adminLink: /First sign-in.*?(http\S+)/.exec(printed)?.[1] ?? '',
    pid: child.pid ?? 0,
    logs: () => logs,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (env.WANDLE_DATA === undefined) rmSync(dataDir, { recursive: true, force: true });
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves with what was printed, once the process says it is ready. */
function ready(child: ChildProcess, logs: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const late = setTimeout(() => fail('did not become ready'), READY_TIMEOUT_MS);
    const fail = (what: string) => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new Error(`Wandle ${what}:\n${printed}\n${logs()}`));
    };
    const exited = () => fail('ended at its start');
    child.once('exit', exited);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      if (!/^Wandle is ready/m.test(printed) || !printed.endsWith('\n')) return;
      clearTimeout(late);
      child.removeListener('exit', exited);
      resolve(printed);
    });
  });
}

/** A port nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Waits until `check` gives something, looking again every few milliseconds; fails after `timeoutMs` with what was waited for. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
