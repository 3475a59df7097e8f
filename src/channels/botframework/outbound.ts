import type { LoggedActivity } from '../../turn/index';
import type { Reference } from './reference';

type Logged = LoggedActivity['activity'];
type Activity = Partial<Logged>;

/** Teams shows so many suggested actions, in one-to-one conversations only. */
const TEAMS_ACTIONS = 6;
/** Set by whoever sends, or ours alone: `channelData` is for the chat page, and `id` is ours. */
const SENT = ['type', 'text', 'locale', 'speak', 'inputHint', 'name', 'value', 'attachmentLayout', 'entities'] as const;

/** A row of the log as a Bot Framework activity for its conversation: cards and suggested actions as the log has them. */
export function toChannel(logged: Logged, to: Reference): Activity {
  const kept = Object.fromEntries(SENT.filter((key) => logged[key] !== undefined).map((key) => [key, logged[key]]));
  return {
    ...kept,
    ...inTheWayOf(logged, to),
    ...(logged.attachments && { attachments: logged.attachments }),
    from: { id: to.bot, name: '' },
    recipient: { id: to.user, name: '' },
    conversation: { id: to.conversation } as NonNullable<Activity['conversation']>,
    channelId: to.channelId,
    serviceUrl: to.serviceUrl,
  };
}

/** Teams: words are no Markdown (it would join lines), buttons only send what is on them, and where it shows none they are a list. */
function inTheWayOf({ text, textFormat, suggestedActions }: Logged, to: Reference): Activity {
  const isTeams = to.channelId === 'msteams';
  const format = textFormat ?? (isTeams ? 'plain' : undefined);
  const given = { ...(format && { textFormat: format }) };
  const actions = suggestedActions?.actions ?? [];
  if (actions.length === 0) return given;
  if (!isTeams) return { ...given, suggestedActions: { actions, to: [] } };
  if (to.group || actions.length > TEAMS_ACTIONS)
    return { ...given, text: [text ?? '', ...actions.map(({ title }, index) => `${index + 1} ${title}`)].join('\n') };
  const buttons = actions.map(({ title }) => ({ type: 'imBack', title, value: title }));
  return { ...given, suggestedActions: { actions: buttons, to: [to.user] } };
}
