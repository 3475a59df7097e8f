import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRetention } from '../../src/storage/fileRetention';
import { createFolderFiles } from '../../src/storage/files';
import { newFolder } from '../folder';
import { CASE, describeStores, openConversation } from './stores';

const DAY = 86_400_000;

describeStores((tested) => {
  test('files go when their time has passed, but not while a case of their conversation is open', async () => {
    const { store } = tested;
    const folder = newFolder('files');
    let at = 0;
    const files = createFolderFiles(folder, () => at);
    const logger = { info() {}, error() {} };
    const retention = createFileRetention({ files, store, now: () => at, keepMs: 90 * DAY, logger });
    const ids = await Promise.all(Array.from({ length: 5 }, () => openConversation(store)));
    const [plain = '', open = '', follows = '', noted = '', closed = ''] = ids;
    const put = (conversationId: string) =>
      files.put(Buffer.from('x'), { name: 'a.png', type: 'image/png', conversationId });
    const kept = new Map<string, string>();
    for (const id of ids) kept.set(id, await put(id));
    await store.write(async (tx) => {
      const other = {
        ...CASE,
        reference: 'MB-7K2-PQ5',
        dedupe_key: 'other',
        conversation_id: closed,
        status: 'closed',
      } as const;
      await tx
        .insertInto('cases')
        .values([{ ...CASE, conversation_id: open }, other])
        .execute();
      const { reference } = CASE;
      await tx
        .insertInto('case_followers')
        .values({ reference, conversation_id: follows, answers: '{}', at: 1 })
        .execute();
      const note = {
        id: 'n1',
        reference,
        conversation_id: noted,
        what: 'note',
        text: 'x',
        photo: null,
        at: 1,
      } as const;
      await tx.insertInto('case_notes').values(note).execute();
    });

    at = 90 * DAY - 1;
    expect(await retention.sweep()).toBe(0);
    const late = await put(plain);
    at = 90 * DAY;
    expect(await retention.sweep()).toBe(2);
    const there = async (id: string) => (await files.get(kept.get(id) ?? '')) !== undefined;
    expect(await Promise.all(ids.map(there))).toEqual([false, true, true, true, false]);
    expect(await files.get(late)).toBeDefined();

    await store.write((tx) => tx.updateTable('cases').set({ status: 'closed' }).execute());
    expect(await retention.sweep()).toBe(3);
    expect((await files.list()).map(({ id }) => id)).toEqual([late]);
  });

  test('what was never finished goes by its age, and a folder that is not there is empty', async () => {
    const folder = newFolder('files');
    const now = Date.now();
    const options = { store: tested.store, now: () => now, keepMs: DAY, logger: { info() {}, error() {} } };
    writeFileSync(join(folder, 'a'.repeat(32)), 'half');
    writeFileSync(join(folder, `${'b'.repeat(32)}.tmp`), '{');
    writeFileSync(join(folder, 'notes.txt'), 'of the operator');
    utimesSync(join(folder, 'a'.repeat(32)), 0, 0);
    const files = createFolderFiles(folder);
    expect(await createFileRetention({ ...options, files }).sweep()).toBe(1);
    expect((await files.list()).map(({ id }) => id)).toEqual(['b'.repeat(32)]);
    expect(await createFileRetention({ ...options, files: createFolderFiles(join(folder, 'none')) }).sweep()).toBe(0);
  });
});
