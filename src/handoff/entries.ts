import { z } from 'zod';
import type { LogRow, OutboxRow } from '../storage/store';
import type { DeliveryState, Entry } from './api';
import type { Names } from './items';

/** Notes are events, never messages: a channel that forgot to ask for its audience would still show nothing. */
export const NOTE = 'desk.note';

/** The resident has ended the chat. */
const END = 'endOfConversation';

const Text = z.string().catch('');
const Body = z.object({
  type: z.string().catch(''),
  name: z.string().optional().catch(undefined),
  text: Text,
  value: z.object({ text: Text }).catch({ text: '' }),
  suggestedActions: z
    .object({ actions: z.array(z.object({ title: Text })) })
    .optional()
    .catch(undefined),
  attachments: z
    .array(
      z.object({
        name: z.string().optional().catch(undefined),
        contentType: Text,
        contentUrl: z.string().optional().catch(undefined),
      }),
    )
    .catch([]),
});

const Rated = z.object({ value: z.object({ score: z.int() }) });

/** Rows the desk shows: messages, notes, named events, the end of a chat. Others (conversationUpdate …) are left out. */
export function entriesOf(rows: readonly LogRow[], names: Names): readonly Entry[] {
  return rows.flatMap((row) => {
    const entry = entryOf(row, names);
    return entry === undefined ? [] : [entry];
  });
}

function entryOf(row: LogRow, names: Names): Entry | undefined {
  const body = Body.parse(row.body);
  const note = row.audience === 'desk' && body.name === NOTE;
  const event = row.type === END ? END : body.name;
  if (row.type !== 'message' && !note && event === undefined && row.erased_at === null) return undefined;
  return {
    seq: row.seq,
    id: row.id,
    at: row.at,
    role: row.role,
    author: row.author === null ? null : (names.get(row.author) ?? null),
    kind: note ? 'note' : row.type === 'message' ? 'message' : 'event',
    text: note ? body.value.text : row.type === 'message' ? body.text : eventText(event ?? '', row.body),
    choices: body.suggestedActions?.actions.map((action) => action.title) ?? [],
    attachments: body.attachments.map((file) => ({
      name: file.name ?? file.contentType,
      url: urlOf(row.conversation_id, file.contentUrl),
      image: file.contentType.startsWith('image/'),
    })),
    erased: row.erased_at !== null,
  };
}

/** A rating tells its score: `rating 4`. */
function eventText(name: string, body: unknown): string {
  const { data } = Rated.safeParse(body);
  return name === 'rating' && data ? `${name} ${data.value.score}` : name;
}

/** An upload's own address needs its channel's token: the desk has a door of its own. Of others only web addresses become links. */
function urlOf(conversationId: string, url: string | undefined): string | null {
  const upload = /\/files\/([0-9a-f]{32})$/.exec(url ?? '')?.[1];
  if (upload !== undefined) return `/desk/api/conversations/${encodeURIComponent(conversationId)}/files/${upload}`;
  return url !== undefined && /^https?:\/\//.test(url) ? url : null;
}

export function deliveriesOf(rows: readonly OutboxRow[]): readonly DeliveryState[] {
  return rows.flatMap((row) => (row.seq === null ? [] : [{ seq: row.seq, status: row.status, reason: row.error }]));
}
