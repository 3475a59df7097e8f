import { type Harness, SECRET, type Started, startHarness } from './harness';

let server: Harness;
let resident: Started;
beforeAll(async () => {
  server = await startHarness();
});
afterAll(() => server.stop());
beforeEach(async () => {
  resident = await server.start();
});
const get = (query: string, bearer: string | undefined = resident.token) =>
  server.call('GET', `/chat/addresses?${query}`, bearer ? { bearer } : {});

test('suggests addresses, or places with their position', async () => {
  expect((await get('q=10+Sample+Road')).body).toEqual({
    suggestions: [{ kind: 'address', label: '10 Sample Road, WB1 2AB' }],
  });
  expect((await get('q=Sample&for=place')).body).toEqual({
    suggestions: [{ kind: 'street', label: 'Sample', position: { lat: 51.4, lon: -0.2 } }],
  });
});

test('says what is near a point', async () => {
  expect((await get('lat=51.4&lon=-0.2')).body).toEqual({ near: 'Sample Road' });
  expect((await get('lat=50&lon=-0.2')).body).toEqual({ near: null });
});

test('only for a resident with a token', async () => {
  expect((await get('q=sample', '')).status).toBe(401);
  expect((await get('q=sample', 'forged')).status).toBe(403);
  expect((await get('q=sample', SECRET)).status).toBe(403);
  server.clock.now += 31 * 60_000;
  expect((await get('q=sample')).body.error.code).toBe('TokenExpired');
});

test.each(['', 'q=a', `q=${'a'.repeat(101)}`, 'q=sample&for=people', 'lat=&lon=', 'lat=91&lon=0', 'lat=x&lon=0'])(
  'refuses %j',
  async (query) => {
    expect(await get(query)).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } });
  },
);

test.each(['conversation', '127.0.0.1'])('not faster than people type, by %s', async (what) => {
  const key = `directline:addresses:${what === 'conversation' ? resident.conversationId : what}`;
  await get('q=sample');
  expect(server.limits.asked.get(key)).toBeGreaterThan(0);
  server.limits.full = key;
  expect((await get('q=sample')).status).toBe(429);
  server.limits.full = undefined;
});
