import { createWorld } from './harness';

test('an inbound that ends its conversation is stored together with the end', async () => {
  const world = await createWorld();
  const { inlet, log } = world.engine(async () => {});
  await inlet.open({ id: 'c1', channel: 'web', resident: 'dl_a' });
  const says = (type: string, messageId: string, ends?: true) =>
    inlet.accept({ channel: 'web', conversation: { id: 'c1' }, messageId, activity: { type }, ...(ends && { ends }) });
  await says('message', 'm1');
  expect(await log.conversation('c1')).toMatchObject({ ended: false });
  await says('endOfConversation', 'm2', true);
  expect(await log.conversation('c1')).toMatchObject({ ended: true, lastSeq: 2 });
  await world.close();
});
