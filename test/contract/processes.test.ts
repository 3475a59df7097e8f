import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeStores, openConversation } from './stores';

const run = promisify(execFile);
const PROCESSES = 3;
const ROWS = 300;
const writer = join(__dirname, 'writer.cjs');

describeStores((tested) => {
  test('several processes boot at once on an empty database', async () => {
    const dataDir = join(tested.options.dataDir, 'new');
    const work = JSON.stringify({ ...tested.options, dataDir, conversationId: 'none', rows: 0 });
    const boots = Array.from({ length: 5 }, () => run(process.execPath, [writer, work]));
    for (const { stdout } of await Promise.all(boots)) expect(stdout).toBe('[]');
  }, 60_000);

  test('several processes write at once: none is refused, no number is given twice', async () => {
    const { store } = tested;
    const conversationId = await openConversation(store);
    const work = JSON.stringify({ ...tested.options, conversationId, rows: ROWS });
    const outputs = await Promise.all(
      Array.from({ length: PROCESSES }, () => run(process.execPath, [writer, work], { maxBuffer: 1 << 20 })),
    );
    const given = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(given.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: PROCESSES * ROWS }, (_, n) => n + 1),
    );
    expect(await store.log.read(store.db, conversationId, 'desk')).toHaveLength(PROCESSES * ROWS);
  }, 60_000);
});
