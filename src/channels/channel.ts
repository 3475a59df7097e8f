import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Inlet, LogReader, PushQueue } from '../turn/index';

/** One HTTP request as a channel sees it: no framework in sight. The body is read whole, up to the route's limit. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  /** The query as it was sent, with its `?`; empty without one. Signatures are made over it. */
  readonly search: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: Buffer;
  /** The peer, or the forwarded address when WANDLE_TRUST_PROXY is on. */
  readonly ip: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  /** Objects are sent as JSON. */
  readonly body?: string | Buffer | object;
}

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

/** A web socket request: complete the upgrade (with `ws`, noServer) or answer with a status. */
export type UpgradeHandler = (request: HttpRequest, upgrade: Upgrade) => Promise<HttpResponse | undefined>;
export interface Upgrade {
  readonly raw: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

export interface Router {
  /** `path` may hold `:name` parts, and end with `*` for whatever no other path takes. */
  route(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    path: string,
    handler: Handler,
    options?: RouteOptions,
  ): void;
  upgrade(path: string, handler: UpgradeHandler): void;
}

export interface RouteOptions {
  /** Defaults to 64 KiB: more is answered 413. */
  readonly maxBytes?: number;
  /** Put on every answer of the route, also on those the handler does not make (413, 500). The body is not read yet. */
  readonly headers?: (request: Omit<HttpRequest, 'body'>) => { readonly [name: string]: string };
}

/** Anything that serves routes: channels, the desk's API, health. */
export interface Routes {
  routes(router: Router): void;
  /** Ends sockets and workers; called once, on drain. */
  close?(): Promise<void>;
}

/**
 * A transport. A channel verifies what comes from outside, normalises it to Bot Framework activities, hands them to the
 * `Inlet`, and brings out what the log holds: either its readers come (web chat), or it delivers outbox rows (SMS).
 */
export interface Channel extends Routes {
  /** Stored with each conversation, and the outbox `kind` of a channel that delivers. */
  readonly name: string;
  /** Starts workers (delivery), if the channel has any. */
  start?(): Promise<void>;
}

/** What every channel is given. Its own settings come from `config.channels[<name>]`. */
export interface ChannelContext {
  readonly config: ChannelConfig;
  readonly inlet: Inlet;
  readonly log: LogReader;
  readonly push: PushQueue;
  readonly now: () => number;
  /** Unguessable id of 16+ random bytes, URL-safe. */
  readonly randomId: () => string;
  readonly allow: (key: string, limit: number, windowMs: number) => Promise<boolean>;
  readonly logger: Logger;
  readonly files: Files;
  readonly places: PlaceSearch;
  /** Test port: named places where a fault test may kill the process. */
  readonly failpoint: (name: string) => void;
}

/** Read once by `src/config.ts`. */
export interface ChannelConfig {
  readonly publicUrl: string;
  /** Folder of the built front ends. */
  readonly webDir: string;
  readonly production: boolean;
  /** Signing secrets, newest first: the first signs, all verify. */
  readonly secrets: readonly string[];
  readonly council: { readonly name: string; readonly shortName: string; readonly phone: string };
  readonly languages: readonly string[];
  readonly directline: { readonly secret: string | undefined; readonly origins: readonly string[] };
  readonly sms: {
    readonly mode: 'live' | 'simulated';
    readonly accountSid: string;
    readonly authTokens: readonly string[];
    readonly from: readonly string[];
    readonly messagingServiceSid: string | undefined;
    readonly apiBaseUrl: string | undefined;
  };
  /** Who may post to `/api/messages`; absent, the address is not there. */
  readonly botframework?: AzureBot | { readonly kind: 'emulator' } | undefined;
}

/** A bot's registration at Azure Bot Service. */
interface AzureBot {
  readonly kind: 'azure';
  readonly appId: string;
  readonly appType: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  /** None with a managed identity. */
  readonly password?: string;
  readonly tenantId?: string;
}

/** A line that is suggested while somebody types; all but addresses with their position. */
export interface Suggestion {
  readonly kind: 'address' | 'street' | 'postcode' | 'landmark';
  /** As a resident would write it: "10 Sample Road, WB1 2AB". */
  readonly label: string;
  readonly position?: Position;
}

/** Finds addresses and places by what has been typed so far; at most eight each time. */
export interface PlaceSearch {
  addresses(words: string): Promise<readonly Suggestion[]>;
  /** Streets, postcodes and landmarks. */
  places(words: string): Promise<readonly Suggestion[]>;
  /** Street and postcode beside a point; undefined outside the council's area. */
  near(position: Position): Promise<string | undefined>;
  /** What a map of the council's area has to show, in degrees; undefined before an import. */
  area(): Promise<Area | undefined>;
}
interface Position {
  readonly lat: number;
  readonly lon: number;
}
export interface Area {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** Never give it a resident's words, name, address or number: ids and counts only. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Files {
  put(
    content: Buffer,
    meta: { readonly name: string; readonly type: string; readonly conversationId: string },
  ): Promise<string>;
  get(
    id: string,
  ): Promise<
    | { readonly content: Buffer; readonly name: string; readonly type: string; readonly conversationId: string }
    | undefined
  >;
}
