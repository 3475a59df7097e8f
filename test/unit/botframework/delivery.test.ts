import { readActivity } from '../../../src/channels/botframework/activity';
import { createCloud } from '../../../src/channels/botframework/cloud';
import { CHANNEL, toInbound } from '../../../src/channels/botframework/inbound';
import { toChannel } from '../../../src/channels/botframework/outbound';
import { addressOf, type Reference } from '../../../src/channels/botframework/reference';
import { createSender } from '../../../src/channels/botframework/sender';
import type { OutboundMessage } from '../../../src/turn/index';
import { type Answer, type FakeAzure, SERVICE, startAzure } from '../../contract/fakeAzure';
import { freePort } from '../../server';
import { createWorld, echo, eventually } from '../turn/harness';
import { AZURE, MESSAGE } from './harness';

const TEAMS: Reference = {
  channelId: 'msteams',
  serviceUrl: '',
  conversation: 'a:one',
  user: '29:resident',
  bot: '28:wandle',
  group: false,
};

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

/** Without a stand-in of the client: its own retries and redirects would show. */
const cloud = () => createCloud({ kind: 'emulator' });
const messageTo = (serviceUrl: string) =>
  ({
    address: addressOf({ ...TEAMS, serviceUrl }),
    logged: { seq: 1, at: 0, role: 'bot', activity: { id: 'ours', type: 'message', text: 'hello' } },
  }) as unknown as OutboundMessage;

describe('a delivery', () => {
  const deliver = async (...answers: readonly Answer[]) => {
    azure.answer(...answers);
    return createSender(cloud()).deliver(messageTo(azure.url));
  };

  test('is done when the service has it', async () => {
    expect(await deliver()).toEqual({ result: 'delivered', providerId: 'posted-1' });
    expect(azure.posted[0]).toMatchObject({
      path: '/v3/conversations/a%3Aone/activities',
      activity: { type: 'message', text: 'hello', from: { id: '28:wandle' }, recipient: { id: '29:resident' } },
    });
    expect(azure.posted[0]?.activity).not.toHaveProperty('id');
  });

  test.each([401, 412, 429, 502, 503, 504])(
    'is tried again after %i, by the outbox and not by the client',
    async (status) => {
      expect(await deliver({ status })).toMatchObject({
        result: 'retry',
        reason: expect.stringContaining(`${status}`),
      });
      expect(azure.asked).toHaveLength(1);
    },
  );

  test('waits as long as the service asks, within reason', async () => {
    expect(await deliver({ status: 429, headers: { 'retry-after': '7' } })).toMatchObject({ afterMs: 7_000 });
    expect(await deliver({ status: 429, headers: { 'retry-after': '86400' } })).toMatchObject({ afterMs: 300_000 });
    expect(await deliver({ status: 429, headers: { 'retry-after': 'soon' } })).not.toHaveProperty('afterMs');
  });

  test.each([400, 403, 404, 413])('is dead after %i', async (status) => {
    expect(await deliver({ status })).toEqual({ result: 'dead', reason: `refused by the service (${status})` });
  });

  test('does not follow where it is sent', async () => {
    expect(await deliver({ status: 307, headers: { location: `${azure.url}/elsewhere` } })).toMatchObject({
      result: 'dead',
    });
    expect(azure.asked).toHaveLength(1);
  });

  test('is half done when no answer came: it is not sent again', async () => {
    await expect(deliver('cut')).rejects.toThrow();
    await expect(deliver({ status: 500 })).rejects.toThrow();
    expect(azure.asked).toHaveLength(2);
    expect(await createSender(cloud()).lookUp(messageTo(azure.url))).toMatchObject({ result: 'maybe' });
  });

  test('is tried again when there is no token for it: nothing was sent', async () => {
    const signRequest = async () => {
      throw Object.assign(new Error('the secret has expired'), { errorCode: 'invalid_client' });
    };
    const credentials = Object.assign(Object.create(azure.ports.credentials ?? null), {
      createCredentials: async () => ({ signRequest }),
    });
    const sender = createSender(createCloud(AZURE, { ...azure.ports, credentials }));
    expect(await sender.deliver(messageTo(SERVICE))).toEqual({
      result: 'retry',
      reason: 'no access token (invalid_client)',
    });
    expect(azure.asked).toEqual([]);
  });

  test('is tried again when nobody was there', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await createSender(cloud()).deliver(messageTo(url))).toMatchObject({ result: 'retry' });
  });
});

describe('in the outbox', () => {
  test.each([
    ['arrives after the service was busy', [{ status: 503 }, { status: 429 }], ['echo hello'], undefined],
    ['is shown at the desk when it cannot arrive', [{ status: 403 }], [], 'refused by the service (403)'],
  ])('an answer %s', async (_what, answers, arrived, reason) => {
    const world = await createWorld();
    const engine = world.engine(echo, { limits: { backOffMs: 1 } });
    azure.answer(...answers);
    const worker = engine.push.run(CHANNEL, createSender(cloud()));
    engine.start();
    const read = readActivity(Buffer.from(JSON.stringify({ ...MESSAGE, serviceUrl: azure.url })));
    const taken = read.ok && toInbound(read.activity);
    if (!taken) throw new Error('not taken');
    await engine.inlet.accept(taken.inbound);
    const row = () => world.store.db.selectFrom('outbox').selectAll().executeTakeFirst();
    await eventually(async () => {
      world.clock.advance(1_000);
      return ['delivered', 'dead'].includes((await row())?.status ?? '');
    });
    expect(azure.posted.map(({ activity }) => activity.text)).toEqual(arrived);
    expect((await row())?.error ?? undefined).toBe(reason);
    await worker.stop();
    await world.close();
  });
});

describe('what is sent', () => {
  const actions = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      type: 'messageBack',
      title: `Bin ${index + 1}`,
      value: { choice: `bin-${index + 1}` },
    }));
  const sent = (to: Partial<Reference>, logged: object) =>
    toChannel({ id: 'ours', type: 'message', text: 'Which?', ...logged } as Parameters<typeof toChannel>[0], {
      ...TEAMS,
      ...to,
    });

  test('goes out as the log has it: cards, choices, entities; without what is for our own page', () => {
    const attachments = [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'Bins' } }];
    const suggestedActions = { to: [], actions: actions(9) };
    const activity = sent(
      { channelId: 'webchat' },
      { attachments, suggestedActions, channelData: { asks: 'x' }, callerId: 'y' },
    );
    expect(activity).toMatchObject({ text: 'Which?', attachments, suggestedActions });
    expect(activity).not.toHaveProperty('channelData');
    expect(activity).not.toHaveProperty('callerId');
    expect(activity).not.toHaveProperty('textFormat');
  });

  test('in Teams words are plain, and up to six choices are buttons for the one who is asked', () => {
    const activity = sent({}, { suggestedActions: { to: [], actions: actions(2) } });
    expect(activity.textFormat).toBe('plain');
    expect(activity.suggestedActions).toEqual({
      to: ['29:resident'],
      actions: [
        { type: 'imBack', title: 'Bin 1', value: 'Bin 1' },
        { type: 'imBack', title: 'Bin 2', value: 'Bin 2' },
      ],
    });
  });

  test.each([
    ['more than Teams shows', {}, 7],
    ['in a group, where Teams shows none', { group: true }, 2],
  ])('%s: the choices are a list', (_what, to, count) => {
    const activity = sent(to, { suggestedActions: { to: [], actions: actions(count) } });
    expect(activity.text).toContain('Which?\n1 Bin 1\n2 Bin 2');
    expect(activity).not.toHaveProperty('suggestedActions');
  });
});
