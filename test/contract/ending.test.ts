import { createLogReader } from '../../src/turn/logReader';
import { describeStores, openConversation } from './stores';

describeStores((tested) => {
  test('a conversation that has ended stays so, since the first moment, and says so to its channel', async () => {
    const { store } = tested;
    const [ended, other] = [await openConversation(store), await openConversation(store)];
    await store.write((tx) => store.conversations.end(tx, ended, 100));
    await store.write((tx) => store.conversations.end(tx, ended, 200));
    expect((await store.conversations.get(store.db, ended))?.ended_at).toBe(100);
    const log = createLogReader(store, { watch: () => () => {} } as never);
    expect(await log.conversation(ended)).toMatchObject({ ended: true });
    expect(await log.conversation(other)).toMatchObject({ ended: false });
  });
});
