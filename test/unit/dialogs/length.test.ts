import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../../dialogs');
const files = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name));

test('every service file stays within 80 lines', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const file of files)
    expect([file, readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length <= 80]).toEqual([file, true]);
});
