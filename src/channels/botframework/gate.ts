import type { HttpRequest, HttpResponse } from '../channel';
import type { ChannelActivity } from './activity';
import type { Cloud } from './cloud';

/** Undefined: let in. */
export type Gate = (request: HttpRequest, activity: ChannelActivity) => Promise<HttpResponse | undefined>;

/** Only whoever Azure Bot Service has given a token for this bot, this channel and this very service address. */
export function azureGate(cloud: Cloud): Gate {
  return async ({ headers }, activity) => {
    const { authorization } = headers;
    if (!authorization) return refusal(401, 'Unauthorized', 'A token of Azure Bot Service is needed.');
    if (new URL(activity.serviceUrl).protocol !== 'https:')
      return refusal(403, 'Forbidden', 'Services are written to by https only.');
    const verdict = await cloud.verify(activity, authorization);
    if (verdict === 'unknown')
      return refusal(503, 'ServiceUnavailable', 'The keys of Azure Bot Service are out of reach.');
    return verdict === 'true'
      ? undefined
      : refusal(403, 'Forbidden', 'The token is not for this bot and this service.');
  };
}

/**
 * Without an app id there is no token to check, and the answer goes to whatever address the request names. So: from this machine, to this
 * machine, and not through a proxy, behind which everybody seems to be on this machine. `Host` and the content type keep web pages out
 * that the developer happens to visit (DNS rebinding; a form post needs no leave).
 */
export const emulatorGate: Gate = async ({ ip, headers }, { serviceUrl }) => {
  const isForwarded = Object.keys(headers).some((name) => FORWARDING.test(name));
  const isLocal = LOOPBACK_IP.test(ip) && isLoopback(`http://${headers.host}`);
  if (isForwarded || !isLocal || headers.origin !== undefined)
    return refusal(403, 'Forbidden', 'Without MicrosoftAppId only the Emulator on this machine is answered.');
  return isLoopback(serviceUrl) ? undefined : refusal(403, 'Forbidden', 'serviceUrl is not on this machine.');
};

const FORWARDING =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-envoy-.*|x-arr-.*|x-azure-.*|x-appengine-.*|true-client-ip|cf-.*|fastly-client-ip|x-amzn?-.*)$/;
const LOOPBACK_IP = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK_HOST.test(new URL(url).hostname);

export const refusal = (status: number, code: string, message: string): HttpResponse => ({
  status,
  body: { error: { code, message } },
});
