import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ACCOUNT = { sid: `AC${'7'.repeat(32)}`, token: 'kill-test-token-of-twilio', number: '+447700900001' };

interface Sent {
  readonly sid: string;
  readonly direction: string;
  readonly to: string;
  readonly body: string;
}

export interface TwilioProcess {
  readonly url: string;
  /** Calls the webhook with a message; the same `sid` is the same message again. Answers the webhook's status, 0 when nobody listens. */
  text(message: { readonly from: string; readonly body: string; readonly sid: string }): Promise<number>;
  /** What was sent to a number, oldest first. */
  sentTo(number: string): Promise<readonly Sent[]>;
  stop(): Promise<void>;
}

/** The simulated Twilio in a process of its own, so that its record outlives every kill. */
export async function startTwilio(publicUrl: string): Promise<TwilioProcess> {
  const file = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'twilioStandIn.js');
  const webhook = `${publicUrl}/webhooks/twilio/message`;
  const child = spawn(
    process.execPath,
    [file, '--account', ACCOUNT.sid, '--token', ACCOUNT.token, '--webhook', webhook],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  const { url } = JSON.parse(first) as { url: string };
  const waiting = new Map<number, (status: number) => void>();
  let commands = 0;
  lines.on('line', (line) => {
    const { id, status } = JSON.parse(line) as { id: number; status: number };
    waiting.get(id)?.(status);
    waiting.delete(id);
  });
  const authorization = `Basic ${Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.token}`).toString('base64')}`;
  return {
    url,
    text: (message) =>
      new Promise((resolve) => {
        commands += 1;
        waiting.set(commands, resolve);
        child.stdin.write(`${JSON.stringify({ id: commands, text: { ...message, to: ACCOUNT.number } })}\n`);
      }),
    async sentTo(number) {
      const response = await fetch(
        `${url}/2010-04-01/Accounts/${ACCOUNT.sid}/Messages.json?PageSize=1000&To=${encodeURIComponent(number)}`,
        { headers: { authorization } },
      );
      return ((await response.json()) as { messages: Sent[] }).messages.reverse();
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
