import { createBus } from '../../src/storage/bus/index';
import { createRateLimits } from '../../src/storage/limits/index';
import { createLocks } from '../../src/storage/locks/index';
import { describeWith, type Server } from '../services';

/** Waits until `done` answers true; the test's own time limit ends it otherwise. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const closing: { close(): Promise<void> }[] = [];
function closed<T extends { close(): Promise<void> }>(port: T): T {
  closing.push(port);
  return port;
}
afterEach(async () => {
  for (const port of closing.splice(0)) await port.close();
});

/** Two processes' buses that hear each other; in process they are the same one. */
async function twoBuses(url?: string) {
  const one = closed(createBus(url));
  const other = url ? closed(createBus(url)) : one;
  await until(() => heardBy(one, other));
  await until(() => heardBy(other, one));
  return { one, other };
}

async function heardBy(from: ReturnType<typeof createBus>, to: ReturnType<typeof createBus>): Promise<boolean> {
  let heard = false;
  const end = to.subscribe('are you there', () => {
    heard = true;
  });
  from.publish('are you there');
  await new Promise((resolve) => setTimeout(resolve, 20));
  end();
  return heard;
}

/** Long enough for a busy machine to renew it in time. */
const LEASE_MS = 1_000;

let names = 0;
const unique = () => `name-${++names}`;

function contract(url: () => string | undefined): void {
  describe('bus', () => {
    test('wakes every listener of the topic, each once, with the hint', async () => {
      const { one, other } = await twoBuses(url());
      const heard: string[] = [];
      one.subscribe('conversation:1', (hint) => heard.push(`one ${hint}`));
      other.subscribe('conversation:1', (hint) => heard.push(`other ${hint}`));
      other.subscribe('conversation:2', (hint) => heard.push(`wrong ${hint}`));
      one.publish('conversation:1', 'log');
      one.publish('conversation:1');
      await until(() => heard.length >= 4);
      expect(heard.toSorted()).toEqual(['one ', 'one log', 'other ', 'other log']);
    });

    test('a listener that has ended its subscription hears nothing; a failing one disturbs nobody', async () => {
      const { one } = await twoBuses(url());
      const heard: string[] = [];
      const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const end = one.subscribe('t', () => heard.push('ended'));
      one.subscribe('t', () => {
        throw new Error('listener fails');
      });
      one.subscribe('t', () => heard.push('next'));
      end();
      one.publish('t');
      await until(() => heard.length > 0);
      expect(heard).toEqual(['next']);
      expect(warned).toHaveBeenCalledTimes(1);
      warned.mockRestore();
    });
  });

  describe('locks', () => {
    test('one holder at a time; free again when its work ends, also by failing', async () => {
      const one = closed(createLocks(url()));
      const other = url() ? closed(createLocks(url())) : one;
      await until(() => excludes(one, other));
      const name = unique();
      const held = await one.tryWith(name, 5_000, async () => {
        expect(await other.tryWith(name, 5_000, async () => 'both')).toBeUndefined();
        expect(await other.tryWith(unique(), 5_000, async () => 'elsewhere')).toEqual({ value: 'elsewhere' });
        return 'mine';
      });
      expect(held).toEqual({ value: 'mine' });
      const failing = other.tryWith(name, 5_000, async () => {
        throw new Error('work fails');
      });
      await expect(failing).rejects.toThrow('work fails');
      expect(await one.tryWith(name, 5_000, async () => undefined)).toEqual({ value: undefined });
    });

    test('is kept longer than its lease while the work goes on', async () => {
      const one = closed(createLocks(url()));
      const other = url() ? closed(createLocks(url())) : one;
      await until(() => excludes(one, other));
      const name = unique();
      await one.tryWith(name, LEASE_MS, async () => {
        for (const start = Date.now(); Date.now() < start + 1.5 * LEASE_MS; ) {
          expect(await other.tryWith(name, LEASE_MS, async () => 'both')).toBeUndefined();
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
    });
  });

  describe('rate limits', () => {
    test('count within a window that slides', async () => {
      let now = 1_000_000;
      const limits = closed(createRateLimits(url(), () => now));
      await until(async () => {
        const probe = unique();
        return (await limits.allow(probe, 1, 1_000)) && !(await limits.allow(probe, 1, 1_000));
      });
      const key = unique();
      const allowed: boolean[] = [];
      for (const at of [0, 400, 600, 999, 1_000, 1_001, 1_400]) {
        now = 2_000_000 + at;
        allowed.push(await limits.allow(key, 2, 1_000));
      }
      expect(allowed).toEqual([true, true, false, false, true, false, true]);
      expect(await limits.allow(unique(), 2, 1_000)).toBe(true);
    });
  });
}

/** False until both are connected. */
async function excludes(one: ReturnType<typeof createLocks>, other: ReturnType<typeof createLocks>): Promise<boolean> {
  const name = unique();
  const inner = await one.tryWith(name, 5_000, () => other.tryWith(name, 5_000, async () => 'both'));
  return inner !== undefined && inner.value === undefined;
}

describe('in process', () => contract(() => undefined));

describeWith('redis', (service: Server) => {
  contract(() => service.url);

  describe('that goes away', () => {
    afterEach(async () => {
      await service.stop();
      await service.start();
    });

    test('throws into nobody, and is used again when it is back', async () => {
      const { one, other } = await twoBuses(service.url);
      const locks = closed(createLocks(service.url));
      const others = closed(createLocks(service.url));
      const limits = closed(createRateLimits(service.url, () => 1));
      await until(() => excludes(locks, others));

      await service.stop();
      const heard: string[] = [];
      one.subscribe('t', (hint) => heard.push(hint));
      one.publish('t', 'local');
      await until(() => heard.length === 1);
      expect(await locks.tryWith('n', 1_000, async () => 'ran')).toEqual({ value: 'ran' });
      expect(await limits.allow('k', 0, 1_000)).toBe(true);

      await service.start();
      await until(() => heardBy(one, other));
      await until(() => heardBy(other, one));
      await until(() => excludes(locks, others));
      await until(async () => !(await limits.allow('k', 0, 1_000)));
    }, 20_000);

    test('may be away when the process starts', async () => {
      await service.stop();
      const bus = closed(createBus(service.url));
      const other = closed(createBus(service.url));
      expect(await heardBy(bus, bus)).toBe(true);
      await service.start();
      await until(() => heardBy(bus, other));
    }, 20_000);
  });
});
