import type { HttpResponse } from '../channels/channel';
import { readable } from './access';
import { audit } from './audit';
import type { Desk } from './desk';
import { type Call, type Edge, notFound } from './edge';

/** What a browser may show by itself; everything else is saved. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
const SAFE = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' };

export function attachmentRoutes(desk: Desk, edge: Edge): void {
  edge.read('/desk/api/conversations/:id/files/:file', (call) => attachment(desk, call));
}

/** A file the resident has sent. Uploads are strangers' content: never run, never anybody else's conversation. */
async function attachment(desk: Desk, call: Call): Promise<HttpResponse> {
  const found = await readable(desk, call.agent, call.id);
  const id = call.request.params.file ?? '';
  const file = found === undefined ? undefined : await desk.files?.get(id);
  if (file === undefined || file.conversationId !== call.id) return notFound();
  await desk.store.write((tx) =>
    audit(desk, tx, { actor: call.agent.id, action: 'file.read', subject: call.id, detail: { file: id } }),
  );
  const shown = SHOWN.has(file.type);
  const name = encodeURIComponent(file.name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 100));
  return {
    status: 200,
    headers: {
      ...SAFE,
      'content-type': shown ? file.type : 'application/octet-stream',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'cache-control': 'no-store',
    },
    body: file.content,
  };
}
