import { ACCOUNT, startTwilio } from '../faults/twilioProcess';
import { freePort, startServer, until } from '../server';

/** The whole product, and the phone network it texts through, each a process of its own. */
export async function startTexting() {
  const port = String(await freePort());
  const twilio = await startTwilio(`http://127.0.0.1:${port}`);
  const server = await startServer({
    PORT: port,
    WANDLE_TWILIO: 'simulated',
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: ACCOUNT.sid,
    TWILIO_AUTH_TOKEN: ACCOUNT.token,
    TWILIO_FROM: ACCOUNT.number,
  });
  return {
    server,
    twilio,
    /** What was texted to a number, once there are so many. */
    sentTo: (number: string, count: number): Promise<readonly string[]> =>
      until(`${count} texts to ${number}`, async () => {
        const sent = await twilio.sentTo(number);
        return sent.length >= count && sent.map(({ body }) => body);
      }),
    stop: async (): Promise<void> => {
      await server.stop();
      await twilio.stop();
    },
  };
}
