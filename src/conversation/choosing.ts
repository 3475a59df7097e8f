import { type Commands, plain } from './commands';
import type { Language } from './ports';

export interface Offered {
  readonly value: string;
  readonly title: string;
}

/**
 * Which of the offered choices a message takes: its button, its words, its number, "the second", or words that fit one title only.
 * In a numbered list (text messages) a number is a place; among buttons "14" is first of all "14 Sample Road".
 */
export function choose(
  offered: readonly Offered[],
  message: { readonly text: string; readonly value?: string | undefined },
  commands: Commands,
  language: Language,
  channel: string,
): string | undefined {
  const pressed = offered.find(({ value }) => value === message.value);
  if (pressed) return pressed.value;
  const text = plain(message.text);
  if (text === '') return undefined;
  const exact = offered.find(({ title }) => plain(title) === text);
  if (exact) return exact.value;
  const place = commands.ordinal(message.text, language, offered.length);
  const numbered = place === undefined ? undefined : offered[place]?.value;
  const begins = only(offered.filter(({ title }) => `${plain(title)} `.startsWith(`${text} `)));
  if (channel === 'sms' || channel === 'whatsapp') return numbered ?? begins;
  return begins ?? numbered;
}

const only = (offered: readonly Offered[]): string | undefined =>
  offered.length === 1 ? offered[0]?.value : undefined;
