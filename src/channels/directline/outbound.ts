import type { LoggedActivity } from '../../turn/index';
import type { Tokens } from './tokens';

/** What GET and the stream send: activities, and up to where the reader has now seen the log. */
interface ActivitySet {
  readonly activities: readonly object[];
  /** The log's sequence number; opaque to clients. Absent for what is live only. */
  readonly watermark?: string;
}

export interface Presenter {
  set(conversationId: string, rows: readonly LoggedActivity[], after: number): Promise<ActivitySet>;
  typing(conversationId: string, from: 'agent' | 'bot'): ActivitySet;
}

interface PresenterOptions {
  readonly tokens: Pick<Tokens, 'signFile'>;
  /** Where this channel's files are: links that start so are signed. */
  readonly filesUrl: string;
  readonly botName: string;
}

/** Fields that are nobody's business outside. */
const INTERNAL = ['serviceUrl', 'callerId', 'deliveryMode', 'recipient'] as const;

/** Brings rows of the log into the shape Direct Line clients expect. Every timestamp is of the server's clock. */
export function createPresenter({ tokens, filesUrl, botName }: PresenterOptions): Presenter {
  const signed = async (attachment: object): Promise<object> => {
    const url = 'contentUrl' in attachment ? attachment.contentUrl : undefined;
    if (typeof url !== 'string' || !url.startsWith(filesUrl)) return attachment;
    return { ...attachment, contentUrl: `${url}?t=${await tokens.signFile(url.slice(filesUrl.length))}` };
  };
  const one = async (conversationId: string, row: LoggedActivity): Promise<object> => {
    const shown: Record<string, unknown> = { ...row.activity };
    for (const field of INTERNAL) delete shown[field];
    const { attachments, channelData } = row.activity;
    return {
      ...shown,
      timestamp: new Date(row.at).toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from: sender(row, botName),
      ...(row.role !== 'resident' && { channelData: { ...channelData, author: row.role } }),
      ...(attachments && { attachments: await Promise.all(attachments.map(signed)) }),
    };
  };
  return {
    async set(conversationId, rows, after) {
      const activities = await Promise.all(rows.map((row) => one(conversationId, row)));
      return { activities, watermark: String(rows.at(-1)?.seq ?? after) };
    },
    typing: (conversationId, from) => ({
      activities: [
        {
          type: 'typing',
          channelId: 'directline',
          conversation: { id: conversationId },
          from: from === 'agent' ? { id: 'agent', role: 'bot' } : { id: 'bot', name: botName, role: 'bot' },
          channelData: { author: from },
        },
      ],
    }),
  };
}

/** Clients know two roles; which person or program it was stands in `channelData.author`. */
function sender(row: LoggedActivity, botName: string): object {
  const { from } = row.activity;
  if (row.role === 'resident') return { id: from?.id ?? '', name: from?.name ?? '', role: 'user' };
  if (row.role === 'agent') return { id: 'agent', name: from?.name ?? '', role: 'bot' };
  return { id: 'bot', name: botName, role: 'bot' };
}
