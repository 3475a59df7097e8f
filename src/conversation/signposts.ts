import MiniSearch from 'minisearch';
import type { BotTurn } from './botTurn';
import { localDate, momentOf } from './calendar';
import { type Commands, plain } from './commands';
import { isOpen, openingOn, opensAt } from './openingHours';
import type { ChoiceSaid, EpochMs, Language, Params, Say } from './ports';
import type { Settings } from './settings';
import { inLanguage } from './settingValues';
import { ACTION } from './talk';
import { isText } from './turn';

/** The directory behind `none`: matters that have no service here, each with its right door (`signposts` in the settings). */

export type Signpost = Settings['signposts'][number];

const PERSON: ChoiceSaid = { value: ACTION.agent, label: 'common:offer.person' };
const MOST = 3;
/** A text message has no room for more. */
const MOST_IN_TEXT = 2;
/** One that fits so much worse than the best is none: one word of a matter against three of another. */
const NEAR_BEST = 0.4;
/** Shorter stems have too many neighbours one letter away: "rats" and "rates". */
const LONG_ENOUGH_FOR_SLIPS = 6;
/** "a", "of", "do", "na": they make no difference to what a phrase means. */
const LONGEST_LITTLE_WORD = 2;
/** "tv", "gp", "bt": as short, but they say something. */
const ABBREVIATION = /^[bcdfghjklmnpqrstvwxz]{2}$/;

type Stem = Commands['stem'];

/** The words of a phrase that must all be there. */
function stemsOf(text: string, language: Language, stem: Stem): ReadonlySet<string> {
  const words = plain(text).split(' ');
  const telling = words.filter((word) => word.length > LONGEST_LITTLE_WORD || ABBREVIATION.test(word));
  return new Set((telling.length > 0 ? telling : words).map((word) => stem(word, language)));
}

interface Phrase {
  readonly id: number;
  readonly post: Signpost;
  readonly words: string;
  readonly stems: ReadonlySet<string>;
}

interface Directory {
  readonly index: MiniSearch<Phrase>;
  readonly phrases: readonly Phrase[];
}

/** One index for each day's settings and language. */
const directories = new WeakMap<Settings['signposts'], Map<Language, Directory>>();

function directoryOf(posts: Settings['signposts'], language: Language, stem: Stem): Directory {
  const known = directories.get(posts)?.get(language);
  if (known) return known;
  const listed = posts.flatMap((post) => (post.words[language] ?? []).map((words) => ({ post, words })));
  const phrases = listed.map(
    ({ post, words }, id): Phrase => ({ id, post, words, stems: stemsOf(words, language, stem) }),
  );
  const index = new MiniSearch<Phrase>({
    fields: ['words'],
    tokenize: (text) => plain(text).split(' '),
    processTerm: (word) => stem(word, language),
  });
  index.addAll(phrases);
  const made = { index, phrases };
  directories.set(posts, (directories.get(posts) ?? new Map<Language, Directory>()).set(language, made));
  return made;
}

/**
 * The doors that some words lead to, best first. A door is found when all words of one of its phrases are there, in any form and
 * order; the more words, the better it fits.
 * @param leastWords a phrase with fewer is no evidence here
 */
export function findSignposts(
  posts: Settings['signposts'],
  text: string,
  language: Language,
  stem: Stem,
  leastWords = 1,
): readonly Signpost[] {
  const spoken = [...new Set([language, 'en'])];
  const scores = new Map<Signpost, number>();
  for (const each of spoken) {
    const { index, phrases } = directoryOf(posts, each, stem);
    const fuzzy = (term: string) => (term.length >= LONG_ENOUGH_FOR_SLIPS ? 1 : false);
    for (const { id, match } of index.search(text.slice(0, 1000), { fuzzy })) {
      const phrase = phrases[id as number];
      if (!phrase || phrase.stems.size < leastWords || [...phrase.stems].some((each) => !(each in match))) continue;
      const score = phrase.stems.size + [...phrase.stems].join('').length / 100;
      scores.set(phrase.post, Math.max(score, scores.get(phrase.post) ?? 0));
    }
  }
  const best = Math.max(...scores.values());
  return [...scores]
    .filter(([post, score]) => post.link !== undefined && score >= best * NEAR_BEST)
    .sort((a, b) => b[1] - a[1])
    .map(([post]) => post);
}

/** What to say about a matter of somebody else; undefined where the directory has no door for it. */
export function signpost(turn: BotTurn, text: string, leastWords = 1): Say | undefined {
  const { settings, language, facts, parts } = turn;
  const found = findSignposts(settings.signposts, text, language, parts.commands.stem, leastWords).slice(
    0,
    isText(facts.channel) ? MOST_IN_TEXT : MOST,
  );
  const [first, second] = found;
  if (!first) return undefined;
  const told = openingTold(first, settings, facts.now);
  if (told)
    return { text: 'common:signpost.hours', params: { ...door(first, language, ''), ...told }, choices: [PERSON] };
  if (!second) return { text: 'common:signpost', params: door(first, language, ''), choices: [PERSON] };
  const doors = [0, 1, 2].map((at) => door(found[at], language, String(at + 1)));
  return { text: 'common:signposts', params: Object.assign({}, ...doors) as Params, choices: [PERSON] };
}

function door(post: Signpost | undefined, language: Language, suffix: string): Params {
  return {
    [`title${suffix}`]: post ? inLanguage(post.title, language) : 'none',
    [`link${suffix}`]: post?.link ?? 'none',
  };
}

/** Opening hours and number of an office of the council; undefined for a door without hours, or when they are out of date. */
function openingTold(post: Signpost, settings: Settings, now: EpochMs): Params | undefined {
  const week = post.hours && settings.hours[post.hours];
  if (!week) return undefined;
  const today = localDate(now);
  const hours = openingOn(week, today);
  const next = opensAt(week, now);
  return {
    open: isOpen(week, now) ? 'yes' : 'no',
    until: hours ? { time: momentOf(today, hours[1]) } : 'none',
    opens: next === undefined ? 'none' : { moment: next },
    phone: settings.council.phone ?? 'none',
  };
}
