import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Attempt } from './requests';

export interface Answer {
  /** 0 where the connection was cut before an answer. */
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const PATIENCE_MS = 20_000;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Sends it and answers what came back. @throws when nothing comes back at all */
export function send(port: number, attempt: Attempt): Promise<Answer> {
  return attempt.raw ? sendBytes(port, attempt) : sendRequest(port, attempt);
}

function sendRequest(port: number, { method, path, headers, body }: Attempt): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.length) } : {};
    const asked = request(
      { agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(CUT));
        response.on('end', () => {
          const type = response.headers['content-type'] ?? '';
          resolve({ status: response.statusCode ?? 0, type, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    asked.setTimeout(PATIENCE_MS, () => reject(new Error(`no answer to ${method} ${path.slice(0, 200)}`)));
    asked.on('error', () => resolve(CUT));
    asked.end(body);
  });
}

const CUT: Answer = { status: 0, type: '', body: '' };

function sendBytes(port: number, { method, path, headers, body }: Attempt): Promise<Answer> {
  const isUpgrade = 'upgrade' in headers;
  const all = {
    host: '127.0.0.1',
    ...(isUpgrade ? {} : { connection: 'close' }),
    'content-length': body?.length ?? 0,
    ...headers,
  };
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const done = () => {
      clearTimeout(late);
      socket.destroy();
      const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
      resolve({ status: Number(status), type: /^content-type: (.*)$/im.exec(text)?.[1]?.trim() ?? '', body: text });
    };
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer to ${method} ${path.slice(0, 200)}`));
    }, PATIENCE_MS);
    socket.on('error', done).on('end', done);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      // A stream stays open: its first frame tells whose it is.
      if (/^HTTP\/1\.1 101.*\r\n\r\n./s.test(text)) done();
    });
    socket.write(Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), body ?? Buffer.alloc(0)]));
  });
}
