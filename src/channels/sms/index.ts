import { z } from 'zod';
import type { Channel, ChannelContext, HttpRequest, HttpResponse, Router } from '../channel';
import { type Form, signedForm } from './form';
import { readInbound } from './inbound';
import { phoneRoutes } from './phonePage';
import { createSender, type Sender } from './sender';
import { createStandIn } from './standIn/index';

const NO_REPLY: HttpResponse = {
  status: 200,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

/** Text messages and WhatsApp through Twilio, or through a stand-in of it that runs in this process (`WANDLE_TWILIO=simulated`). */
export default function smsChannel(context: ChannelContext): Channel {
  const { sms, publicUrl, production } = context.config;
  const ownStandIn =
    sms.mode === 'simulated' && sms.apiBaseUrl === undefined ? createStandIn(standInOptions(context)) : undefined;
  const phone = ownStandIn && !production && isLoopback(publicUrl) ? phoneRoutes(ownStandIn, context) : undefined;
  let worker: { stop(): Promise<void> } | undefined;
  return {
    name: 'sms',
    routes(router: Router) {
      router.route('POST', '/webhooks/twilio/message', (request) => receive(request, context));
      router.route('POST', '/webhooks/twilio/status', (request) => receipt(request, context));
      phone?.routes(router);
    },
    async start() {
      const apiBaseUrl = ownStandIn ? await ownStandIn.listen() : sms.apiBaseUrl;
      const sender: Sender = createSender(context.config, apiBaseUrl, (id) => context.push.isKnown('sms', id));
      worker = context.push.run('sms', sender);
    },
    async close() {
      await worker?.stop();
      await ownStandIn?.close();
    },
  };
}

function standInOptions({ config, now }: ChannelContext): Parameters<typeof createStandIn>[0] {
  return {
    accountSid: config.sms.accountSid,
    authToken: config.sms.authTokens[0] ?? '',
    webhook: `${config.publicUrl}/webhooks/twilio/message`,
    now,
  };
}

/** Only then may a page let anybody be any number. */
function isLoopback(publicUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname);
}

/** An inbound text: verified, stored, acknowledged; the reply goes by REST. Twilio does not repeat a message answered with 500. */
async function receive(request: HttpRequest, context: ChannelContext): Promise<HttpResponse> {
  const signed = signedForm(request, context.config);
  if (!signed.ok) return signed.response;
  const read = readInbound(signed.form);
  if (!read.ok) return badRequest(`The field ${read.field} is missing or wrong.`);
  if (read.text.accountSid !== context.config.sms.accountSid)
    return { status: 403, body: { error: { code: 'Forbidden', message: 'Another account.' } } };
  const { consent, ambiguous, inbound } = read.text;
  if (consent === undefined) {
    await context.inlet.accept(inbound);
    return NO_REPLY;
  }
  return consented(context, inbound, consent, ambiguous);
}

/** STOP and START: shown at the desk as they were written, but nothing for the bot to answer. */
async function consented(
  context: ChannelContext,
  inbound: Parameters<ChannelContext['inlet']['accept']>[0],
  consent: 'stop' | 'start',
  ambiguous: boolean,
): Promise<HttpResponse> {
  if (ambiguous && !(await isOptedOut(context, inbound))) {
    await context.inlet.accept(inbound);
    return NO_REPLY;
  }
  const activity = { ...inbound.activity, type: 'event', name: `sms.${consent}` };
  await context.inlet.accept({ ...inbound, activity, optedOut: consent === 'stop' });
  return NO_REPLY;
}

async function isOptedOut(
  context: ChannelContext,
  inbound: Parameters<ChannelContext['inlet']['accept']>[0],
): Promise<boolean> {
  const address = 'address' in inbound.conversation ? inbound.conversation.address : '';
  return (await context.log.byAddress('sms', address))?.optedOut ?? false;
}

const status = z.object({
  MessageSid: z.string().min(1).max(64),
  MessageStatus: z.string().max(32),
  ErrorCode: z.string().max(16).optional(),
});

/** A delivery receipt. They come in any order; unknown values are for a later Twilio and are ignored. */
async function receipt(request: HttpRequest, context: ChannelContext): Promise<HttpResponse> {
  const signed = signedForm(request, context.config);
  if (!signed.ok) return signed.response;
  const parsed = status.safeParse(signed.form satisfies Form);
  if (!parsed.success) return badRequest('The receipt is not complete.');
  const state = RECEIPTS[parsed.data.MessageStatus];
  const id = request.query.get('id');
  if (state && id) {
    const reason = parsed.data.ErrorCode;
    await context.push.receipt(id, { state, providerId: parsed.data.MessageSid, ...(reason ? { reason } : {}) });
  }
  return NO_REPLY;
}

const RECEIPTS: Readonly<Record<string, 'accepted' | 'delivered' | 'failed' | undefined>> = {
  sent: 'accepted',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

const badRequest = (message: string): HttpResponse => ({
  status: 400,
  body: { error: { code: 'BadRequest', message } },
});
