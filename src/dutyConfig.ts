import { z } from 'zod';

/** How whoever is on duty is told of an emergency: the part of the configuration (`config.ts`) that says so. */
export interface DutyConfig {
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
}

/** Characters. */
const SHORTEST_SECRET = 16;
/** `wandle@council.gov.uk`, or with a name before it in `<…>`. */
const MAILBOX = /^(?:[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

/** The environment's names and what they may hold. */
export const dutyEnvironment = {
  WANDLE_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is not an smtp:// or smtps:// address' }).optional(),
  WANDLE_MAIL_FROM: z.string().regex(MAILBOX, 'is not a mail address').optional(),
  WANDLE_DUTY_WEBHOOK: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }).optional(),
  WANDLE_DUTY_WEBHOOK_SECRET: z.string().min(SHORTEST_SECRET, `has less than ${SHORTEST_SECRET} characters`).optional(),
} as const;
type Environment = z.infer<z.ZodObject<typeof dutyEnvironment>>;

/** What each setting alone cannot show: one line per error. */
export function dutyContradictions(env: Environment & { readonly NODE_ENV?: string | undefined }): readonly string[] {
  const { WANDLE_DUTY_WEBHOOK: webhook } = env;
  const isOpen = webhook?.startsWith('http:') && !LOOPBACK.has(new URL(webhook).hostname);
  return [
    ...(env.WANDLE_SMTP_URL && !env.WANDLE_MAIL_FROM ? ['WANDLE_MAIL_FROM: needed with WANDLE_SMTP_URL'] : []),
    ...(webhook && !env.WANDLE_DUTY_WEBHOOK_SECRET
      ? ['WANDLE_DUTY_WEBHOOK_SECRET: needed with WANDLE_DUTY_WEBHOOK']
      : []),
    ...(isOpen && env.NODE_ENV === 'production' ? ['WANDLE_DUTY_WEBHOOK: must be https when NODE_ENV=production'] : []),
  ];
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

export function dutyFrom({ WANDLE_SMTP_URL: smtp, WANDLE_MAIL_FROM: from, ...env }: Environment): DutyConfig {
  const { WANDLE_DUTY_WEBHOOK: url, WANDLE_DUTY_WEBHOOK_SECRET: secret } = env;
  return {
    mail: smtp && from ? { url: smtp, from } : undefined,
    webhook: url && secret ? { url, secret } : undefined,
  };
}
