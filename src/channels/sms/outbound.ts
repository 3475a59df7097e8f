import type { LoggedActivity } from '../../turn/index';

/** Twilio takes at most this many characters in one message. */
const MAX_CHARACTERS = 1600;

/**
 * One activity as text messages: its text, its choices as a numbered list, links to its files. Characters that would turn a cheap
 * message (GSM-7, 160) into a dear one (UCS-2, 70) for nothing are replaced. More than 1,600 characters are split at sentence ends.
 */
export function textsOf(activity: LoggedActivity['activity']): readonly string[] {
  const choices = (activity.suggestedActions?.actions ?? []).map((action, index) => `${index + 1} ${action.title}`);
  const files = (activity.attachments ?? [])
    .map((file) => file.contentUrl ?? '')
    .filter((url) => url.startsWith('http'));
  const whole = [activity.text ?? '', choices.join('\n'), files.join('\n')].filter((part) => part !== '').join('\n');
  return split(cheaper(whole).trim());
}

const CHEAPER: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u2032': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2033': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2011': '-',
  '\u2212': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u200b': '',
  '\u2022': '-',
};

/** Typographic characters to their plain forms (Twilio's "smart encoding", done here so that it shows in the record). */
function cheaper(text: string): string {
  return text.replace(
    /[\u2018-\u201e\u2032\u2033\u00ab\u00bb\u2011\u2013\u2014\u2212\u2026\u00a0\u202f\u2009\u200b\u2022]/g,
    (char) => CHEAPER[char] ?? char,
  );
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
