import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { ChannelConfig } from '../channel';
import type { ChannelActivity } from './activity';

type Sdk = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type Identity = Parameters<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>[0];

/** What a test puts in the place of Microsoft's cloud. Every one is the SDK's own by default. */
export interface CloudPorts {
  readonly settings?: NonNullable<Sdk[0]>;
  readonly credentials?: NonNullable<Sdk[1]>;
  readonly client?: NonNullable<Sdk[4]>;
  readonly fetch?: typeof fetch;
}

/** Azure Bot Service (or the Emulator), as the SDK knows it: who calls, and how to write to them. */
export interface Cloud {
  /** Whether the token is true for this bot, channel and service; `unknown` while the cloud's keys are out of reach. */
  verify(activity: ChannelActivity, authorization: string): Promise<'true' | 'false' | 'unknown'>;
  /** Sends one activity to a conversation. Answers its id there. */
  send(serviceUrl: string, conversation: string, activity: Partial<Activity>): Promise<string>;
  /** Asks for an address of the service with the bot's own token: the caller sees to it that it is one. */
  open(serviceUrl: string, url: string): Promise<Response>;
}

/** Less than a drain takes; and a file is fetched before its message is acknowledged, for which channels wait 15 s. */
const TIMEOUT_MS = 8_000;

export function createCloud(bot: NonNullable<ChannelConfig['botframework']>, ports: CloudPorts = {}): Cloud {
  const sdk = new ConfigurationBotFrameworkAuthentication(
    { ...settingsOf(bot), ...ports.settings },
    ports.credentials,
    undefined,
    undefined,
    ports.client,
  );
  const appId = bot.kind === 'azure' ? bot.appId : undefined;
  const identity = { getClaimValue: (claim: string) => (claim === 'aud' ? appId : undefined) } as unknown as Identity;
  const factory = sdk.createConnectorFactory(identity);
  return {
    async verify(activity, authorization) {
      try {
        const { claimsIdentity } = await sdk.authenticateRequest(activity as unknown as Activity, authorization);
        // The SDK compares it for tokens of channels only: one of the Emulator, a skill or another bot could name any address.
        return claimsIdentity?.getClaimValue('serviceurl') === activity.serviceUrl ? 'true' : 'false';
      } catch (error) {
        return isOutOfReach(error) ? 'unknown' : 'false';
      }
    },
    async send(serviceUrl, conversation, activity) {
      const connector = await factory.create(serviceUrl);
      sendOnce(connector);
      const { id } = await connector.conversations.sendToConversation(conversation, activity, { timeout: TIMEOUT_MS });
      return id;
    },
    async open(serviceUrl, url) {
      const { credentials } = await factory.create(serviceUrl);
      const resource = { headers: new Headers() };
      await credentials.signRequest(resource as unknown as Parameters<typeof credentials.signRequest>[0]);
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return (ports.fetch ?? fetch)(url, { headers: resource.headers, redirect: 'error', signal });
    },
  };
}

function settingsOf(bot: NonNullable<ChannelConfig['botframework']>): NonNullable<Sdk[0]> {
  if (bot.kind === 'emulator') return {};
  return {
    MicrosoftAppId: bot.appId,
    MicrosoftAppType: bot.appType,
    ...(bot.password && { MicrosoftAppPassword: bot.password }),
    ...(bot.tenantId && { MicrosoftAppTenantId: bot.tenantId }),
  };
}

/** node-fetch's `FetchError`, or the SDK's own where the keys' address answered with an error. */
const isOutOfReach = (error: unknown): boolean =>
  (error as Error).name === 'FetchError' || (error as { readonly statusCode?: number }).statusCode === 500;

/** Takes the client's own retries out (a post is not safe to repeat, and the outbox repeats what may be), and the following of redirects. */
function sendOnce(connector: object): void {
  const { client } = connector as {
    readonly client: { readonly pipeline: { removePolicy(policy: { readonly name: string }): unknown } };
  };
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) client.pipeline.removePolicy({ name });
}
