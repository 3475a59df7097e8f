import type { Render } from '../conversation/ports';
import type { AlertRows, PushQueue } from '../turn/index';
import { type DutyAlert, dutyAlert } from './alert';
import { type MailSettings, mailDelivery } from './mail';
import { type WebhookSettings, webhookDelivery } from './webhook';

/** The kinds of outbox rows, one for each way to whoever is on duty. */
const MAIL = 'duty-mail';
const WEBHOOK = 'duty-webhook';

export interface DutyOptions {
  readonly mail: MailSettings | undefined;
  readonly webhook: WebhookSettings | undefined;
  /** Where mail goes on the present day: the council's settings, `contacts.dutyAlert`. */
  readonly address: () => string | undefined;
  readonly council: string;
  readonly publicUrl: string;
  readonly render: Render;
  readonly now: () => number;
  readonly logger: { warn(fields: object, message: string): void };
}

export interface DutyAlerts {
  /** What an alert puts into the outbox, in the commit of its turn: nothing where nobody can be told. */
  readonly rows: AlertRows;
  /** Starts the workers that send it. */
  start(push: Pick<PushQueue, 'runTasks'>): void;
}

/** Tells whoever is on duty of an emergency: by mail, by a call to another system, or both. */
export function createDutyAlerts(options: DutyOptions): DutyAlerts {
  const { mail, webhook, address, publicUrl, now, logger } = options;
  const kinds = (): readonly string[] => [
    ...(mail && address() !== undefined ? [MAIL] : []),
    ...(webhook ? [WEBHOOK] : []),
  ];
  return {
    rows: (alert, about) => (alert.again ? [] : kinds().map((kind) => ({ kind, body: dutyAlert(alert, about) }))),
    start(push) {
      if (kinds().length === 0)
        logger.warn({}, 'emergencies alert nobody but the desk: set WANDLE_SMTP_URL or WANDLE_DUTY_WEBHOOK');
      if (mail)
        push.runTasks(
          MAIL,
          mailDelivery(mail, address, (alert) => words(options, alert)),
        );
      if (webhook) push.runTasks(WEBHOOK, webhookDelivery(webhook, `${publicUrl}/desk`, now));
    },
  };
}

/** The desk's language, and so that of its staff. */
const STAFF = 'en';

function words({ render, council, publicUrl }: DutyOptions, alert: DutyAlert) {
  const kind = `duty:${alert.danger}` as const;
  const danger = render.has(kind, STAFF) ? kind : 'duty:general';
  const params = {
    council,
    danger: { label: danger },
    at: { moment: alert.at },
    language: new Intl.DisplayNames([STAFF], { type: 'language' }).of(alert.language) ?? alert.language,
    channel: alert.channel,
    attended: alert.attended,
    quiet: alert.quiet,
    unreachable: alert.unreachable,
    link: `${publicUrl}/desk`,
    conversation: alert.conversationId,
  } as const;
  const say = (text: 'duty:subject' | 'duty:body') => render.say({ text, params }, STAFF, alert.at).text;
  return { subject: say('duty:subject'), text: say('duty:body') };
}
