import { type Commands, plain } from './commands';
import type { Language } from './ports';
import { isText } from './turn';

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
  const { command } = commands.read(message.text, language, channel);
  const answers = command === 'yes' || command === 'no';
  const begins = only(offered.filter(({ title }) => beginsWith(title, text, answers)));
  if (isText(channel)) return numbered ?? begins;
  return begins ?? numbered;
}

/** "no" begins "No, not now", but not "No longer wait": a yes or no is a clause of its own. */
function beginsWith(title: string, text: string, isAnswer: boolean): boolean {
  if (isAnswer) return plain(title.split(/[,.:;]/)[0] ?? '') === text;
  return `${plain(title)} `.startsWith(`${text} `);
}

const only = (offered: readonly Offered[]): string | undefined =>
  offered.length === 1 ? offered[0]?.value : undefined;

/** A choice with every wording it has: its title and the other words for it. */
export interface Wordings {
  readonly value: string;
  readonly phrases: readonly string[];
}

/** A longer message is a story. */
const LONGEST = 9;
const NEGATIONS = new Set(['not', 'no', 'isnt', 'arent', 'wasnt', 'never', 'nie', 'bez']);

/**
 * Which choice words come nearest to, where nothing named one: "deeper than a fist" is "As deep as a fist". A word counts by how few
 * of the choices have it; the best choice must stand alone, and hold a good part of what was said.
 */
export function nearest(message: string, choices: readonly Wordings[]): string | undefined {
  const exact = choices.filter(({ phrases }) => phrases.some((phrase) => plain(phrase) === plain(message)));
  if (exact.length === 1) return exact[0]?.value;
  const said = plain(message).split(' ');
  if (said.length > LONGEST) return undefined;
  const words = choices.map(({ phrases }) => new Set(phrases.flatMap((phrase) => plain(phrase).split(' '))));
  const weights = said.map((word) => weightOf(word) / Math.max(1, words.filter((own) => has(own, word)).length));
  const scores = words.map((own) => said.reduce((sum, word, at) => sum + (has(own, word) ? (weights[at] ?? 0) : 0), 0));
  const best = Math.max(...scores);
  const winners = scores.filter((score) => score > best - 0.4);
  const at = scores.indexOf(best);
  const own = words[at];
  const denied = said.some((word) => NEGATIONS.has(word) && !(own && has(own, word)));
  const meaningful = said.filter((word) => word.length > 3).length;
  if (winners.length > 1 || best < 1 || best < meaningful / 3 || denied) return undefined;
  return choices[at]?.value;
}

/** Little words say little. */
const weightOf = (word: string): number => (word.length > 3 ? 1 : 0.25);

/** The same word, or another form of it: "deeper" and "deep", "kamery" and "kamera". */
function has(words: ReadonlySet<string>, word: string): boolean {
  if (word.length < 3) return false;
  if (words.has(word)) return true;
  return [...words].some((own) => {
    const stem = Math.min(own.length, word.length);
    return stem >= 4 && Math.abs(own.length - word.length) <= 2 && shared(own, word) >= Math.max(4, stem - 1);
  });
}

function shared(one: string, two: string): number {
  let at = 0;
  while (at < one.length && one[at] === two[at]) at++;
  return at;
}
