import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { createTokens, SESSION_SECONDS } from '../../../src/channels/directline/tokens';

const at = Date.parse('2026-11-24T19:10:00Z');
const tokensAt = (now: number, secrets = ['first-secret']) =>
  createTokens({ secrets, directlineSecret: 'the-secret', now: () => now });
const access = { user: 'dl_abc', conversationId: 'c1', since: at / 1000 };

test('a token says who it is for', async () => {
  const tokens = tokensAt(at);
  expect(
    await tokens.verifyAccess((await tokens.signAccess({ ...access, origins: ['https://a.example'] })).token),
  ).toEqual({
    ...access,
    origins: ['https://a.example'],
  });
});

test('keys rotate: what an older secret signed is still good, what an unknown one signed is not', async () => {
  const { token: old } = await tokensAt(at, ['old']).signAccess(access);
  expect(await tokensAt(at, ['new', 'old']).verifyAccess(old)).toEqual(access);
  await expect(tokensAt(at, ['new']).verifyAccess(old)).rejects.toMatchObject({ status: 403, code: 'BadArgument' });
});

test('an expired token has a code of its own, and can be renewed for a day', async () => {
  const { token } = await tokensAt(at).signAccess(access);
  const later = tokensAt(at + 31 * 60_000);
  await expect(later.verifyAccess(token)).rejects.toMatchObject({ status: 403, code: 'TokenExpired' });
  expect(await later.verifyForRenewal(token)).toEqual(access);
  await expect(tokensAt(at + 25 * 3_600_000).verifyForRenewal(token)).rejects.toMatchObject({ code: 'TokenExpired' });
});

test('a session ends two days after its first token, however often that is refreshed', async () => {
  const last = tokensAt(at + (SESSION_SECONDS - 60) * 1000);
  const { token, expires_in } = await last.signAccess(access);
  expect(expires_in).toBe(60);
  const later = tokensAt(at + (SESSION_SECONDS + 60) * 1000);
  await expect(later.verifyAccess(token)).rejects.toMatchObject({ code: 'TokenExpired' });
  const renewable = await later.verifyForRenewal(token);
  await expect(later.signAccess(renewable)).rejects.toMatchObject({ status: 403, code: 'TokenExpired' });
});

test('a signed token without a claim (of an earlier version) is refused', async () => {
  const key = createHmac('sha256', 'first-secret').update('wandle directline').digest();
  const claims = new SignJWT({ user: 'dl_a', conv: 'c1' }).setProtectedHeader({ alg: 'HS256' });
  const old = await claims
    .setAudience('directline')
    .setExpirationTime(at / 1000 + 60)
    .sign(key);
  await expect(tokensAt(at).verifyAccess(old)).rejects.toMatchObject({ status: 403, code: 'BadArgument' });
});

test('expiry is noticed under an older key too', async () => {
  const { token } = await tokensAt(at, ['old']).signAccess(access);
  const later = tokensAt(at + 31 * 60_000, ['new', 'old']);
  await expect(later.verifyAccess(token)).rejects.toMatchObject({ code: 'TokenExpired' });
});

test('a token of one use does not serve another', async () => {
  const tokens = tokensAt(at);
  const stream = await tokens.signStream({ id: 't1', conversationId: 'c1', after: 3 });
  expect(await tokens.verifyStream(stream)).toEqual({ id: 't1', conversationId: 'c1', after: 3 });
  await expect(tokens.verifyAccess(stream)).rejects.toMatchObject({ status: 403 });
  await expect(tokens.verifyStream((await tokens.signAccess(access)).token)).rejects.toMatchObject({ status: 403 });
  await expect(tokens.verifyFile(await tokens.signFile('f1'), 'f2')).rejects.toMatchObject({ status: 403 });
});

test('unsigned and otherwise signed tokens are refused', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { user: 'dl_abc', conv: 'c1', aud: 'directline', exp: at / 1000 + 60 };
  const unsigned = `${part({ alg: 'none' })}.${part(claims)}.`;
  await expect(tokensAt(at).verifyAccess(unsigned)).rejects.toMatchObject({ status: 403, code: 'BadArgument' });
  await expect(tokensAt(at).verifyAccess('nonsense')).rejects.toMatchObject({ status: 403, code: 'BadArgument' });
});

test('without a configured secret nothing is the secret', () => {
  const tokens = createTokens({ secrets: ['s'], directlineSecret: undefined, now: () => at });
  expect(tokens.isSecret('')).toBe(false);
  expect(tokens.isSecret('undefined')).toBe(false);
  expect(tokensAt(at).isSecret('the-secret')).toBe(true);
});
