import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { answer } from './api';
import { MessageRecord, type MessageResource } from './record';

export interface StandInOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where inbound texts are posted: the product's webhook at its public address. */
  readonly webhook: string;
  readonly now: () => number;
}

export interface StandIn {
  readonly record: MessageRecord;
  /** Serves the REST API on loopback; answers its base address. */
  listen(port?: number): Promise<string>;
  /**
   * A phone sends a text: the signed webhook is called as Twilio would. The same `sid` again is the same message repeated.
   * @returns the webhook's status
   */
  text(message: {
    readonly from: string;
    readonly to: string;
    readonly body: string;
    readonly sid?: string;
  }): Promise<number>;
  close(): Promise<void>;
}

/** A stand-in of the part of Twilio that Wandle uses: messages are created, listed and fetched, receipts follow, phones text in. */
export function createStandIn(options: StandInOptions): StandIn {
  const record = new MessageRecord(options.accountSid, options.now);
  const post = async (address: string, fields: Readonly<Record<string, string>>): Promise<number> => {
    const signature = getExpectedTwilioSignature(options.authToken, address, fields);
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const receipts = receiptsBy(record, options.accountSid, post);
  const server = createServer((req, res) => {
    void readAll(req).then((body) => {
      const reply = answer(req.method ?? 'GET', new URL(req.url ?? '/', 'http://stand-in'), body, {
        ...options,
        authorization: req.headers.authorization,
        record,
      });
      send(res, reply.status, reply.body);
      if (reply.created && reply.statusCallback) receipts(reply.created, reply.statusCallback);
    });
  });
  return {
    record,
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
      }),
    text({ from, to, body, sid }) {
      const message = (sid ? record.get(sid) : undefined) ?? record.add({ direction: 'inbound', from, to, body });
      const messageSid = sid ?? message.sid;
      return post(options.webhook, {
        MessageSid: messageSid,
        SmsSid: messageSid,
        SmsMessageSid: messageSid,
        AccountSid: options.accountSid,
        From: from,
        To: to,
        Body: body,
        NumMedia: '0',
        NumSegments: message.num_segments,
        SmsStatus: 'received',
        ApiVersion: '2010-04-01',
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `sent`, then `delivered`, each as a signed call. A product that is down misses its receipts, as with the real one. */
function receiptsBy(
  record: MessageRecord,
  accountSid: string,
  post: (address: string, fields: Readonly<Record<string, string>>) => Promise<number>,
) {
  return async (message: MessageResource, callback: string): Promise<void> => {
    for (const status of ['sent', 'delivered'] as const) {
      record.setStatus(message.sid, status);
      const fields = {
        MessageSid: message.sid,
        SmsSid: message.sid,
        AccountSid: accountSid,
        MessageStatus: status,
        SmsStatus: status,
        To: message.to,
        From: message.from ?? '',
        ApiVersion: '2010-04-01',
      };
      await post(callback, fields).catch(() => 0);
    }
  };
}

async function readAll(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}
