import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { ChannelConfig } from '../../../src/channels/channel';
import { createSender } from '../../../src/channels/sms/sender';
import { createStandIn, type StandIn } from '../../../src/channels/sms/standIn/index';
import type { OutboundMessage } from '../../../src/turn/index';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const options = {
  accountSid: ACCOUNT,
  authToken: 'token',
  webhook: 'http://127.0.0.1:9/webhooks/twilio/message',
  now: () => Date.UTC(2026, 10, 24),
};
const config = {
  publicUrl: 'http://127.0.0.1:9',
  sms: {
    mode: 'simulated',
    accountSid: ACCOUNT,
    authTokens: ['token'],
    from: ['+447700900001'],
    messagingServiceSid: undefined,
    apiBaseUrl: undefined,
  },
} as unknown as ChannelConfig;

const outbound = (text: string, to = '+447700900123'): OutboundMessage => ({
  outboxId: 'o1',
  conversationId: 'c1',
  address: `${to}>+447700900001`,
  attempt: 1,
  logged: { seq: 1, at: 0, role: 'bot', activity: { id: 'a', type: 'message', text } },
});

describe('sending through the official client to the stand-in', () => {
  let standIn: StandIn;
  let url: string;
  beforeEach(async () => {
    standIn = createStandIn(options);
    url = await standIn.listen();
  });
  afterEach(() => standIn.close());
  const sender = (known: readonly string[] = []) => createSender(config, url, async (id) => known.includes(id));

  it('is recorded with sender, receiver and segments', async () => {
    const sent = await sender().deliver(outbound('شکریہ Łódź'));
    const [message] = standIn.record.ofNumber('+447700900123');
    expect(sent).toEqual({ result: 'accepted', providerId: message?.sid });
    expect(message).toMatchObject({
      from: '+447700900001',
      body: 'شکریہ Łódź',
      num_segments: '1',
      direction: 'outbound-api',
    });
  });

  it.each([
    ['+15005550001', 'dead', /21211/],
    ['+15005550004', 'dead', /opted out/],
    ['+15005550009', 'dead', /not a mobile/],
  ])('to %s ends %s with the reason', async (to, result, reason) => {
    expect(await sender().deliver(outbound('hello', to))).toMatchObject({
      result,
      reason: expect.stringMatching(reason),
    });
  });

  it('with nobody at the other end is tried again', async () => {
    await standIn.close();
    expect(await sender().deliver(outbound('hello'))).toMatchObject({ result: 'retry' });
    standIn = createStandIn(options);
    await standIn.listen();
  });

  it('with a wrong token is dead, and says so', async () => {
    const wrong = { ...config, sms: { ...config.sms, authTokens: ['other'] } };
    expect(await createSender(wrong, url, async () => false).deliver(outbound('x'))).toMatchObject({
      result: 'dead',
      reason: expect.stringContaining('401'),
    });
  });

  it('is looked up by what was not recorded yet: found, not found, or several the same', async () => {
    expect(await sender().lookUp(outbound('hello'))).toMatchObject({ result: 'retry' });
    const first = await sender().deliver(outbound('hello'));
    expect(await sender().lookUp(outbound('hello'))).toEqual(first);
    expect(await sender([standIn.record.all()[0]?.sid ?? '']).lookUp(outbound('hello'))).toMatchObject({
      result: 'retry',
    });
    await sender().deliver(outbound('hello'));
    expect(await sender().lookUp(outbound('hello'))).toMatchObject({ result: 'maybe' });
  });
});

const SPEC = join(__dirname, '../../../../shared/specs/twilio-message.openapi.json');
const withSpec = existsSync(SPEC) ? describe : describe.skip;
if (!existsSync(SPEC)) console.log('Skipped: the published OpenAPI of Twilio is not here.');

withSpec("Twilio's published OpenAPI", () => {
  const spec = existsSync(SPEC) ? JSON.parse(readFileSync(SPEC, 'utf8')) : {};
  const path = spec.paths?.['/2010-04-01/Accounts/{AccountSid}/Messages.json'];

  it('has every field that is sent, and the stand-in answers in its shapes', async () => {
    const standIn = createStandIn(options);
    const url = await standIn.listen();
    const sent: string[] = [];
    const fields = Object.keys(path.post.requestBody.content['application/x-www-form-urlencoded'].schema.properties);
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:token`).toString('base64')}`;
    await createSender(config, url, async () => false).deliver(outbound('hello'));
    sent.push('To', 'From', 'Body', 'StatusCallback', 'MessagingServiceSid');
    expect(sent.filter((field) => !fields.includes(field))).toEqual([]);

    const ajv = new Ajv({
      strict: false,
      validateFormats: false,
      schemas: [{ $id: 'spec', components: spec.components }],
    });
    const schema = JSON.parse(
      JSON.stringify({ $ref: '#/components/schemas/api.v2010.account.message' }).replace('#/', 'spec#/'),
    );
    const validate = ajv.compile(schema);
    const list = (await (
      await fetch(`${url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json?To=%2B447700900123`, {
        headers: { authorization },
      })
    ).json()) as { messages: object[] };
    expect(list.messages.map((message) => [validate(message), validate.errors])).toEqual([[true, null]]);
    const known = Object.keys(spec.components.schemas['api.v2010.account.message'].properties);
    expect(Object.keys(list.messages[0] ?? {}).filter((field) => !known.includes(field))).toEqual([]);
    expect(validate({ ...list.messages[0], status: 'teleported' })).toBe(false);
    await standIn.close();
  });
});
