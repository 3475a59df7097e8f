import { createEchoBot } from '../../../src/turn/echoBot';
import { createWorld, openWeb, settled, WEB, type World } from './harness';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

test.each([
  ['zh-HK', '欢迎'],
  ['zh', '欢迎'],
  ['en-GB', 'Welcome'],
  [undefined, 'Welcome'],
])('greets in the client’s locale: %s', async (locale, greeting) => {
  const engine = world.engine(async () => {}, { bot: createEchoBot });
  await openWeb(engine, 'c');
  const activity = {
    type: 'conversationUpdate',
    ...(locale ? { locale } : {}),
    membersAdded: [{ id: 'dl_c', name: '' }],
  };
  await engine.inlet.accept({ channel: WEB, conversation: { id: 'c' }, messageId: '1', activity, logged: false });
  expect(await settled(world, 'c')).toEqual([`bot: ${greeting}`]);
});

test('says the same text with the activity it got', async () => {
  const engine = world.engine(async () => {}, { bot: createEchoBot });
  await openWeb(engine, 'c');
  const activity = { type: 'message', text: 'Zażółć 👍', channelData: { clientActivityID: 'x' } };
  await engine.inlet.accept({ channel: WEB, conversation: { id: 'c' }, messageId: '1', activity });
  await settled(world, 'c');
  const [, reply] = await engine.log.read('c', { after: 0, limit: 9 });
  expect(reply?.activity).toMatchObject({ text: 'Zażółć 👍', channelData: { originalActivity: activity } });
  expect(reply?.activity.replyToId).toBeDefined();
});
