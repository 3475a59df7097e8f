import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface StoredFile {
  readonly content: Buffer;
  readonly name: string;
  readonly type: string;
  readonly conversationId: string;
}
type Meta = Omit<StoredFile, 'content'> & { readonly at?: number };

/** What is known of a file without reading it; of one that was never finished, only when it was begun. */
interface FileFacts {
  readonly id: string;
  readonly at: number;
  readonly conversationId: string | undefined;
}

export type FolderFiles = ReturnType<typeof createFolderFiles>;

const ID_LETTERS = 32;
const ID = /^[0-9a-p]{32}$/;

/**
 * Uploads in a folder, each as two files: the content and what is known of it. An id is random, so nothing the resident
 * sent ever becomes part of a path.
 * @param now when a file came is kept with it
 */
export function createFolderFiles(folder: string, now: () => number = Date.now) {
  const of = (id: string) => [id, `${id}.json`, `${id}.tmp`].map((name) => join(folder, name));
  const factsOf = async (id: string): Promise<FileFacts> => {
    const meta = await orNothing(readFile(join(folder, `${id}.json`), 'utf8'));
    const { at, conversationId } = (meta ? JSON.parse(meta) : {}) as Partial<Meta>;
    if (at !== undefined) return { id, at, conversationId };
    const found = await Promise.all(of(id).map((path) => orNothing(stat(path))));
    return { id, at: Math.max(0, ...found.map((file) => file?.mtimeMs ?? 0)), conversationId };
  };
  return {
    async put(content: Buffer, meta: Omit<StoredFile, 'content'>): Promise<string> {
      const id = newId();
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, id), content, { mode: 0o600 });
      // The description comes last and by rename: a file without it was never finished and is not served.
      await writeFile(join(folder, `${id}.tmp`), JSON.stringify({ ...meta, at: now() }), { mode: 0o600 });
      await rename(join(folder, `${id}.tmp`), join(folder, `${id}.json`));
      return id;
    },
    async get(id: string): Promise<StoredFile | undefined> {
      if (!ID.test(id)) return undefined;
      const meta = await orNothing(readFile(join(folder, `${id}.json`), 'utf8'));
      const content = meta && (await orNothing(readFile(join(folder, id))));
      if (!meta || !content) return undefined;
      return { ...(JSON.parse(meta) as Meta), content };
    },
    /** All that is there, also what was never finished. */
    async list(): Promise<readonly FileFacts[]> {
      const names = (await orNothing(readdir(folder))) ?? [];
      const ids = new Set(names.map((name) => name.slice(0, ID_LETTERS)).filter((id) => ID.test(id)));
      const facts: FileFacts[] = [];
      for (const id of ids) facts.push(await factsOf(id));
      return facts;
    },
    /** Deletes it, the description first; what is gone already is gone. */
    async remove(id: string): Promise<void> {
      for (const path of of(id).reverse()) await rm(path, { force: true });
    },
  };
}

/** Letters only: an id of digits may look like a card number, which the log masks wherever it stands. */
const newId = (): string =>
  randomBytes(ID_LETTERS / 2)
    .toString('hex')
    .replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)));

async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
