import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { CloudPorts } from '../../src/channels/botframework/cloud';

export const APP_ID = '00000000-0000-0000-0000-0000000000aa';
/** Where the service is as far as the channel knows; what is sent there goes to the fake. */
export const SERVICE = 'https://smba.azure.example/uk/';
const ISSUER = 'https://api.botframework.com';
const BOT_TOKEN = 'Bearer the-token-of-the-bot';

interface Posted {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly activity: {
    readonly type: string;
    readonly text?: string;
    readonly textFormat?: string;
    readonly from?: { readonly id: string };
    readonly recipient?: { readonly id: string };
    readonly attachments?: readonly object[];
    readonly suggestedActions?: {
      readonly to: readonly string[];
      readonly actions: readonly { readonly title: string }[];
    };
  };
}

export interface FakeAzure {
  /** Its own address, on this machine. */
  readonly url: string;
  /** What bots posted, in order. */
  readonly posted: readonly Posted[];
  /** Paths that were asked for, of any kind. */
  readonly asked: readonly string[];
  /** How the next posts are answered, before all are taken again. */
  answer(...answers: readonly Answer[]): void;
  /** What is behind `…/attachments/<name>`, for whoever has the bot's token. */
  readonly files: Map<string, Buffer>;
  readonly ports: CloudPorts;
  /** The header of a token, as Azure Bot Service would send it. */
  token(changes?: JWTPayload, options?: { readonly forged?: true; readonly lifetime?: string }): Promise<string>;
  close(): Promise<void>;
}
export type Answer = 'cut' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** Azure Bot Service on this machine: keys, tokens, and the connector's API. */
export async function startAzure(): Promise<FakeAzure> {
  const keys = await generateKeyPair('RS256', { extractable: true });
  const others = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'azure', use: 'sig', endorsements: ['msteams', 'webchat'] };
  const state = {
    posted: [] as Posted[],
    asked: [] as string[],
    answers: [] as Answer[],
    files: new Map<string, Buffer>(),
  };
  const server = createServer((req, res) => void serve(state, jwk, req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    ...state,
    answer: (...answers) => void state.answers.push(...answers),
    ports: portsTo(url),
    async token(changes = {}, { forged, lifetime = '10m' } = {}) {
      const claims = { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE, ...changes };
      const token = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'azure' }).setIssuedAt(0);
      return `Bearer ${await token.setExpirationTime(lifetime).sign(forged ? others.privateKey : keys.privateKey)}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface State {
  readonly posted: Posted[];
  readonly asked: string[];
  readonly answers: Answer[];
  readonly files: ReadonlyMap<string, Buffer>;
}

async function serve(state: State, jwk: object, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = req.url ?? '';
  const { authorization, host } = req.headers;
  state.asked.push(path);
  if (path === '/openid') return void res.end(JSON.stringify({ jwks_uri: `http://${host}/keys` }));
  if (path === '/keys') return void res.end(JSON.stringify({ keys: [jwk] }));
  if (req.method === 'GET') {
    const file = authorization === BOT_TOKEN ? state.files.get(path.split('/').at(-1) ?? '') : undefined;
    return send(res, { status: file ? 200 : 401 }, file ?? '');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  const answer = state.answers.shift();
  if (answer === 'cut') return void req.socket.destroy();
  if (answer) return send(res, answer, '{}');
  state.posted.push({ path, authorization, activity: JSON.parse(Buffer.concat(chunks).toString()) });
  const headers = { 'content-type': 'application/json' };
  send(res, { status: 201, headers }, JSON.stringify({ id: `posted-${state.posted.length}` }));
}

/** Not in one chain: restify, loaded beside this, makes every `writeHead` of the process answer nothing. */
function send(res: ServerResponse, { status, headers }: Exclude<Answer, 'cut'>, body: string | Buffer): void {
  res.writeHead(status, headers);
  res.end(body);
}

/** The bot's own token without Microsoft's login. */
class FakeCredentials extends ConfigurationServiceClientCredentialFactory {
  override async createCredentials() {
    return {
      async signRequest(request: { readonly headers: { set(name: string, value: string): void } }) {
        request.headers.set('authorization', BOT_TOKEN);
        return request;
      },
    } as unknown as ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']>;
  }
}

function portsTo(url: string): CloudPorts {
  const there = (address: string) => address.replace(new URL(SERVICE).origin, url);
  const client = {
    httpClient: {
      async sendRequest(request: {
        url: string;
        method: string;
        body?: string;
        headers: { toJson(): Record<string, string> };
      }) {
        const { method, body, headers } = request;
        const answered = await fetch(there(request.url), { method, headers: headers.toJson(), ...(body && { body }) });
        const received = Object.fromEntries(answered.headers);
        return {
          request,
          status: answered.status,
          headers: { toJson: () => received },
          bodyAsText: await answered.text(),
        };
      },
    },
  } as unknown as NonNullable<CloudPorts['client']>;
  return {
    settings: {
      ToChannelFromBotLoginUrl: 'https://login.example/',
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
    },
    credentials: new FakeCredentials({ MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'none' }),
    client,
    fetch: (address, init) => fetch(there(String(address)), init),
  };
}
