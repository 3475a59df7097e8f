import { TookTooLong, withinLimit } from '../../../src/turn/timeLimit';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const never = new Promise<void>(() => {});

test('work may take up to its limit and no longer', async () => {
  const outcome = withinLimit(never, 20_000).catch((error: unknown) => error);
  const settled = jest.fn();
  void outcome.then(settled);
  await jest.advanceTimersByTimeAsync(19_999);
  expect(settled).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(await outcome).toBeInstanceOf(TookTooLong);
});

test('what the work throws comes through, and no timer is left behind', async () => {
  await expect(withinLimit(Promise.reject(new Error('boom')), 20_000)).rejects.toThrow('boom');
  await withinLimit(Promise.resolve(), 20_000);
  expect(jest.getTimerCount()).toBe(0);
});

test('a failure after the limit is nobody’s unhandled rejection', async () => {
  let fail = (_error: Error) => {};
  const work = new Promise<void>((_resolve, reject) => {
    fail = reject;
  });
  const outcome = withinLimit(work, 1_000).catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(await outcome).toBeInstanceOf(TookTooLong);
  fail(new Error('late'));
  await jest.advanceTimersByTimeAsync(0);
});
