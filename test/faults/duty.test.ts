import { rmSync } from 'node:fs';
import { newFolder } from '../folder';
import { freePort, startServer, until } from '../server';
import { mailServer, webServer } from '../unit/alerts/receivers';
import { WebResident } from './residents';

/** The whole product: an emergency reaches whoever is on duty, though their system is down and the process is killed. */
test('an emergency is told by mail and webhook across a failure and a kill', async () => {
  let isUp = false;
  const smtp = await mailServer();
  const hook = await webServer(() => (isUp ? 200 : 503));
  const dataDir = newFolder('duty');
  const env = {
    PORT: String(await freePort()),
    WANDLE_DATA: dataDir,
    WANDLE_STUCK_AFTER_MS: '1000',
    WANDLE_SMTP_URL: smtp.url,
    WANDLE_MAIL_FROM: 'Wandle <wandle@council.example>',
    WANDLE_DUTY_WEBHOOK: hook.url,
    WANDLE_DUTY_WEBHOOK_SECRET: 'a-secret-of-some-length',
  };
  let server = await startServer(env);
  try {
    await new WebResident('r', server.url).say('I can smell gas in the hallway');
    await until('the first, failing call', () => hook.calls.length > 0);
    await until('the mail', () => smtp.mails.length > 0);
    await server.kill();
    isUp = true;
    const failed = hook.calls.length;
    server = await startServer(env);
    await until('a call after the restart', () => hook.calls.length > failed);
    expect(new Set(hook.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(JSON.parse(hook.calls.at(-1)?.body ?? '').data).toMatchObject({
      danger: 'gas',
      attended: false,
      quiet: false,
    });
    expect(smtp.mails[0]?.to).toEqual(['duty@wandlebridge.example']);
    expect(smtp.mails[0]?.source).toMatch(/Subject: Emergency: gas or carbon monoxide/);
    expect(smtp.mails[0]?.source).not.toContain('hallway');
    expect(server.logs()).not.toContain('hallway');
    expect(await server.stop()).toBe(0);
    // Nothing more was on its way.
    expect(hook.calls).toHaveLength(failed + 1);
  } finally {
    await server.kill().catch(() => {});
    await Promise.all([smtp.close(), hook.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 90_000);

test('where nobody can be told, the start says so once', async () => {
  const server = await startServer();
  const warning = 'emergencies alert nobody but the desk';
  await until('the warning', () => server.logs().includes(warning));
  expect(await server.stop()).toBe(0);
  expect(server.logs().split(warning)).toHaveLength(2);
}, 60_000);
