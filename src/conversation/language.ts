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

/**
 * A language that the words ask for, in its own name or in that of the conversation's language. "I do not speak English" asks for the
 * one that it is said in.
 */
export function namedLanguage(turn: BotTurn, text: string): string | undefined {
  const { commands, render } = turn.parts;
  const isUnspoken = (clause: string): boolean => commands.unspoken(clause, turn.language);
  const clauses = text.split(/[.,;:!?]+/);
  const named = (code: string, unspoken: boolean): boolean =>
    clauses.some((clause) => isUnspoken(clause) === unspoken && names(turn, code, clause));
  const before = turn.facts.language ?? 'en';
  const others = render.languages.filter((code) => code !== before);
  const wanted = [...others, before].find((code) => named(code, false));
  if (wanted !== undefined) return wanted;
  const isOther = render.languages.some((code) => code !== turn.language && named(code, true));
  return isOther && !named(turn.language, true) ? turn.language : undefined;
}

function names(turn: BotTurn, code: string, words: string): boolean {
  const own = turn.parts.render.say({ text: 'common:language.name' }, code).text;
  const foreign = ['en', turn.language].map(
    (each) => new Intl.DisplayNames(each, { type: 'language' }).of(code) ?? code,
  );
  const stem = (name: string): string => plain(name).slice(0, Math.max(4, plain(name).length - 2));
  return [own, ...foreign].some((name) => ` ${plain(words)} `.includes(` ${stem(name)}`));
}
