import { type BotTurn, beginService, openForm, tellForm } from './botTurn';
import { doIntent, notUnderstood, startService } from './intents';
import { changeLanguage } from './language';
import { askForPerson } from './person';
import type { ChoiceSaid, Understanding } from './ports';
import { ACTION } from './talk';

/** What the assistant does itself, besides forms. */

/** Whom to call, and nothing else in that message; then a person. The form waits until the resident comes back to it. */
export function emergency(turn: BotTurn, understanding: Understanding): void {
  const danger = turn.parts.commands.danger(understanding.text, turn.language);
  const outOfHours = turn.settings.council.outOfHoursPhone ?? 'none';
  const homeless = turn.settings.phones.homelessTonight ?? 'none';
  const before = turn.talk.danger;
  turn.talk = { ...turn.talk, danger, ask: understanding.text.slice(0, 500) };
  turn.effects.push({ kind: 'alert', what: 'emergency', text: understanding.text.slice(0, 1000) });
  const choices = [{ value: ACTION.emergencyAgent, label: 'common:emergency.agent' }] as const;
  if (before === danger) {
    turn.says.push({ text: 'common:emergency.again', choices });
    return;
  }
  turn.says.push({ text: `common:emergency.${danger}`, params: { outOfHours, homeless }, choices });
}

/** Said once to whatever follows an emergency and is nothing new: the numbers stand above. */
export function afterEmergency(turn: BotTurn): void {
  const person: ChoiceSaid = { value: ACTION.emergencyAgent, label: 'common:emergency.agent' };
  const goOn: readonly ChoiceSaid[] = openForm(turn) ? [{ value: ACTION.nothing, label: 'common:choice.goOn' }] : [];
  turn.says.push({ text: 'common:emergency.after', choices: [person, ...goOn] });
}

/** @param own what the resident's own words told, where no button, number or full title chose */
export async function doAction(turn: BotTurn, action: string, own?: Understanding): Promise<void> {
  const [, kind = '', name = ''] = action.split(':', 3);
  const { pending, also, draft } = turn.talk;
  const { pending: _p, also: _a, ...rest } = turn.talk;
  if (action === ACTION.agent) return await askForPerson(turn, 'asked', 'normal');
  if (kind === 'language') return await changeLanguage(turn, name);
  if (kind === 'service') {
    await doIntent(turn, name, pending?.understanding ?? own ?? nothingSaid(turn));
    const { pending: _done, ...after } = turn.talk;
    turn.talk = { ...after, ...(also && !after.also && { also }) };
    return;
  }
  turn.talk = rest;
  if (action === ACTION.also && also)
    return await doIntent(turn, also.service, { ...also.understanding, alsoWants: [] });
  if (action === ACTION.draft && draft) return await startService(turn, draft.service);
  if (action === ACTION.emergencyAgent) return await askForPerson(turn, 'emergency', 'emergency');
  if (action === ACTION.somethingElse) return notUnderstood(turn, pending?.understanding ?? nothingSaid(turn));
  if (action === ACTION.callback || action === ACTION.message) return await leaveMessage(turn, kind);
  if (action === ACTION.cancelHandoff) {
    turn.effects.push({ kind: 'cancel-handoff' });
    turn.says.push({ text: 'common:handoff.cancelled' });
  } else if (!openForm(turn)) turn.says.push({ text: 'common:ended' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again' });
}

function nothingSaid(turn: BotTurn): Understanding {
  const language = { code: turn.language, confidence: 1 };
  return { text: '', language, intents: [], band: 'none', emergency: false, alsoWants: [], entities: [] };
}

async function leaveMessage(turn: BotTurn, how: string): Promise<void> {
  const answers = { how: { value: how, words: '', source: 'said' } } as const;
  await beginService(turn, { service: 'leave-message', input: { kind: 'begin', answers } });
}
