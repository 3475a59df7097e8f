import { createHash } from 'node:crypto';
import { until } from '../server';
import type { TwilioProcess } from './twilioProcess';

/** Longer than all the kills together: with forty writing at once, somebody's turn may come late. */
const PATIENCE_MS = 5 * 60_000;

/** Somebody who writes, repeats what was not taken, and goes on once answered, whatever happens to the server meanwhile. */
export interface Resident {
  readonly name: string;
  /** Resolves when the message was accepted and an answer has arrived. */
  say(text: string): Promise<void>;
  /** What was accepted: the channel's message ids, in order. */
  readonly accepted: readonly string[];
}

interface Activity {
  readonly id: string;
  readonly type: string;
  readonly replyToId?: string;
  readonly from: { readonly id: string };
}

/** On the web: Direct Line over HTTP, catching up by watermark. */
export class WebResident implements Resident {
  readonly name: string;
  readonly accepted: string[] = [];
  /** Every activity as it was first seen, in order. */
  readonly seen: Activity[] = [];
  conversationId = '';
  private readonly url: string;
  private token = '';
  private watermark = '';

  constructor(name: string, url: string) {
    this.name = name;
    this.url = url;
  }

  async say(text: string): Promise<void> {
    if (this.token === '') await this.start();
    const clientActivityID = `${this.name}-${this.accepted.length}`;
    const activity = { type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID } };
    const { id } = await this.ask<{ id: string }>('POST', '/activities', activity);
    this.accepted.push(clientActivityID);
    await until(`an answer to ${this.name}: ${text}`, () => this.isAnswered(id), PATIENCE_MS);
  }

  async catchUp(): Promise<void> {
    const { activities, watermark } = await this.ask<{ activities: Activity[]; watermark: string }>(
      'GET',
      `/activities?watermark=${this.watermark}`,
    );
    this.seen.push(...activities);
    this.watermark = watermark;
  }

  private async isAnswered(id: string): Promise<boolean> {
    await this.catchUp();
    return this.seen.some((activity) => activity.replyToId === id && activity.type === 'message');
  }

  private async start(): Promise<void> {
    const site = await repeated(() => fetch(`${this.url}/chat/token`, { method: 'POST' }));
    const { token, conversationId } = (await site.json()) as { token: string; conversationId: string };
    [this.token, this.conversationId] = [token, conversationId];
    const started = await repeated(() =>
      fetch(`${this.url}/v3/directline/conversations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    await started.arrayBuffer();
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const request = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await repeated(() =>
      fetch(`${this.url}/v3/directline/conversations/${this.conversationId}${path}`, request),
    );
    return (await response.json()) as T;
  }
}

/** By text message, through the simulated Twilio, which repeats what nobody took. */
export class TextResident implements Resident {
  readonly name: string;
  readonly number: string;
  readonly accepted: string[] = [];
  private readonly twilio: TwilioProcess;
  private answers = 0;

  constructor(name: string, number: string, twilio: TwilioProcess) {
    this.name = name;
    this.number = number;
    this.twilio = twilio;
  }

  async say(text: string): Promise<void> {
    const sid = `SM${createHash('md5').update(`${this.name}-${this.accepted.length}`).digest('hex')}`;
    await until(
      'the text to be taken',
      async () => (await this.twilio.text({ from: this.number, body: text, sid })) === 200,
      PATIENCE_MS,
    );
    this.accepted.push(sid);
    await until(`an answer to ${this.name}: ${text}`, () => this.isAnswered(), PATIENCE_MS);
  }

  private async isAnswered(): Promise<boolean> {
    const sent = (await this.twilio.sentTo(this.number)).length;
    if (sent <= this.answers) return false;
    this.answers = sent;
    return true;
  }
}

/** The same request again until somebody answers it: a message repeated with its id is the same message. */
async function repeated(request: () => Promise<Response>): Promise<Response> {
  return until(
    'an answer from the server',
    async () => {
      const response = await request().catch(() => undefined);
      if (response && response.status < 500) {
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        return response;
      }
      return undefined;
    },
    PATIENCE_MS,
  );
}
