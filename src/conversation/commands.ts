import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fold } from './folding';
import type { Command } from './form';
import { landmarkIn, namesJunction, namesSame, PlaceWords } from './placeWords';
import type { Language, Understanding } from './ports';
import { withoutRetracted } from './retracting';
import { Endings, stem } from './stems';
import type { Clause } from './wants';

/** Words that steer a conversation: `locales/<language>/commands.json`, lists of whole utterances by command. */
const COMMANDS = [
  'yes',
  'no',
  'back',
  'skip',
  'repeat',
  'help',
  'start-over',
  'stop',
  'change',
  'dont-know',
  'agent',
  'menu',
  'language',
  'go-on',
] as const satisfies readonly Command[];

/** `gas`, …: which numbers come first; the words are looked for anywhere in the message. */
export const DANGERS = ['self-harm', 'child', 'abuse', 'gas', 'power', 'flood', 'homeless', 'rough-sleeping'] as const;
export type Danger = (typeof DANGERS)[number] | 'general';

const words = z.array(z.string().min(1));
const CommandFile = z.strictObject({
  commands: z.strictObject(
    Object.fromEntries(COMMANDS.map((command) => [command, words])) as Record<Command, typeof words>,
  ),
  /** "no, …", "I meant …": the rest corrects. */
  correcting: words,
  /** "change the …": the rest names what to change. */
  changing: words,
  /** "status …": the rest is a reference. */
  status: words,
  /** "and", "also": a clause of its own may follow. */
  joining: words.default([]),
  /** Words about places. */
  near: PlaceWords,
  /** What takes back a value named in the same message. */
  retracting: z.strictObject({ before: words, between: words }).default({ before: [], between: [] }),
  /** What is said of a language that one does not speak. */
  unspoken: words.default([]),
  endings: Endings,
  /** First, second, … and `last`. */
  ordinals: z.strictObject({ inOrder: z.array(words), last: words }),
  dangers: z.strictObject(
    Object.fromEntries(DANGERS.map((danger) => [danger, words])) as Record<(typeof DANGERS)[number], typeof words>,
  ),
});
type CommandFile = z.infer<typeof CommandFile>;

/** On text messages the law and the carriers read these as opt-out: never as commands of a form. */
const OPT_OUT = new Set(['stop', 'stopall', 'cancel', 'end', 'quit', 'unsubscribe', 'revoke', 'optout']);

export interface CommandRead {
  readonly command?: Command;
  /** The words after "no, …" or "I meant …". */
  readonly correcting?: string;
  /** The words after "change the …". */
  readonly changing?: string;
  readonly status?: boolean;
}

export interface Commands {
  read(text: string, language: Language, channel: string): CommandRead;
  /** 0-based place in a list of `size`: "2", "b", "the second", "last". */
  ordinal(text: string, language: Language, size: number): number | undefined;
  danger(text: string, language: Language): Danger;
  /** Where on a street a message says something is: "opposite the church". */
  landmark(text: string, language: Language): string | undefined;
  /** Whether two streets named mean where they meet: "corner of …". */
  junction(text: string, language: Language): boolean;
  /** Whether the place given before is meant: "same as last time". */
  same(text: string, language: Language): boolean;
  /** Without the choices that the message itself takes back. */
  withoutRetracted(understanding: Understanding, language: Language): Understanding;
  /** Whether the words say that one does not speak the language that they name. */
  unspoken(text: string, language: Language): boolean;
  /** A word without its endings: `szczurami` and `szczurach` are both `szczur`. */
  stem(word: string, language: Language): string;
  /** The clauses of a message, with their place in it. */
  clauses(text: string, language: Language): readonly Clause[];
}

