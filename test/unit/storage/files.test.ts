import { createFolderFiles } from '../../../src/storage/files';
import { safeActivity } from '../../../src/storage/json';
import { newFolder } from '../../folder';

test('no id of a file is taken for a card number: its link stands in the log as it is', async () => {
  const files = createFolderFiles(newFolder('files'));
  const meta = { name: 'a.png', type: 'image/png', conversationId: 'c1' };
  const ids = await Promise.all(Array.from({ length: 1000 }, () => files.put(Buffer.from('x'), meta)));
  expect(new Set(ids).size).toBe(1000);
  const activity = { type: 'message', attachments: ids.map((id) => ({ contentUrl: `https://a.example/files/${id}` })) };
  expect(safeActivity(activity)).toEqual(activity);
  expect(ids.every((id) => /^[a-p]{32}$/.test(id))).toBe(true);
});
