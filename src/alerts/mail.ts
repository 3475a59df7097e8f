import { createTransport } from 'nodemailer';
import type { Rendered } from '../conversation/ports';
import type { Delivery, DeliveryHandlers, OutboundTask } from '../turn/index';
import { alertOf, type DutyAlert, UNCLEAR } from './alert';

export interface MailSettings {
  /** `smtps://user:password@host:port`, or `smtp://` for a server that begins in the clear (STARTTLS is used where it is offered). */
  readonly url: string;
  readonly from: string;
}

/** What the mail says: subject and body. */
export type MailWords = (alert: DutyAlert) => { readonly subject: Rendered['text']; readonly text: Rendered['text'] };

/** Milliseconds: a mail server greets slowly on purpose, to keep spam away. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/**
 * Alerts by SMTP. Each has a Message-ID made of its outbox id: a mail sent twice is the same one to the program that reads it.
 * @param to the duty contact of the day; undefined: the setting has run out of its dates
 */
export function mailDelivery(
  settings: MailSettings,
  to: () => string | undefined,
  words: MailWords,
): DeliveryHandlers<OutboundTask> {
  const transport = createTransport(serverOf(settings.url));
  const domain = settings.from.split('@').at(-1)?.replace(/>.*$/, '') ?? 'localhost';
  return {
    async deliver(task) {
      const address = to();
      if (address === undefined) return { result: 'dead', reason: 'no duty address in the settings of today' };
      const messageId = `<${task.outboxId}@${domain}>`;
      const mail = { from: settings.from, to: address, messageId, priority: 'high', ...words(alertOf(task)) } as const;
      try {
        await transport.sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' }, ...SAFE });
        return { result: 'delivered', providerId: messageId };
      } catch (error) {
        return failed(error);
      }
    },
    lookUp: async () => UNCLEAR,
  };
}

/** Nothing in a mail is ever read from a file or an address. */
const SAFE = { disableFileAccess: true, disableUrlAccess: true } as const;

function serverOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // A password never goes over a line that others can read.
    requireTLS: username !== '' && !['localhost', '127.0.0.1', '::1'].includes(host),
    ...(username !== '' && { auth }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  };
}

/** A server that says 5xx will say it again (RFC 5321, 4.2.1); everything else may pass. */
function failed(error: unknown): Delivery {
  const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string };
  if (responseCode !== undefined && responseCode >= 500)
    return { result: 'dead', reason: `refused by the mail server (${responseCode})` };
  return { result: 'retry', reason: `the mail server did not take it (${responseCode ?? code ?? 'unknown'})` };
}
