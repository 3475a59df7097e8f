import type { LoggedActivity } from '../../turn/index';
import { cheaper } from './cheaper';

/** Twilio takes at most this many characters in one message. */
const MAX_CHARACTERS = 1600;

/**
 * One activity as text messages: its text, its choices as a numbered list, links to its files. Characters that would turn a cheap
 * message (GSM-7, 160) into a dear one (UCS-2, 70) for nothing are replaced (`cheaper`). More than 1,600 characters are split at sentence ends.
 */
export function textsOf(activity: LoggedActivity['activity']): readonly string[] {
  const choices = (activity.suggestedActions?.actions ?? []).map((action, index) => `${index + 1} ${action.title}`);
  const files = (activity.attachments ?? [])
    .map((file) => file.contentUrl ?? '')
    .filter((url) => url.startsWith('http'));
  const whole = [activity.text ?? '', choices.join('\n'), files.join('\n')].filter((part) => part !== '').join('\n');
  return split(cheaper(whole).trim());
}

function split(text: string): string[] {
  if (text.length <= MAX_CHARACTERS) return text === '' ? [] : [text];
  // Half a surrogate pair at the end is left to the next message.
  const head = text.slice(0, MAX_CHARACTERS).replace(/\p{Surrogate}$/u, '');
  const ends = [...head.matchAll(/[.!?؟।…]\s|\n/gu)].map((match) => match.index + match[0].length);
  const space = head.lastIndexOf(' ') + 1;
  const end = ends.at(-1) ?? (space > 0 ? space : head.length);
  return [text.slice(0, end).trimEnd(), ...split(text.slice(end).trimStart())];
}
