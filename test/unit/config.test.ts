import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configReader } from './configReader';

describe('the configuration', () => {
  const { dataDir, read, errors } = configReader();

  it('needs nothing: the demo council on loopback, with a stand-in of Twilio', () => {
    const config = read();
    expect(config).toMatchObject({
      port: 3978,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3978',
      demo: true,
      bot: 'wandle',
    });
    expect(config.twilio).toMatchObject({ mode: 'simulated', from: ['+447700900001'] });
  });

  it('keeps the signing secret it made, for its owner only', () => {
    const [secret] = read().secrets;
    expect(read().secrets).toEqual([secret]);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe(secret);
    expect(statSync(join(dataDir, 'secret')).mode & 0o077).toBe(0);
  });

  it('reads lists, and takes an empty value for none', () => {
    const config = read({
      WANDLE_SECRET: 'a-new-secret-of-length, the-older-secret-of-length',
      WANDLE_ORIGINS: 'https://www.council.example/',
      DATABASE_URL: '',
    });
    expect(config.secrets).toEqual(['a-new-secret-of-length', 'the-older-secret-of-length']);
    expect(config.directline.origins).toEqual(['https://www.council.example']);
    expect(config.databaseUrl).toBeUndefined();
  });

  it('moves the clock to the moment given', () => {
    const { clockShift } = read({ WANDLE_NOW: '2026-11-24T19:10:00Z' });
    expect(Math.abs(Date.now() + clockShift - Date.UTC(2026, 10, 24, 19, 10))).toBeLessThan(60_000);
  });

  it('tells of emergencies by mail and to a web address, each only when it is whole', () => {
    expect(read().duty).toEqual({ mail: undefined, webhook: undefined });
    const mail = {
      WANDLE_SMTP_URL: 'smtps://wandle:secret@mail.example:465',
      WANDLE_MAIL_FROM: 'Wandle <w@mail.example>',
    };
    const webhook = { WANDLE_DUTY_WEBHOOK: 'https://duty.example/in', WANDLE_DUTY_WEBHOOK_SECRET: 'x'.repeat(16) };
    expect(read({ ...mail, ...webhook }).duty).toEqual({
      mail: { url: mail.WANDLE_SMTP_URL, from: mail.WANDLE_MAIL_FROM },
      webhook: { url: webhook.WANDLE_DUTY_WEBHOOK, secret: webhook.WANDLE_DUTY_WEBHOOK_SECRET },
    });
    expect(errors({ WANDLE_SMTP_URL: mail.WANDLE_SMTP_URL })).toEqual([
      'WANDLE_MAIL_FROM: needed with WANDLE_SMTP_URL',
    ]);
    expect(errors({ WANDLE_DUTY_WEBHOOK: webhook.WANDLE_DUTY_WEBHOOK })).toEqual([
      'WANDLE_DUTY_WEBHOOK_SECRET: needed with WANDLE_DUTY_WEBHOOK',
    ]);
    const production = { NODE_ENV: 'production', ...webhook };
    expect(errors({ ...production, WANDLE_DUTY_WEBHOOK: 'http://duty.example/' })).toEqual([
      'WANDLE_DUTY_WEBHOOK: must be https when NODE_ENV=production',
    ]);
    expect(errors({ ...production, WANDLE_DUTY_WEBHOOK: 'http://127.0.0.1:8080/' })).toEqual([]);
    expect(errors({ WANDLE_SMTP_URL: 'mail.example', WANDLE_MAIL_FROM: 'w' })).toHaveLength(2);
  });

  it('goes live with an account, unless told to simulate', () => {
    const account = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'x'.repeat(32) };
    expect(read(account).twilio.mode).toBe('live');
    expect(read({ ...account, WANDLE_TWILIO: 'simulated' }).twilio.mode).toBe('simulated');
  });

  it.each([
    [{ PORT: 'many' }, /^PORT: is not a port number$/],
    [{ PORT: '70000' }, /^PORT: is not a port number$/],
    [{ WANDLE_TRUST_PROXY: 'perhaps' }, /^WANDLE_TRUST_PROXY: is neither on nor off$/],
    [{ WANDLE_BOT: 'parrot' }, /^WANDLE_BOT: is neither wandle nor echo$/],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, /^PUBLIC_URL: is not an http/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: is not a postgres/],
    [{ REDIS_URL: 'x' }, /^REDIS_URL: /],
    [{ WANDLE_SECRET: 'short' }, /^WANDLE_SECRET: has a secret of less than 16/],
    [{ WANDLE_NOW: 'tomorrow' }, /^WANDLE_NOW: is not a moment/],
    [{ WANDLE_COUNCIL: '/nowhere/council.json' }, /^WANDLE_COUNCIL: no file at/],
    [{ TWILIO_FROM: '07700 900001' }, /^TWILIO_FROM: is not a number/],
    [{ WANDLE_TWILIO: 'live' }, /^TWILIO_ACCOUNT_SID: needed/],
    [{ NODE_ENV: 'production', WANDLE_NOW: '2026-11-24T19:10:00Z' }, /^WANDLE_NOW: .*refused/],
    [{ NODE_ENV: 'production', WANDLE_BOT: 'echo' }, /^WANDLE_BOT: .*refused/],
    [{ NODE_ENV: 'production', WANDLE_FAILPOINT: 'accept-ack:1' }, /^WANDLE_FAILPOINT: refused/],
  ] as [Record<string, string>, RegExp][])('refuses %j in one line that names the setting', (env, line) => {
    expect(errors(env).join('\n')).toMatch(line);
  });

  it('names every error, not only the first, and never a secret', () => {
    const lines = errors({ PORT: 'x', WANDLE_SECRET: 'hunter2', TWILIO_AUTH_TOKEN: 'tooshort' });
    expect(lines.length).toBe(3);
    expect(lines.join()).not.toMatch(/hunter2|tooshort/);
  });

  it('is of the file given, not the demo', () => {
    const file = join(dataDir, 'council.json');
    writeFileSync(file, '{}');
    expect(read({ WANDLE_COUNCIL: file })).toMatchObject({ demo: false, councilFile: file });
  });
});
