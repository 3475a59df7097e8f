import { type RunningServer, startServer, until } from '../server';
import { type FakeAzure, startAzure } from './fakeAzure';

jest.setTimeout(60_000);

describe('the whole product with the Emulator', () => {
  let emulator: FakeAzure;
  let server: RunningServer;
  beforeAll(async () => {
    emulator = await startAzure();
    server = await startServer({ WANDLE_EMULATOR: '1' });
  });
  afterAll(async () => {
    await server.stop();
    await emulator.close();
  });
  const post = (activity: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        channelId: 'emulator',
        serviceUrl: emulator.url,
        from: { id: 'me', name: 'User', role: 'user' },
        recipient: { id: 'bot', name: 'Bot', role: 'bot' },
        conversation: { id: 'c-1|livechat' },
        ...activity,
      }),
    });
  const said = (count: number) =>
    until(
      `${count} messages`,
      () => emulator.posted.length >= count && emulator.posted.map(({ activity }) => activity),
    );

  test('greets once, answers, and shows choices as buttons', async () => {
    for (const added of ['bot', 'me']) await post({ type: 'conversationUpdate', membersAdded: [{ id: added }] });
    const [greeting] = await said(1);
    expect(greeting?.text).toContain('Wandlebridge');
    expect((await post({ type: 'message', id: 'm-1', text: 'there is a pothole in my street' })).status).toBe(200);
    const answer = (await said(2)).at(-1);
    expect(answer?.text).not.toBe('');
    expect(emulator.posted[1]?.path).toBe('/v3/conversations/c-1%7Clivechat/activities');
  });

  test('is not open to others', async () => {
    expect((await post({ type: 'message', id: 'm-2', text: 'x' }, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(
      403,
    );
    expect((await post({ type: 'message', id: 'm-2', text: 'x', serviceUrl: 'http://10.0.0.7/' })).status).toBe(403);
  });
});

test('without settings there is no such address', async () => {
  const server = await startServer();
  expect((await fetch(`${server.url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(404);
  await server.stop();
});
