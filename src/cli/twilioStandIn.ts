import { parseArgs } from 'node:util';
import { createStandIn } from '../channels/sms/standIn/index';

/**
 * The simulated Twilio in a process of its own, for fault tests and for trying several installations against one: its record outlives
 * theirs. It prints its address and then takes one JSON line per command on standard input:
 * `{"text":{"from","to","body","sid"?}}` → `{"status"}`; `{"list":{}}` → `{"messages":[…]}`.
 */
async function main(): Promise<void> {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { account: option, token: option, webhook: option, port: option } });
  const standIn = createStandIn({
    accountSid: values.account ?? '',
    authToken: values.token ?? '',
    webhook: values.webhook ?? '',
    now: Date.now,
  });
  console.log(JSON.stringify({ url: await standIn.listen(Number(values.port ?? 0)) }));
  let rest = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) void obey(line);
  }
  await standIn.close();

  async function obey(line: string): Promise<void> {
    const command = JSON.parse(line) as { id: number; text?: Parameters<typeof standIn.text>[0]; list?: object };
    const status = command.text ? await standIn.text(command.text).catch(() => 0) : undefined;
    console.log(
      JSON.stringify({ id: command.id, ...(status === undefined ? { messages: standIn.record.all() } : { status }) }),
    );
  }
}

void main();
