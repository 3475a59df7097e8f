import { ConversationQueue, type StepResult } from '../../../src/turn/conversationQueue';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a conversation that another process holds is looked at once per pause, however often it is woken', async () => {
  let looks = 0;
  const busy = async (): Promise<StepResult> => {
    looks += 1;
    return { more: true, afterMs: 100 };
  };
  const queue = new ConversationQueue(busy, 4);
  for (let woken = 0; woken < 10; woken += 1) {
    queue.wake('held');
    await jest.advanceTimersByTimeAsync(0);
  }
  const before = looks;
  await jest.advanceTimersByTimeAsync(1_000);
  expect([before, looks - before]).toEqual([10, 10]);
  const drained = queue.drain(1_000);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(await drained).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});
