import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TwilioProcess } from '../faults/twilioProcess';
import type { RunningServer } from '../server';
import { startTexting } from './texting';

const ROOT = join(__dirname, '..', '..');
const START_MS = 60_000;

/** Runs one of our commands to its end. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, [join(ROOT, 'dist', 'src', script), ...args], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    timeout: START_MS,
  });
}

describe('the product, started as an operator starts it', () => {
  let server: RunningServer;
  let twilio: TwilioProcess;
  let texting: Awaited<ReturnType<typeof startTexting>>;
  beforeAll(async () => {
    texting = await startTexting();
    ({ server, twilio } = texting);
  }, START_MS);
  afterAll(() => texting.stop());

  const sid = (n: number) => `SM${String(n).padStart(32, '0')}`;
  const sentTo = (number: string, count: number) => texting.sentTo(number, count);

  it('takes a report by signed webhook to a reference, and exports the case with its slots', async () => {
    const from = '+447700900101';
    expect(await twilio.text({ from, body: 'u missed our food caddy this morning, 10 Sample Rd', sid: sid(1) })).toBe(
      200,
    );
    expect((await sentTo(from, 1))[0]).toContain('10 Sample Road, WB1 2AB');
    await twilio.text({ from, body: 'yes', sid: sid(2) });
    const [, answer] = await sentTo(from, 2);
    const reference = /[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}/.exec(answer ?? '')?.[0];
    expect(reference).toBeDefined();
    const exported = run('cli/export.js', ['cases'], { WANDLE_DATA: server.dataDir });
    expect(exported.status).toBe(0);
    const found = exported.stdout.split('\n').filter((line) => line.includes(`"${reference}"`));
    expect(found.map((line) => JSON.parse(line))).toMatchObject([
      {
        reference,
        service: 'missed-bin',
        status: 'open',
        answers: { stream: 'food', address: { line: '10 Sample Road', postcode: 'WB1 2AB' } },
      },
    ]);
  });

  it('makes one turn of the same message repeated five times', async () => {
    const from = '+447700900102';
    const repeats = Array.from({ length: 5 }, () => twilio.text({ from, body: 'hello', sid: sid(10) }));
    expect(await Promise.all(repeats)).toEqual([200, 200, 200, 200, 200]);
    await sentTo(from, 1);
    // A message sent later is answered later: what comes between would be a second answer to the first.
    await twilio.text({ from, body: 'thank you', sid: sid(11) });
    const answers = await sentTo(from, 2);
    expect(answers.length).toBe(2);
    expect(answers[1]).toContain('welcome');
  });

  it('refuses what is not signed, malformed, unknown or too large, and goes on', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const attempts = {
      forged: fetch(`${server.url}/webhooks/twilio/message`, {
        method: 'POST',
        headers: { ...form, 'x-twilio-signature': 'Zm9yZ2Vk' },
        body: `MessageSid=${sid(20)}&Body=x`,
      }),
      unsigned: fetch(`${server.url}/webhooks/twilio/message`, { method: 'POST', headers: form, body: 'Body=x' }),
      malformed: fetch(`${server.url}/chat/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"start":',
      }),
      unknown: fetch(`${server.url}/no/such/page`),
      token: fetch(`${server.url}/v3/directline/conversations`, {
        method: 'POST',
        headers: { authorization: 'Bearer forged' },
      }),
      large: fetch(`${server.url}/webhooks/twilio/message`, {
        method: 'POST',
        headers: form,
        body: 'x'.repeat(200_000),
      }),
      desk: fetch(`${server.url}/desk/api/queue`),
    };
    const statuses = Object.fromEntries(
      await Promise.all(Object.entries(attempts).map(async ([name, response]) => [name, (await response).status])),
    );
    expect(statuses).toEqual({
      forged: 403,
      unsigned: 403,
      malformed: 400,
      unknown: 404,
      token: 403,
      large: 413,
      desk: 401,
    });
    expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('ready\n');
  });

  it('writes no words, numbers or addresses of residents to its logs', async () => {
    expect(server.logs()).not.toMatch(/food caddy|Sample|900101|WB1 2AB/);
  });

  it('imports a gazetteer while it runs, and refuses a broken one whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wandle-import-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const streets = file('streets.csv', 'street,lat,lon\nSample Road,51.4,-0.18\n');
    const broken = file('broken.csv', 'postcode,lat,lon\nWB1 2AB,51.4,-0.18\nWB1 XXX,51.4,-0.18\n');
    const env = { WANDLE_DATA: server.dataDir };
    const refused = run('cli/import.js', ['gazetteer', '--postcodes', broken, '--streets', streets], env);
    expect([refused.status, refused.stderr]).toEqual([
      65,
      expect.stringContaining('broken.csv:3: postcode is not a full postcode'),
    ]);
    expect(run('cli/import.js', ['gazetteer'], env).status).toBe(64);
    const good = file('good.csv', 'postcode,lat,lon\nWB1 2AB,51.4,-0.18\n');
    const taken = run('cli/import.js', ['gazetteer', '--postcodes', good, '--streets', streets], env);
    expect([taken.status, taken.stdout]).toEqual([0, expect.stringContaining('Imported 1 postcodes, 1 streets')]);
    rmSync(folder, { recursive: true });
  });

  it('does not start with a wrong setting, a broken council file or a port in use: one line, exit code 78', () => {
    const wrong = run('index.js', [], { PORT: 'many', WANDLE_DATA: server.dataDir });
    expect([wrong.status, wrong.stderr]).toEqual([78, expect.stringMatching(/^PORT: .*\n$/)]);
    const used = run('index.js', [], { PORT: new URL(server.url).port, WANDLE_DATA: server.dataDir });
    expect([used.status, used.stderr]).toEqual([78, expect.stringMatching(/PORT: .*in use/)]);
    const council = join(server.dataDir, 'council.json');
    writeFileSync(council, '{"council":{}}');
    const broken = run('index.js', [], { WANDLE_COUNCIL: council, WANDLE_DATA: server.dataDir });
    expect([broken.status, broken.stderr]).toEqual([78, expect.stringMatching(/council\.json: council\.name: /)]);
  });
});
