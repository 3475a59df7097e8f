import { createHash } from 'node:crypto';
import type { Channel, ChannelContext, HttpRequest, HttpResponse, Router } from '../channel';
import { type ChannelActivity, MAX_BYTES, readActivity } from './activity';
import { type Cloud, type CloudPorts, createCloud } from './cloud';
import { azureGate, emulatorGate, type Gate, refusal } from './gate';
import { arrival, CHANNEL, toInbound } from './inbound';
import { filesOf, takePictures } from './pictures';
import { addressOf, referenceOf } from './reference';
import { createSender } from './sender';
import { createTyping } from './typing';

const A_MINUTE = 60_000;
/** A few addresses of Azure speak for all residents. */
const FROM_ONE_ADDRESS = 6_000;
const IN_ONE_CONVERSATION = 120;
/** Bytes; it stands in an index. */
const LONGEST_ADDRESS = 2_000;

/**
 * `POST /api/messages` for Azure Bot Service (Teams, Web Chat and its other channels) and the Bot Framework Emulator. Off unless the
 * configuration says who may post. The SDK is archived upstream: only this folder and the turn's adapter know it.
 * @param ports for tests: what stands in Microsoft's place
 */
export default function botframeworkChannel(context: ChannelContext, ports: CloudPorts = {}): Channel {
  const { botframework } = context.config;
  if (botframework === undefined) return { name: CHANNEL, routes() {} };
  const cloud = createCloud(botframework, ports);
  const gate = botframework.kind === 'azure' ? azureGate(cloud) : emulatorGate;
  const typing = createTyping(context, cloud);
  let worker: { stop(): Promise<void> } | undefined;
  return {
    name: CHANNEL,
    routes(router: Router) {
      const maxBytes = MAX_BYTES;
      router.route('POST', '/api/messages', (request) => receive(request, { context, cloud, gate, typing }), {
        maxBytes,
      });
    },
    async start() {
      worker = context.push.run(CHANNEL, createSender(cloud));
    },
    async close() {
      typing.close();
      await worker?.stop();
    },
  };
}

interface Parts {
  readonly context: ChannelContext;
  readonly cloud: Cloud;
  readonly gate: Gate;
  readonly typing: ReturnType<typeof createTyping>;
}

/** Verified, stored, acknowledged; the answer goes by the service's own API. */
async function receive(request: HttpRequest, parts: Parts): Promise<HttpResponse> {
  const { context, gate } = parts;
  if (!(await context.allow(`botframework:from:${request.ip}`, FROM_ONE_ADDRESS, A_MINUTE))) return TOO_MANY;
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return refusal(415, 'UnsupportedMediaType', 'Expected JSON.');
  const read = readActivity(request.body);
  if (!read.ok) return refusal(400, 'BadArgument', read.problem);
  const { activity } = read;
  const refused = (await gate(request, activity)) ?? notDone(activity.type, activity.deliveryMode);
  if (refused) {
    context.logger.warn({ status: refused.status }, 'a post to /api/messages was refused');
    return refused;
  }
  const address = addressOf(referenceOf(activity));
  if (Buffer.byteLength(address) > LONGEST_ADDRESS) return refusal(400, 'BadArgument', 'The ids are too long.');
  const key = createHash('sha256').update(address).digest('base64url');
  if (!(await context.allow(`botframework:in:${key}`, IN_ONE_CONVERSATION, A_MINUTE))) return TOO_MANY;
  await take(activity, address, parts);
  return OK;
}

async function take(activity: ChannelActivity, address: string, parts: Parts): Promise<void> {
  const { context, cloud, typing } = parts;
  const { inlet, log } = context;
  if (activity.type === 'typing') {
    const found = await log.byAddress(CHANNEL, address);
    if (found) inlet.typing(found.id, 'resident');
    return;
  }
  const taken = toInbound(activity);
  if (taken === undefined) return;
  const attachments =
    activity.type === 'message' && filesOf(activity).length > 0
      ? await takePictures(context, cloud, activity, await conversationOf(activity, address, context))
      : [];
  const inbound = { ...taken.inbound, activity: { ...taken.inbound.activity, attachments: [...attachments] } };
  typing.listen((await inlet.accept(inbound)).conversationId, taken.reference);
}

/** A file belongs to a conversation: where a picture is the first that anybody sends, they have come with it. */
async function conversationOf(
  activity: ChannelActivity,
  address: string,
  { log, inlet }: Pick<ChannelContext, 'log' | 'inlet'>,
): Promise<string> {
  const found = await log.byAddress(CHANNEL, address);
  return found?.id ?? (await inlet.accept(arrival(activity, activity.from.id).inbound)).conversationId;
}

const OK: HttpResponse = { status: 200 };
const TOO_MANY = refusal(429, 'TooManyRequests', 'Too many messages at once.');

/** Answers are written to the service when the turn is stored: none can go back with the request. */
function notDone(type: string, deliveryMode: string | null | undefined): HttpResponse | undefined {
  if (type === 'invoke') return refusal(501, 'NotImplemented', 'invoke is not supported.');
  return deliveryMode === 'expectReplies'
    ? refusal(501, 'NotImplemented', 'deliveryMode expectReplies is not supported: replies go to serviceUrl.')
    : undefined;
}
