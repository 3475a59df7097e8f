import type { FolderFiles } from './files';
import type { Db } from './schema';
import type { Store } from './store';

const SWEEP_MS = 3_600_000;
/** Ids in one question. */
const BATCH = 500;

interface RetentionOptions {
  readonly files: FolderFiles;
  readonly store: Pick<Store, 'db'>;
  readonly now: () => number;
  readonly keepMs: number;
  readonly logger: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/**
 * Deletes what residents have uploaded once its time has passed (UK GDPR, article 5(1)(e)), and what was never finished. A file stays
 * while a case of its conversation is open: whoever works on it still looks at the picture. Several processes may do it at once.
 */
export function createFileRetention({ files, store, now, keepMs, logger }: RetentionOptions) {
  let timer: NodeJS.Timeout | undefined;
  const sweep = async (): Promise<number> => {
    const old = (await files.list()).filter(({ at }) => at <= now() - keepMs);
    const needed = await withOpenCases(store.db, [...new Set(old.flatMap((file) => file.conversationId ?? []))]);
    const gone = old.filter(({ conversationId }) => conversationId === undefined || !needed.has(conversationId));
    for (const { id } of gone) await files.remove(id);
    if (gone.length > 0) logger.info({ files: gone.length }, 'files deleted: their time has passed');
    return gone.length;
  };
  const run = (): void => {
    sweep().catch((error: unknown) => logger.error({ err: error }, 'old files could not be deleted'));
  };
  return {
    /** Answers how many were deleted. */
    sweep,
    start(): void {
      run();
      timer = setInterval(run, SWEEP_MS);
    },
    stop: (): void => clearInterval(timer),
  };
}

/** Those of the conversations that opened, follow or added to a case that is open. */
async function withOpenCases(db: Db, conversations: readonly string[]): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  for (let from = 0; from < conversations.length; from += BATCH) {
    const some = conversations.slice(from, from + BATCH);
    const own = db.selectFrom('cases').select('conversation_id as id').where('conversation_id', 'in', some);
    const rows = await own.where('status', '=', 'open').execute();
    for (const table of ['case_followers', 'case_notes'] as const) {
      const linked = db
        .selectFrom(table)
        .innerJoin('cases', 'cases.reference', `${table}.reference`)
        .select(`${table}.conversation_id as id`)
        .where(`${table}.conversation_id`, 'in', some);
      rows.push(...(await linked.where('cases.status', '=', 'open').execute()));
    }
    for (const { id } of rows) if (id !== null) needed.add(id);
  }
  return needed;
}
