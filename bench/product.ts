import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Product {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The whole product in a process of its own, on a free port and an empty data folder, as an operator would start it; `flags` are Node's. */
export async function startProduct(...flags: readonly string[]): Promise<Product> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as { port: number };
  free.close();
  const dataDir = mkdtempSync(join(tmpdir(), 'wandle-bench-'));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...flags, join(__dirname, '..', 'src', 'index.js')], {
    env: { PATH: process.env.PATH, PORT: String(port), PUBLIC_URL: url, WANDLE_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  for await (const line of child.stdout.setEncoding('utf8')) if (String(line).includes('ready')) break;
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true });
    },
  };
}
