import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All tests that may notice a mutant of `src/conversation` or `dialogs`, in one file: what they load is loaded once. The random ones stay out: a mutant must be caught for a reason that can be read. */
const unit = join(__dirname, '../unit');
for (const folder of ['conversation', 'dialogs'])
  for (const file of readdirSync(join(unit, folder)).sort())
    if (file.endsWith('.test.ts') && !/^(properties|readingAge|length)/.test(file)) require(join(unit, folder, file));
require('../conversations/conversations.test');
