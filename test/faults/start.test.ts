import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { freePort, startServer, until } from '../server';

const MINUTE = 60_000;
const EX_CONFIG = 78;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wandle-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface End {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Starts the product, which is expected to end by itself, and answers what it says on standard error. */
async function end(env: Readonly<Record<string, string>>): Promise<End> {
  const port = String(await freePort());
  const child = spawn(process.execPath, [join(__dirname, '..', '..', 'dist', 'src', 'index.js')], {
    env: { PATH: process.env.PATH, PORT: port, WANDLE_DATA: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.once('close', (status) => {
      clearTimeout(late);
      resolve(status);
    });
  });
  return { code, lines: said.split('\n').filter((line) => line !== '') };
}

async function listening(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

describe('a start that cannot succeed says why, in a line an operator understands', () => {
  it(
    'the port is taken',
    async () => {
      const { port, server } = await listening();
      const { code, lines } = await end({ PORT: String(port) });
      server.close();
      expect([code, lines]).toEqual([EX_CONFIG, [expect.stringMatching(/^PORT: .*in use/)]]);
    },
    MINUTE,
  );

  it(
    'the address to listen at is not this machine’s',
    async () => {
      // RFC 5737: an address for documentation, nobody's.
      const { code, lines } = await end({ HOST: '192.0.2.1' });
      expect([code, lines]).toEqual([EX_CONFIG, [expect.stringMatching(/^HOST: /)]]);
    },
    MINUTE,
  );

  it(
    'the council file is wrong in several places',
    async () => {
      const file = join(folder, 'council.json');
      writeFileSync(file, JSON.stringify({ council: { name: 3 }, extra: true }));
      const { code, lines } = await end({ WANDLE_COUNCIL: file });
      expect(code).toBe(EX_CONFIG);
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) expect(line.startsWith(`${file}: `)).toBe(true);
    },
    MINUTE,
  );

  it(
    'the council file is no JSON',
    async () => {
      const file = join(folder, 'council.json');
      writeFileSync(file, '{ "council": ');
      expect(await end({ WANDLE_COUNCIL: file })).toEqual({
        code: EX_CONFIG,
        lines: [expect.stringMatching(`^${file}: .*JSON`)],
      });
    },
    MINUTE,
  );

  it(
    'the data folder cannot be made',
    async () => {
      writeFileSync(join(folder, 'a-file'), '');
      expect(await end({ WANDLE_DATA: join(folder, 'a-file', 'data') })).toEqual({
        code: EX_CONFIG,
        lines: [expect.stringMatching(/^WANDLE_DATA: .*a-file/)],
      });
    },
    MINUTE,
  );

  it(
    'the secret was cut off when it was written',
    async () => {
      writeFileSync(join(folder, 'secret'), '');
      expect(await end({})).toEqual({
        code: EX_CONFIG,
        lines: [expect.stringMatching(/^WANDLE_DATA: .*secret/)],
      });
    },
    MINUTE,
  );

  it(
    'the database file is no database',
    async () => {
      writeFileSync(
        join(folder, 'wandle.db'),
        'not a database, but long enough to look like a file of one'.repeat(100),
      );
      expect(await end({})).toEqual({
        code: 1,
        lines: [expect.stringMatching(/^WANDLE_DATA: .*wandle\.db.*not a database/)],
      });
    },
    MINUTE,
  );

  it(
    'the database file is locked by another program',
    async () => {
      mkdirSync(folder, { recursive: true });
      const holder = new Database(join(folder, 'wandle.db'));
      holder.exec('create table t (x); begin exclusive');
      const ended = await end({});
      holder.close();
      expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(/^WANDLE_DATA: .*wandle\.db.*locked/)] });
    },
    MINUTE,
  );

  it(
    'nobody answers at DATABASE_URL',
    async () => {
      expect(await end({ DATABASE_URL: `postgres://u:hidden@127.0.0.1:${await freePort()}/x` })).toEqual({
        code: 1,
        lines: [expect.stringMatching(/^DATABASE_URL: .*ECONNREFUSED/)],
      });
    },
    MINUTE,
  );

  it(
    'the database takes the connection and says nothing',
    async () => {
      const { port, server } = await listening();
      const { code, lines } = await end({ DATABASE_URL: `postgres://u:hidden@127.0.0.1:${port}/x` });
      server.close();
      expect([code, lines]).toEqual([1, [expect.stringMatching(/^DATABASE_URL: /)]]);
    },
    MINUTE,
  );
});

describe('a stop by SIGTERM', () => {
  it(
    'ends with 0 within ten seconds, however busily residents use their open connections',
    async () => {
      const server = await startServer({ WANDLE_BOT: 'echo' });
      const agent = new Agent({ keepAlive: true, maxSockets: 20 });
      let answered = 0;
      let stopped = false;
      const ask = () =>
        new Promise<void>((resolve) => {
          const url = new URL('/chat/token', server.url);
          const asked = request(url, { agent, method: 'POST' }, (response) => {
            response.resume().once('close', () => {
              answered += 1;
              resolve();
            });
          });
          asked.once('error', () => resolve());
          asked.end();
        });
      const clients = Array.from({ length: 20 }, async () => {
        while (!stopped) await ask();
      });
      await until('answers', () => answered > 100);
      const began = Date.now();
      expect(await server.stop()).toBe(0);
      expect(Date.now() - began).toBeLessThan(10_000);
      stopped = true;
      agent.destroy();
      await Promise.all(clients);
    },
    MINUTE,
  );
});
