import type { ChannelContext, HttpRequest, HttpResponse } from '../channel';
import { storeFiles } from './attachments';
import { CHANNEL, type Conversations, type Found, watermarkOf } from './conversations';
import { authorise, limit } from './edge';
import { type ClientActivity, parseActivity, type Stored, toInbound } from './inbound';
import type { Presenter } from './outbound';
import { readPage } from './paging';
import type { Tokens } from './tokens';
import { readUpload } from './upload';

const POSTS_A_MINUTE = 600;
const UPLOADS_A_MINUTE = 60;
const UPLOADS_A_DAY = 200;
const DAY_MS = 86_400_000;

interface Parts {
  readonly context: ChannelContext;
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly presenter: Presenter;
  readonly filesUrl: string;
}

/** The handlers that read and write activities. */
export function createActivities({ context, tokens, conversations, presenter, filesUrl }: Parts) {
  const found = async (request: HttpRequest) =>
    conversations.find(await authorise({ context, tokens }, request), request.params.id);

  const accept = async (
    to: Found,
    activity: ClientActivity,
    attachments: readonly Stored[] = [],
  ): Promise<HttpResponse> => {
    const sender = { channel: CHANNEL, conversationId: to.id, user: to.resident, randomId: context.randomId };
    const parsed = toInbound(activity, sender, attachments);
    if (parsed.kind !== 'activity') {
      if (parsed.kind === 'typing') context.inlet.typing(to.id, 'resident');
      return { status: 200, body: { id: context.randomId() } };
    }
    const accepted = await context.inlet.accept(parsed.inbound);
    context.failpoint('accept-ack');
    return { status: 200, body: { id: accepted.activityId } };
  };

  return {
    /** What follows the watermark, oldest first. Typing is never among it. */
    async read(request: HttpRequest): Promise<HttpResponse> {
      const { id } = await found(request);
      const after = watermarkOf(request) ?? 0;
      const rows = await readPage(context.log, id, after);
      return { status: 200, body: await presenter.set(id, rows, after) };
    },
    /** Acknowledged when stored, before the turn. The second one of the same client id gets the first one's answer. */
    async post(request: HttpRequest): Promise<HttpResponse> {
      const to = await found(request);
      await limit(context, `directline:post:${to.id}`, POSTS_A_MINUTE);
      return accept(to, parseActivity(request.body));
    },
    async upload(request: HttpRequest): Promise<HttpResponse> {
      const to = await found(request);
      await limit(context, `directline:upload:${to.id}`, UPLOADS_A_MINUTE);
      await limit(context, `directline:uploads:${to.id}`, UPLOADS_A_DAY, DAY_MS);
      const upload = await readUpload(request.headers, request.body);
      const activity = upload.activity ? parseActivity(upload.activity) : { type: 'message' };
      return accept(to, activity, await storeFiles(context, filesUrl, to.id, activity, upload.files));
    },
  };
}
