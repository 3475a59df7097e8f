import { type BotTurn, beginService, openForm, tellForm } from './botTurn';
import { doIntent, languages, notUnderstood, startService } from './intents';
import { askForPerson } from './person';
import type { Understanding } from './ports';
import { ACTION } from './talk';

/** What the assistant does itself, besides forms. */

/** Whom to call, and nothing else in that message; then a person. The form waits until the resident comes back to it. */
export function emergency(turn: BotTurn, understanding: Understanding): void {
  const danger = turn.parts.commands.danger(understanding.text, turn.language);
  const outOfHours = turn.settings.council.outOfHoursPhone ?? 'none';
  const homeless = turn.settings.phones.homelessTonight ?? 'none';
  turn.talk = { ...turn.talk, ask: understanding.text.slice(0, 500) };
  turn.effects.push({ kind: 'alert', what: 'emergency', text: understanding.text.slice(0, 1000) });
  const choices = [{ value: ACTION.emergencyAgent, label: 'common:emergency.agent' }] as const;
  turn.says.push({ text: `common:emergency.${danger}`, params: { outOfHours, homeless }, choices });
}

export async function changeLanguage(turn: BotTurn, language: string | undefined): Promise<void> {
  if (language === undefined) {
    turn.says.push(languages(turn));
    return;
  }
  turn.language = language;
  turn.effects.push({ kind: 'set-language', language, explicit: true });
  turn.says.push({ text: 'common:language.set' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again' });
}

export async function doAction(turn: BotTurn, action: string): Promise<void> {
  const [, kind = '', name = ''] = action.split(':', 3);
  const { pending, also, draft } = turn.talk;
  const { pending: _p, also: _a, ...rest } = turn.talk;
  if (kind === 'language') return await changeLanguage(turn, name);
  if (kind === 'service') {
    await doIntent(turn, name, pending?.understanding ?? nothingSaid(turn));
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
