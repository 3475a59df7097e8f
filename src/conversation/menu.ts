import { type BotTurn, hasKey, labelOf } from './botTurn';
import { BUILT_IN } from './builtin';
import type { ChoiceSaid, Say, TextKey } from './ports';
import { ACTION } from './talk';
import { isText } from './turn';

/** What the assistant can do, as choices. */

export const PERSON: ChoiceSaid = { value: ACTION.agent, label: 'common:offer.person' };
/** What is asked for most stands first; the other services of the council follow as they are found. */
const FIRST = ['missed-bin', 'bin-day', 'pothole', 'parking-fine', 'complaint'];
/** With what follows, what a phone shows without scrolling; and what a text message holds. */
const PAGE = 8;
const TEXT_PAGE = 5;
const OWN: ReadonlySet<string> = new Set(BUILT_IN.map(({ id }) => id));

export const menu = (turn: BotTurn): Say => ({ text: 'common:help', choices: menuChoices(turn) });

/** The services after the first `from`. */
export const menuFrom = (turn: BotTurn, from: number): Say => ({
  text: 'common:menu.choose',
  choices: menuChoices(turn, from),
});

/** One page of services. A text message has no room for the person: its last page has, and AGENT is always understood. */
export function menuChoices(turn: BotTurn, from = 0): readonly ChoiceSaid[] {
  const text = isText(turn.facts.channel);
  const services = listed(turn);
  const until = from + (text ? TEXT_PAGE : PAGE);
  const page = services.slice(from, until).map((id) => ({ value: ACTION.service(id), label: labelOf(id) }));
  const more: ChoiceSaid = { value: ACTION.menu(until), label: 'common:choice.more' };
  if (until >= services.length) return [...page, PERSON];
  return text ? [...page, more] : [...page, more, PERSON];
}

function listed(turn: BotTurn): readonly string[] {
  const councils = [...turn.services.keys()].filter((id) => !OWN.has(id) && hasKey(turn, labelOf(id)));
  const first = FIRST.filter((id) => councils.includes(id));
  return [...first, ...councils.filter((id) => !first.includes(id))];
}

/** The words that carriers know, in every language. */
const HELP_WORDS: ReadonlySet<string> = new Set(['HELP', 'INFO']);
export const asksCarrier = (turn: BotTurn, text: string): boolean =>
  isText(turn.facts.channel) && HELP_WORDS.has(text.trim().toUpperCase());

/** What HELP must tell by text: who writes, whom to call, what a text costs. It takes no choice away that was offered before. */
export function helpByText({ settings, talk }: BotTurn, choices: readonly ChoiceSaid[] = asOffered(talk)): Say {
  const { shortName: council, phone = 'none' } = settings.council;
  return { text: HELP_BY_TEXT, params: { council, phone }, choices };
}

export const HELP_BY_TEXT: TextKey = 'common:help.text';

const asOffered = ({ offered }: BotTurn['talk']): readonly ChoiceSaid[] =>
  offered.map(({ value, title }) => ({ value, label: { words: title } }));