/** Lower case, no diacritics (vowel signs stay), no punctuation, single spaces. */
export function plain(text: string): string {
  return fold(text.normalize('NFKC').toLowerCase())
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** @throws Error when a language has no valid `commands.json` */
export function createCommands(localesDir: string, languages: readonly Language[]): Commands {
  const files = new Map(languages.flatMap((language) => readWords(localesDir, language)));
  const of = (language: Language): readonly CommandFile[] =>
    [...new Set([language, language.split('-')[0] ?? 'en', 'en'])].flatMap((each) => files.get(each) ?? []);
  return {
    read: (text, language, channel) =>
      of(language)
        .map((file) => readCommand(file, plain(text), channel))
        .find((found) => Object.keys(found).length > 0) ?? {},
    ordinal: (text, language, size) =>
      of(language)
        .map((file) => readOrdinal(file, plain(text), size))
        .find((place) => place !== undefined),
    danger: (text, language) =>
      of(language)
        .map((file) => dangerIn(file, plain(text)))
        .find((danger) => danger !== undefined) ?? 'general',
    landmark: (text, language) =>
      of(language)
        .map(({ near }) => landmarkIn(text, near))
        .find((landmark) => landmark !== undefined),
    junction: (text, language) => of(language).some(({ near }) => namesJunction(plain(text), near)),
    same: (text, language) => of(language).some(({ near }) => namesSame(plain(text), near)),
    unspoken: (text, language) =>
      of(language).some(({ unspoken }) => unspoken.some((each) => ` ${plain(text)} `.includes(` ${each} `))),
    withoutRetracted: (understanding, language) =>
      of(language).reduce((left, { retracting }) => withoutRetracted(left, retracting, plain), understanding),
    stem: (word, language) => stem(word, of(language)[0]?.endings ?? []),
    clauses: (text, language) =>
      clausesOf(
        text,
        of(language).flatMap(({ joining }) => joining),
      ),
  };
}

function readWords(localesDir: string, language: Language): readonly (readonly [Language, CommandFile])[] {
  const path = join(localesDir, language, 'commands.json');
  if (!existsSync(path)) return [];
  const parsed = CommandFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return [[language, mapWords(parsed.data)]];
}

const plainly = (list: readonly string[]): string[] => list.map(plain);
const mapValues = <K extends string>(record: Readonly<Record<K, readonly string[]>>): Record<K, string[]> =>
  Object.fromEntries(Object.entries<readonly string[]>(record).map(([key, list]) => [key, plainly(list)])) as Record<
    K,
    string[]
  >;

function mapWords(file: CommandFile): CommandFile {
  const ordinals = { inOrder: file.ordinals.inOrder.map(plainly), last: plainly(file.ordinals.last) };
  return {
    commands: mapValues(file.commands),
    correcting: plainly(file.correcting),
    changing: plainly(file.changing),
    status: plainly(file.status),
    joining: file.joining,
    near: { ...file.near, junction: plainly(file.near.junction), same: plainly(file.near.same) },
    retracting: { before: plainly(file.retracting.before), between: plainly(file.retracting.between) },
    unspoken: plainly(file.unspoken),
    endings: file.endings,
    ordinals,
    dangers: mapValues(file.dangers),
  };
}

/** A yes or no may be said with several of its words: "ok yes please". */
function readCommand(file: CommandFile, text: string, channel: string): CommandRead {
  if (channel === 'sms' && OPT_OUT.has(text)) return {};
  const command = COMMANDS.find((each) => file.commands[each].includes(text));
  if (command) return { command };
  for (const answer of ['yes', 'no'] as const)
    if (text.split(' ').every((word) => file.commands[answer].includes(word))) return { command: answer };
  if (after(file.status, text) !== undefined) return { status: true };
  const changing = after(file.changing, text);
  if (changing !== undefined) return { command: 'change', changing };
  const correcting = after(file.correcting, text);
  return correcting === undefined ? {} : { correcting };
}

/** What follows the longest of some beginnings, if the text has one and goes on. */
function after(beginnings: readonly string[], text: string): string | undefined {
  const best = beginnings.filter((each) => text.startsWith(`${each} `)).sort((a, b) => b.length - a.length)[0];
  return best === undefined ? undefined : text.slice(best.length + 1);
}

function readOrdinal(file: CommandFile, text: string, size: number): number | undefined {
  const number = /^(?:no |nr |number )?(\d{1,2})$/.exec(text)?.[1];
  const letter = /^[a-h]$/.test(text) ? text.charCodeAt(0) - 96 : undefined;
  const word = file.ordinals.inOrder.findIndex((list) => list.includes(text));
  const last = file.ordinals.last.includes(text) ? size : undefined;
  const place = number ? Number(number) : (letter ?? last ?? (word >= 0 ? word + 1 : undefined));
  return place !== undefined && place >= 1 && place <= size ? place - 1 : undefined;
}

function dangerIn(file: CommandFile, text: string): Danger | undefined {
  const padded = ` ${text} `;
  return DANGERS.find((danger) => file.dangers[danger].some((phrase) => padded.includes(` ${phrase} `)));
}

function clausesOf(text: string, joining: readonly string[]): readonly Clause[] {
  const breaks = ['[.!?;\\n]+(?=\\s|$)', ...(joining.length > 0 ? [`,?\\s(?:${joining.join('|')})(?=\\s)`] : [])];
  const starts = [...text.matchAll(new RegExp(breaks.join('|'), 'giu'))].map(
    ({ index, 0: mark }) => index + mark.length,
  );
  const edges = [0, ...starts, text.length];
  const clauses = edges
    .slice(1)
    .map((end, at) => ({ text: text.slice(edges[at], end).trim(), start: edges[at] ?? 0, end }));
  return clauses.filter((clause) => clause.text !== '');
}
