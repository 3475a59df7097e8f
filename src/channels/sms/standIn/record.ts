import { randomBytes } from 'node:crypto';
import { SegmentedMessage } from 'sms-segments-calculator';

/** One message as Twilio's API shows it (`api.v2010.account.message` of its OpenAPI). */
export interface MessageResource {
  readonly sid: string;
  readonly account_sid: string;
  readonly api_version: '2010-04-01';
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string | null;
  readonly to: string;
  readonly body: string;
  readonly num_segments: string;
  readonly num_media: string;
  readonly status: 'queued' | 'sent' | 'delivered' | 'received';
  readonly messaging_service_sid: string | null;
  readonly date_created: string;
  readonly date_updated: string;
  readonly date_sent: string | null;
  readonly price: string | null;
  readonly price_unit: string;
  readonly error_code: number | null;
  readonly error_message: string | null;
  readonly uri: string;
  readonly subresource_uris: { readonly media: string };
}

/** US dollars a segment to a British mobile, Twilio's list price when this was written; only the demo phone shows it. */
const PRICE_PER_SEGMENT = 0.0524;

type New = Pick<MessageResource, 'direction' | 'from' | 'to' | 'body'> & { readonly messagingServiceSid?: string };

/** What the stand-in has sent and received, in order; as Twilio does, it outlives the product's process when run in its own. */
export class MessageRecord {
  private readonly messages = new Map<string, MessageResource>();
  private readonly accountSid: string;
  private readonly now: () => number;

  constructor(accountSid: string, now: () => number) {
    this.accountSid = accountSid;
    this.now = now;
  }

  add(message: New): MessageResource {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const uri = `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}`;
    const at = new Date(this.now()).toUTCString().replace('GMT', '+0000');
    const { segmentsCount } = new SegmentedMessage(message.body, 'auto');
    const resource: MessageResource = {
      sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      direction: message.direction,
      from: message.from,
      to: message.to,
      body: message.body,
      num_segments: String(segmentsCount),
      num_media: '0',
      status: message.direction === 'inbound' ? 'received' : 'queued',
      messaging_service_sid: message.messagingServiceSid ?? null,
      date_created: at,
      date_updated: at,
      date_sent: null,
      price: message.direction === 'inbound' ? null : (-PRICE_PER_SEGMENT * segmentsCount).toFixed(5),
      price_unit: 'USD',
      error_code: null,
      error_message: null,
      uri: `${uri}.json`,
      subresource_uris: { media: `${uri}/Media.json` },
    };
    this.messages.set(sid, resource);
    return resource;
  }

  setStatus(sid: string, status: MessageResource['status']): void {
    const message = this.messages.get(sid);
    if (!message) return;
    const at = new Date(this.now()).toUTCString().replace('GMT', '+0000');
    this.messages.set(sid, { ...message, status, date_updated: at, date_sent: message.date_sent ?? at });
  }

  get(sid: string): MessageResource | undefined {
    return this.messages.get(sid);
  }

  /** In order of creation. */
  all(filter: { readonly to?: string; readonly from?: string } = {}): readonly MessageResource[] {
    return [...this.messages.values()].filter(
      (message) =>
        (filter.to === undefined || message.to === filter.to) &&
        (filter.from === undefined || message.from === filter.from),
    );
  }

  /** Both directions of one phone's conversation. */
  ofNumber(number: string): readonly MessageResource[] {
    return this.all().filter((message) => message.from === number || message.to === number);
  }
}
