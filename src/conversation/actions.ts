import { type BotTurn, beginService, openForm, tellForm } from './botTurn';
import { doIntent, notUnderstood, startService } from './intents';
import { changeLanguage } from './language';
import { menuFrom } from './menu';
import { askForPerson } from './person';
import type { Understanding } from './ports';
import { ACTION } from './talk';
import { QUEUE_WATCH } from './turn';

/** What the assistant does itself, besides forms. */

/** @param own what the resident's own words told, where no button, number or full title chose */
export async function doAction(turn: BotTurn, action: string, own?: Understanding): Promise<void> {
  const [, kind = '', name = ''] = action.split(':', 3);
  const { pending, also, draft } = turn.talk;
  const { pending: _p, also: _a, ...rest } = turn.talk;
  if (action === ACTION.agent) return await askForPerson(turn, 'asked', 'normal');
  if (kind === 'menu') {
    turn.says.push(menuFrom(turn, Number(name) || 0));
    return;
  }
  if (kind === 'language') return await changeLanguage(turn, name);
  if (kind === 'service') {
    await doIntent(turn, name, pending?.understanding ?? own ?? nothingSaid(turn));
    const { pending: _done, ...after } = turn.talk;
    turn.talk = { ...after, ...(also && !after.also?.length && { also }) };
    return;
  }
  turn.talk = rest;
  if (action === ACTION.also && also) return await takeUp(turn, also);
  if (action === ACTION.draft && draft) return await startService(turn, draft.service);
  if (action === ACTION.emergencyAgent) return await askForPerson(turn, 'emergency', 'emergency');
  if (action === ACTION.somethingElse) return notUnderstood(turn, pending?.understanding ?? nothingSaid(turn));
  if (action === ACTION.callback || action === ACTION.message) return await leaveMessage(turn, kind, own);
  if (action === ACTION.cancelHandoff) {
    turn.effects.push({ kind: 'cancel-handoff' }, { kind: 'cancel-timer', name: QUEUE_WATCH.name });
    turn.says.push({ text: 'common:handoff.cancelled' });
  } else if (action === ACTION.keepWaiting) turn.says.push({ text: 'common:handoff.kept' });
  else if (!openForm(turn)) turn.says.push({ text: 'common:ended' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again' });
}

/** The next of the further wants, with what the form before it has answered. */
async function takeUp(turn: BotTurn, [next, ...others]: NonNullable<BotTurn['talk']['also']>): Promise<void> {
  if (!next) return;
  const { service, answers } = next;
  turn.talk = { ...turn.talk, ...(answers && { pending: { answers } }) };
  await doIntent(turn, service, { ...next.understanding, alsoWants: [] });
  const { pending: _, also = [], ...rest } = turn.talk;
  turn.talk = { ...rest, also: [...also, ...others] };
}

function nothingSaid(turn: BotTurn): Understanding {
  const language = { code: turn.language, confidence: 1 };
  return { text: '', language, intents: [], band: 'none', emergency: false, alsoWants: [], entities: [] };
}

async function leaveMessage(turn: BotTurn, how: string, own?: Understanding): Promise<void> {
  const answers = { how: { value: how, words: '', source: 'said' } } as const;
  await beginService(turn, {
    service: 'leave-message',
    input: { kind: 'begin', answers, ...(own && { understanding: own }) },
  });
}
