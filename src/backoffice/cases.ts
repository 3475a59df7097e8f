import type { CaseSummary, Cases, Json } from '../conversation/ports';
import { dedupeKeyOf } from '../conversation/service';
import type { CaseRow, Store } from '../storage/store';
import { boxAround, metresBetween } from './geo';

type Stored = CaseRow & { readonly followers: number };

/** The embedded case system: reads what turns have committed. */
export function createCases(store: Store): Cases {
  return {
    async openWithKey(dedupeKey) {
      const row = await store.cases.openWithKey(store.db, dedupeKey);
      return row && summaryOf(row);
    },
    async openNear(service, position, metres) {
      const rows = await store.cases.openInBox(store.db, service, boxAround(position, metres));
      return rows
        .flatMap((row) => {
          const summary = summaryOf(row);
          return summary.position
            ? [{ ...summary, metres: Math.round(metresBetween(position, summary.position)) }]
            : [];
        })
        .filter((found) => found.metres <= metres)
        .sort((a, b) => a.metres - b.metres);
    },
    countAt: (service, place, since) => store.cases.countAt(store.db, service, place, since),
    countOpen: (service, ...parts) => store.cases.countOpen(store.db, dedupeKeyOf(service, ...parts)),
    async isOpen(reference) {
      return (await store.cases.get(store.db, reference))?.status === 'open';
    },
    async status(reference, detail) {
      const row = await store.cases.get(store.db, reference);
      return row && (await knows(store, row, detail)) ? summaryOf(row) : undefined;
    },
  };
}

/** Whether `detail` was given when the case was made: a postcode, phone number or email address among the answers, the contact, or the number texted from. */
async function knows(store: Store, row: CaseRow, detail: string): Promise<boolean> {
  const asked = compact(detail);
  if (asked.length < 4) return false;
  const conversation = row.conversation_id ? await store.conversations.get(store.db, row.conversation_id) : undefined;
  const given = [
    row.contact,
    conversation?.push ? conversation.resident : null,
    ...detailsIn(JSON.parse(row.answers) as Json),
  ];
  return given.some((value) => value !== null && compact(value) === asked);
}

const compact = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]/gu, '')
    .replace(/^(0044|44|0)(?=\d{9,10}$)/, '');

/** Questions whose answers say where to reply, as a contact or in the resident's words. */
const REPLIES = new Set(['reply', 'contact']);
const DETAIL = /[^\s@,;"]+@[^\s@,;"]+\.[^\s@,;"]+|\+\d{8,15}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/gi;

/** Postcodes stand in address answers under `postcode`, at any depth; where to reply, under the names above. */
function detailsIn(json: Json): readonly string[] {
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([key, value]) => {
    if (key === 'postcode' && typeof value === 'string') return [value];
    return REPLIES.has(key) ? (JSON.stringify(value).match(DETAIL) ?? []) : detailsIn(value as Json);
  });
}

function summaryOf(row: Stored): CaseSummary {
  return {
    reference: row.reference,
    service: row.service,
    status: row.status,
    openedAt: row.opened_at,
    answers: JSON.parse(row.answers) as CaseSummary['answers'],
    followers: row.followers,
    ...(row.lat !== null && row.lon !== null ? { position: { lat: row.lat, lon: row.lon } } : {}),
    ...(row.due_at !== null ? { dueAt: row.due_at } : {}),
    ...(row.note ? { note: row.note } : {}),
  };
}
