import type { Db } from '../storage/schema';
import type { Desk } from './desk';

/** Who did what to which record. `detail` holds counts and codes, never words. */
export async function audit(
  desk: Pick<Desk, 'store' | 'now' | 'randomId'>,
  tx: Db,
  entry: { readonly actor: string; readonly action: string; readonly subject: string | null; readonly detail?: object },
): Promise<void> {
  await desk.store.audit.write(tx, {
    id: desk.randomId(),
    at: desk.now(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
  });
}
