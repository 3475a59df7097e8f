import { type BotTurn, openForm, tellForm } from './botTurn';
import { plain } from './commands';
import type { ChoiceSaid, Say } from './ports';
import { ACTION } from './talk';

/** Going on in another language: of the page's menu, of a button, or named in words. */

export async function changeLanguage(turn: BotTurn, language: string | undefined): Promise<void> {
  if (language === undefined) {
    turn.says.push(languages(turn));
    return;
  }
  turn.language = language;
  turn.effects.push({ kind: 'set-language', language, explicit: true });
  turn.says.push({ text: 'common:language.set' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again', unannounced: true });
}

function languages(turn: BotTurn): Say {
  const choices = turn.parts.render.languages.map((code): ChoiceSaid => {
    const words = turn.parts.render.say({ text: 'common:language.name' }, code).text;
    return { value: ACTION.language(code), label: { words } };
  });
  return { text: 'common:language.ask', choices };
}

/** A language that the words name, in its own name or in that of the conversation's language. */
export function namedLanguage(turn: BotTurn, text: string): string | undefined {
  const words = ` ${plain(text)} `;
  const names = (code: string): readonly string[] => [
    turn.parts.render.say({ text: 'common:language.name' }, code).text,
    ...['en', turn.language].map((each) => new Intl.DisplayNames(each, { type: 'language' }).of(code) ?? code),
  ];
  const stem = (name: string): string => plain(name).slice(0, Math.max(4, plain(name).length - 2));
  const before = turn.facts.language ?? 'en';
  const others = turn.parts.render.languages.filter((code) => code !== before);
  return others.find((code) => names(code).some((name) => words.includes(` ${stem(name)}`)));
}
