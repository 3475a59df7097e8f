import { z } from 'zod';
import type { ChannelContext, Handler, HttpRequest } from '../channel';
import { type Conversations, type Resident, START } from './conversations';
import { checkOrigin, limit, originAllowed } from './edge';
import { parse } from './inbound';
import type { Presenter } from './outbound';
import { readPage } from './paging';
import { Refusal } from './refusal';
import type { Tokens } from './tokens';

/** A library's public computers share one address. */
const PER_ADDRESS_A_MINUTE = 3000;
/** How long the answer may wait for the bot's first words; after that they come by stream. */
const FIRST_WORDS_MS = 1500;

const BODY = START.pick({ locale: true }).extend({
  /** Opens the conversation at once and answers with its first activities. */
  start: z.boolean().optional(),
  /** One the page had before, perhaps expired: its conversation goes on. */
  token: z.string().max(4096).optional(),
  /** With `token`: what the page has seen. */
  watermark: z
    .string()
    .regex(/^\d{0,15}$/)
    .optional(),
});

interface Parts {
  readonly context: ChannelContext;
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly presenter: Presenter;
}

/**
 * `POST /chat/token`: the council site's own token, without a secret. With `start` or `token` one request does all that
 * opening the chat needs: token, conversation, stream URL and the activities so far.
 */
export function siteToken({ context, tokens, conversations, presenter }: Parts): Handler {
  const enter = async (request: HttpRequest): Promise<Entry> => {
    const { token, watermark, start, locale } = parse(BODY, request.body);
    if (token === undefined)
      return { resident: conversations.invent({ locale }), open: start === true, after: 0, fresh: true };
    const access = await tokens.verifyForRenewal(token);
    checkOrigin(access, request);
    await conversations.find({ kind: 'token', ...access }, access.conversationId);
    return { resident: access, open: true, after: Number(watermark ?? 0), fresh: false };
  };
  return async (request) => {
    if (request.headers.origin && !originAllowed(context.config, request))
      throw new Refusal(403, 'Forbidden', 'Origin not allowed');
    await limit(context, `directline:token:${request.ip}`, PER_ADDRESS_A_MINUTE);
    const { resident, open, after, fresh } = await enter(request);
    if (!open) {
      const { streamUrl: _unopened, ...answer } = await conversations.answer(resident, 0);
      return { status: 200, body: answer };
    }
    if (fresh) await conversations.start(resident);
    const rows = await firstRows(context, resident.conversationId, after, fresh ? FIRST_WORDS_MS : 0);
    const set = await presenter.set(resident.conversationId, rows, after);
    const answer = await conversations.answer(resident, rows.at(-1)?.seq ?? after);
    return { status: fresh ? 201 : 200, body: { ...answer, ...set } };
  };
}

interface Entry {
  readonly resident: Resident;
  readonly open: boolean;
  readonly after: number;
  readonly fresh: boolean;
}

/** Rows after a number; if there are none, waits for the first up to `waitMs`. */
async function firstRows({ log }: Pick<ChannelContext, 'log'>, id: string, after: number, waitMs: number) {
  const read = () => readPage(log, id, after);
  let wake = () => {};
  const news = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const stop = log.watch(id, () => wake());
  const timer = setTimeout(wake, waitMs);
  try {
    const rows = await read();
    if (rows.length > 0 || waitMs === 0) return rows;
    await news;
    return await read();
  } finally {
    clearTimeout(timer);
    stop();
  }
}
