import { z } from 'zod';
import type { Effect, EpochMs } from '../conversation/ports';
import type { OutboundTask } from '../turn/index';

/** What whoever is on duty is told: enough to go and look, and none of the resident's words. */

const DutyAlert = z.object({
  danger: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  conversationId: z.string(),
  channel: z.string(),
  language: z.string(),
  attended: z.boolean(),
  quiet: z.boolean(),
  /** The resident has opted out of texts: nobody can answer them there. */
  unreachable: z.boolean(),
});
export type DutyAlert = Readonly<z.infer<typeof DutyAlert>>;

type Alert = Extract<Effect, { readonly kind: 'alert' }>;
interface About {
  readonly conversation: {
    readonly id: string;
    readonly channel: string;
    readonly language: string | null;
    readonly opted_out: number;
  };
  readonly at: EpochMs;
}

export function dutyAlert({ danger, attended, quiet }: Alert, { conversation, at }: About): DutyAlert {
  const { id: conversationId, channel, language, opted_out } = conversation;
  const unreachable = opted_out === 1;
  return { danger, at, conversationId, channel, language: language ?? 'en', attended, quiet, unreachable };
}

/** The alert of an outbox row, as it was written with the turn. */
export function alertOf({ body }: OutboundTask): DutyAlert {
  return DutyAlert.parse(body);
}

/** In plain words for whoever reads the desk's reasons; never the message of an error, which may hold an address. */
export const UNCLEAR = { result: 'retry', reason: 'perhaps sent: sent again under the same id' } as const;
