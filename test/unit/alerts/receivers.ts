import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What stands at the other end of an alert: a mail server and a web server, on loopback. */

interface Mail {
  readonly to: readonly string[];
  /** Headers and body as they came over the wire, quoted-printable undone. */
  readonly source: string;
}

/** A mail server that takes whatever `refusal` does not refuse; it is asked once a message. */
export async function mailServer(refusal: (attempt: number) => number | undefined = () => undefined) {
  const mails: Mail[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        attempts += 1;
        const responseCode = refusal(attempts);
        if (responseCode) return done(Object.assign(new Error('not now'), { responseCode }));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, source: readable(Buffer.concat(chunks).toString('utf8')) });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    attempts: () => attempts,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Undoes quoted-printable, as far as it is needed to read what was written. */
function readable(source: string): string {
  const bytes = source
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A web server that answers with the status that `answer` gives to the attempt (200 by default). */
export async function webServer(answer: (attempt: number) => number = () => 200) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    // Two calls: restify, where it is loaded, makes writeHead answer nothing.
    response.writeHead(answer(calls.length), { location: '/elsewhere' });
    response.end('an answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
