import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import council from '../dialogs/council.json';
import { newFolder } from './folder';

/** A settings file for `WANDLE_COUNCIL`: the demo council's, with these parts instead of its own. */
export function councilFile(parts: Readonly<Record<string, unknown>>): string {
  const file = join(newFolder('council'), 'council.json');
  writeFileSync(file, JSON.stringify({ ...council, ...parts }));
  return file;
}
