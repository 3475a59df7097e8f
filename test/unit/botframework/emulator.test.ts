import { channelWith, MESSAGE } from './harness';

const LOCAL = { ...MESSAGE, channelId: 'emulator', serviceUrl: 'http://localhost:51234' };
const post = async (changes: object = {}, call: Parameters<ReturnType<typeof channelWith>['post']>[1] = {}) => {
  const there = channelWith({ kind: 'emulator' });
  const { status } = await there.post({ ...LOCAL, ...changes }, call);
  return { status, accepted: there.accepted.length };
};

describe('without an app id', () => {
  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('the Emulator at %s is answered', async (ip) => {
    expect(await post({}, { ip })).toEqual({ status: 200, accepted: 1 });
  });

  test.each(['http://127.0.0.1:9000/', 'http://[::1]:9000', 'https://localhost:9000'])(
    'it may be at %s',
    async (serviceUrl) => {
      expect(await post({ serviceUrl })).toEqual({ status: 200, accepted: 1 });
    },
  );

  test.each(['10.0.0.7', '::ffff:10.0.0.7', '203.0.113.9', 'unknown', '127.0.0.1.evil.example'])(
    'not %s',
    async (ip) => {
      expect(await post({}, { ip })).toEqual({ status: 403, accepted: 0 });
    },
  );

  test.each([
    'http://169.254.169.254/latest',
    'https://smba.trafficmanager.net/uk/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
    'http://0.0.0.0:9000/',
    'http://10.0.0.7/',
  ])('answers do not go to %s', async (serviceUrl) => {
    expect(await post({ serviceUrl })).toEqual({ status: 403, accepted: 0 });
  });

  test.each([
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-real-ip',
    'x-client-ip',
    'x-original-host',
    'x-envoy-external-address',
    'x-amzn-trace-id',
    'true-client-ip',
    'cf-connecting-ip',
  ])('not through a proxy: %s', async (name) => {
    expect(await post({}, { headers: { [name]: '127.0.0.1' } })).toEqual({ status: 403, accepted: 0 });
  });

  test.each([
    ['of any origin', { origin: 'https://page.example' }, 403],
    ['by a name that leads here', { host: 'rebound.example:3978' }, 403],
    ['without a host', { host: '' }, 403],
    ['by a form', { 'content-type': 'text/plain' }, 415],
  ])('not by a web page: %s', async (_what, headers, status) => {
    expect(await post({}, { headers })).toEqual({ status, accepted: 0 });
  });
});
