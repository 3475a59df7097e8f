import type { LoggedActivity, LogReader } from '../../turn/index';

/** Of one answer, or one frame; who is further behind asks again with the watermark. */
const MOST_ROWS = 500;
/** Of all activities together: a conversation of the longest activities allowed must not fill the memory. */
const MOST_CHARACTERS = 1_048_576;
/** Rows read at once. */
const BATCH = 50;

/** The next page of the log after a sequence number: at least one row where there is one. */
export async function readPage(
  log: Pick<LogReader, 'read'>,
  conversationId: string,
  after: number,
): Promise<readonly LoggedActivity[]> {
  const page: LoggedActivity[] = [];
  let characters = 0;
  for (;;) {
    const rows = await log.read(conversationId, { after: page.at(-1)?.seq ?? after, limit: BATCH });
    for (const row of rows) {
      characters += JSON.stringify(row.activity).length;
      if (page.length > 0 && characters > MOST_CHARACTERS) return page;
      page.push(row);
    }
    if (rows.length < BATCH || page.length >= MOST_ROWS) return page;
  }
}
