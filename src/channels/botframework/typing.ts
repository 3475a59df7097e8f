import type { ChannelContext } from '../channel';
import type { Cloud } from './cloud';
import type { Reference } from './reference';

/** A sign that somebody types is shown for some seconds; a new one each time costs the service's rate for nothing. */
const SHOWN_MS = 3_000;
/** Conversations listened to at once: those that wrote last. */
const MOST = 500;

/** Shows residents that an agent (or the bot) types, while their conversation is fresh. Live only: lost where it fails. */
export function createTyping({ log, now }: Pick<ChannelContext, 'log' | 'now'>, cloud: Cloud) {
  const ends = new Map<string, () => void>();
  const forget = (id: string): void => {
    ends.get(id)?.();
    ends.delete(id);
  };
  return {
    listen(conversationId: string, { serviceUrl, conversation, ...to }: Reference): void {
      forget(conversationId);
      for (const oldest of ends.keys()) if (ends.size >= MOST) forget(oldest);
      let shown = 0;
      const end = log.watch(conversationId, (typing) => {
        if (typing === undefined || typing === 'resident' || now() - shown < SHOWN_MS) return;
        shown = now();
        const activity = { type: 'typing', from: { id: to.bot, name: '' }, recipient: { id: to.user, name: '' } };
        cloud.send(serviceUrl, conversation, activity).catch(() => {});
      });
      ends.set(conversationId, end);
    },
    close(): void {
      for (const id of [...ends.keys()]) forget(id);
    },
  };
}
