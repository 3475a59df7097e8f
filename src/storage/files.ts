import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface StoredFile {
  readonly content: Buffer;
  readonly name: string;
  readonly type: string;
  readonly conversationId: string;
}

/**
 * Uploads in a folder, each as two files: the content and what is known of it. An id is random, so nothing the resident
 * sent ever becomes part of a path.
 */
export function createFolderFiles(folder: string) {
  return {
    async put(content: Buffer, meta: Omit<StoredFile, 'content'>): Promise<string> {
      const id = randomBytes(16).toString('hex');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, id), content, { mode: 0o600 });
      // The description comes last and by rename: a file without it was never finished and is not served.
      await writeFile(join(folder, `${id}.tmp`), JSON.stringify(meta), { mode: 0o600 });
      await rename(join(folder, `${id}.tmp`), join(folder, `${id}.json`));
      return id;
    },
    async get(id: string): Promise<StoredFile | undefined> {
      if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
      try {
        const meta = JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')) as Omit<StoredFile, 'content'>;
        return { ...meta, content: await readFile(join(folder, id)) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
