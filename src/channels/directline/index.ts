import type { Channel, ChannelContext, HttpRequest, HttpResponse, Router, UpgradeHandler } from '../channel';
import { createActivities } from './activities';
import { serveFile } from './attachments';
import { CHANNEL, createConversations, START, watermarkOf } from './conversations';
import { authorise, checkOrigin, limitAddress, mount, type Path, refused } from './edge';
import { MAX_ACTIVITY_BYTES, parse } from './inbound';
import { createPresenter } from './outbound';
import { addressRoute } from './places';
import { Refusal } from './refusal';
import { siteToken } from './siteToken';
import { createStreams } from './stream';
import { createTokens } from './tokens';
import { MAX_UPLOAD_BYTES } from './upload';

const BASE = '/v3/directline';
const STREAM = `${BASE}/conversations/:id/stream`;

/**
 * Web chat: a Direct Line 3.0 server. The log's sequence number is the watermark; readers come and read the log.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-api-reference
 */
export default function directline(context: ChannelContext): Channel {
  const { config } = context;
  const filesUrl = `${config.publicUrl.replace(/\/$/, '')}${BASE}/files/`;
  const tokens = createTokens({
    secrets: config.secrets,
    directlineSecret: config.directline.secret,
    now: context.now,
  });
  const edge = { context, tokens };
  const presenter = createPresenter({ tokens, filesUrl, botName: config.council.shortName });
  const conversations = createConversations(context, tokens);
  const activities = createActivities({ context, tokens, conversations, presenter, filesUrl });
  const streams = createStreams(context, presenter);

  const generate = async (request: HttpRequest): Promise<HttpResponse> => {
    const caller = await authorise(edge, request);
    if (caller.kind !== 'secret') throw new Refusal(403, 'Forbidden', 'Tokens are generated with the secret');
    const { streamUrl: _unopened, ...answer } = await conversations.answer(
      conversations.invent(parse(START, request.body)),
      0,
    );
    return { status: 200, body: answer };
  };
  const refresh = async (request: HttpRequest): Promise<HttpResponse> => {
    const caller = await authorise(edge, request);
    if (caller.kind !== 'token') throw new Refusal(403, 'BadArgument', 'Only a token can be refreshed');
    const { conversationId } = caller;
    await conversations.checkGoesOn(conversationId);
    return { status: 200, body: { conversationId, ...(await tokens.signAccess(caller)) } };
  };
  const start = async (request: HttpRequest): Promise<HttpResponse> => {
    const caller = await authorise(edge, request);
    const invented = conversations.invent(parse(START, request.body));
    const resident = caller.kind === 'secret' ? invented : { ...invented, ...caller };
    const isNew = await conversations.start(resident);
    return { status: isNew ? 201 : 200, body: await conversations.answer(resident, 0) };
  };
  /** Without a watermark only what is new from now on follows. */
  const reconnect = async (request: HttpRequest): Promise<HttpResponse> => {
    const caller = await authorise(edge, request);
    const { id, resident, lastSeq } = await conversations.find(caller, request.params.id);
    const access = caller.kind === 'token' ? caller : { conversationId: id, user: resident };
    return { status: 200, body: await conversations.answer(access, watermarkOf(request) ?? lastSeq) };
  };
  /** The URL is its own proof: signed, for one minute, for one connection. */
  const stream: UpgradeHandler = async (request, upgrade) => {
    try {
      await limitAddress(context, request);
      const ticket = await tokens.verifyStream(request.query.get('t') ?? '');
      if (ticket.conversationId !== request.params.id)
        throw new Refusal(403, 'BadArgument', 'Stream of another conversation');
      checkOrigin(ticket, request);
      if (!(await context.allow(`directline:stream:${ticket.id}`, 1, 60_000))) {
        throw new Refusal(403, 'BadArgument', 'The stream URL has been used');
      }
      await conversations.checkGoesOn(ticket.conversationId);
      return streams.open(upgrade, ticket.conversationId, ticket.after);
    } catch (error) {
      return refused(context.logger, STREAM, error);
    }
  };

  const paths: readonly Path[] = [
    { path: '/chat/token', handlers: { POST: siteToken({ context, tokens, conversations, presenter }) } },
    { path: '/chat/addresses', handlers: { GET: addressRoute(context, tokens) } },
    { path: `${BASE}/tokens/generate`, handlers: { POST: generate } },
    { path: `${BASE}/tokens/refresh`, handlers: { POST: refresh } },
    { path: `${BASE}/conversations`, handlers: { POST: start } },
    { path: `${BASE}/conversations/:id`, handlers: { GET: reconnect } },
    {
      path: `${BASE}/conversations/:id/activities`,
      maxBytes: MAX_ACTIVITY_BYTES,
      handlers: { GET: activities.read, POST: activities.post },
    },
    { path: `${BASE}/conversations/:id/upload`, maxBytes: MAX_UPLOAD_BYTES, handlers: { POST: activities.upload } },
    { path: `${BASE}/files/:id`, handlers: { GET: serveFile(context, tokens) } },
    { path: STREAM, handlers: { GET: noSocket } },
    { path: `${BASE}/*`, handlers: {} },
  ];

  return {
    name: CHANNEL,
    routes(router: Router) {
      mount(router, context, paths);
      router.upgrade(STREAM, stream);
    },
    close: () => streams.close(),
  };
}

/** A stream asked for without an upgrade. */
const noSocket = async (): Promise<HttpResponse> => ({
  ...new Refusal(426, 'BadArgument', 'This address takes web sockets').response(),
  headers: { upgrade: 'websocket' },
});
