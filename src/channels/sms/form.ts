import { validateRequest } from 'twilio';
import type { ChannelContext, HttpRequest, HttpResponse } from '../channel';

/** The fields of one form post. Repeated names keep all their values, as Twilio's signature needs them. */
export type Form = Readonly<Record<string, string | string[]>>;

export type Signed =
  | { readonly ok: true; readonly form: Form }
  | { readonly ok: false; readonly response: HttpResponse };

/**
 * Reads a form post and checks `X-Twilio-Signature`: HMAC-SHA1 over the **configured** public address and the sorted fields, so that
 * Host and X-Forwarded-* have no say. Any of the configured tokens may have signed (rotation).
 * Source: Twilio, "Validating requests". The body is parsed here, not by the framework: qs changes bracketed names.
 */
export function signedForm(request: HttpRequest, config: ChannelContext['config']): Signed {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return refused(415, 'Expected a form post.');
  const form = formOf(request.body);
  const address = `${config.publicUrl}${request.path}${request.search}`;
  const signature = request.headers['x-twilio-signature'] ?? '';
  const valid =
    signature !== '' && config.sms.authTokens.some((token) => validateRequest(token, signature, address, form));
  return valid
    ? { ok: true, form }
    : refused(403, 'The signature does not fit. Check PUBLIC_URL and TWILIO_AUTH_TOKEN.');
}

function formOf(body: Buffer): Form {
  const form: Record<string, string | string[]> = Object.create(null);
  const fields = new URLSearchParams(body.toString('utf8'));
  for (const name of new Set(fields.keys())) {
    const values = fields.getAll(name);
    form[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return form;
}

function refused(status: number, message: string): Signed {
  return {
    ok: false,
    response: { status, body: { error: { code: status === 403 ? 'Forbidden' : 'UnsupportedMediaType', message } } },
  };
}
