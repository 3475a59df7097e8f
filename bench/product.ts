import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Product {
  readonly url: string;
  stop(): Promise<void>;
}

/** The whole product in a process of its own, on a free port and an empty data folder, as an operator would start it. */
export async function startProduct(): Promise<Product> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as { port: number };
  free.close();
  const dataDir = mkdtempSync(join(tmpdir(), 'wandle-bench-'));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(__dirname, '..', 'src', 'index.js')], {
    env: { PATH: process.env.PATH, PORT: String(port), PUBLIC_URL: url, WANDLE_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of child.stdout.setEncoding('utf8')) if (String(line).includes('ready')) break;
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true });
    },
  };
}
