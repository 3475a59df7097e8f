import { type BotTurn, keepsQuiet, openForm } from './botTurn';
import { DANGERS, type Danger } from './commands';
import { moveUp } from './person';
import type { ChoiceSaid, Params, Say, Understanding } from './ports';
import { isAttended } from './queueWatch';
import { ACTION } from './talk';

/** Danger comes before everything: whom to call, and then a person. The form waits until the resident comes back to it. */

const PERSON: ChoiceSaid = { value: ACTION.emergencyAgent, label: 'common:emergency.agent' };
/** So long the numbers still stand above, and whoever is on duty has just been told. */
const AGAIN_MS = 15 * 60_000;
/** Dangers that come from somebody near, who may see a text, hear a call, or read the screen. */
const FROM_SOMEBODY_NEAR: ReadonlySet<Danger> = new Set(['abuse', 'child']);

/** First whom to call, and nothing else in that message; alerts whoever is on duty. */
export async function emergency(turn: BotTurn, understanding: Understanding): Promise<void> {
  const { facts, talk } = turn;
  const danger = dangerOf(turn, understanding);
  const quiet = FROM_SOMEBODY_NEAR.has(danger) || keepsQuiet(turn);
  const again = talk.danger?.kind === danger && facts.now - talk.danger.at < AGAIN_MS;
  const at = again ? (talk.danger?.at ?? facts.now) : facts.now;
  const attended = await isAttended(turn);
  const ask = understanding.text.slice(0, 500);
  turn.talk = { ...talk, danger: { kind: danger, at }, ask, hadDanger: true, ...(quiet && { quietSince: facts.now }) };
  const text = understanding.text.slice(0, 1000);
  turn.effects.push({ kind: 'alert', what: 'emergency', text, danger, attended, quiet, again });
  if (quiet) turn.effects.push({ kind: 'cancel-timers' });
  if (facts.hold === 'queued') moveUp(turn);
  if (again) turn.says.push({ text: 'common:emergency.again', choices: [PERSON] });
  else turn.says.push(...numbersFor(turn, danger, { attended, quiet }));
}

/** What a person does to themselves, or somebody near does to them, goes before what they name; that before what it sounds like. */
const MOST_PRESSING: readonly Danger[] = ['self-harm', 'abuse'];

function dangerOf({ parts, language }: BotTurn, { text, dangers = [] }: Understanding): Danger {
  const named = parts.commands.danger(text, language);
  const isMeant = (danger: Danger): boolean => named === danger || dangers.includes(danger);
  const pressing = MOST_PRESSING.find(isMeant);
  return pressing ?? (named === 'general' ? (DANGERS.find(isMeant) ?? 'general') : named);
}

function numbersFor(
  { settings }: BotTurn,
  danger: Danger,
  { attended, quiet }: { readonly attended: boolean; readonly quiet: boolean },
): readonly Say[] {
  const outOfHours = settings.council.outOfHoursPhone ?? 'none';
  const homeless = settings.phones.homelessTonight ?? 'none';
  const params: Params = { outOfHours, homeless, attended };
  const numbers: Say = { text: `common:emergency.${danger}`, params };
  const choices = [PERSON];
  return quiet ? [numbers, { text: 'common:emergency.quiet', choices }] : [{ ...numbers, choices }];
}

/** Said once to whatever follows an emergency and is nothing new: the numbers stand above. */
export async function afterEmergency(turn: BotTurn): Promise<void> {
  const params = { attended: await isAttended(turn) };
  const goOn: readonly ChoiceSaid[] = openForm(turn) ? [{ value: ACTION.nothing, label: 'common:choice.goOn' }] : [];
  turn.says.push({ text: 'common:emergency.after', params, choices: [PERSON, ...goOn] });
}
