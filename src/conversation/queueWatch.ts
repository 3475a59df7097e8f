import { type BotTurn, keepsQuiet } from './botTurn';
import type { Params } from './ports';
import { isQuiet } from './quietHours';
import { ACTION } from './talk';
import { isText, QUEUE_WATCH } from './turn';

/** While a resident waits for a person: whether there still is one. */

export const CALLBACK = { value: ACTION.callback, label: 'common:handoff.callback' } as const;
export const MESSAGE = { value: ACTION.message, label: 'common:handoff.message' } as const;
const KEEP_WAITING = { value: ACTION.keepWaiting, label: 'common:handoff.keepWaiting' } as const;

/** Whether somebody is at the desk now. */
export async function isAttended(turn: BotTurn): Promise<boolean> {
  const { open, agentsOn } = await turn.parts.handoff.availability(turn.facts.now, turn.language);
  return open && agentsOn > 0;
}

/** An agent who reloads their page is away for a moment. */
const LOOKS = 2;

/** Looks again in a while. */
export function watchQueue(turn: BotTurn, missed: number): void {
  const at = turn.facts.now + QUEUE_WATCH.everyMs;
  turn.effects.push({ kind: 'set-timer', name: QUEUE_WATCH.name, at, value: { missed } });
}

/**
 * While a resident waits: when the last agent has left, a call back or a message is offered instead. Their place is kept.
 * @param missed looks before this one at which nobody was there
 */
export async function lookAfterQueue(turn: BotTurn, missed: number): Promise<void> {
  if (turn.facts.hold !== 'queued' || keepsQuiet(turn)) return;
  const now = await turn.parts.handoff.availability(turn.facts.now, turn.language);
  if (now.open && now.agentsOn > 0) return watchQueue(turn, 0);
  if (missed + 1 < LOOKS || (isText(turn.facts.channel) && isQuiet(turn.facts.now)))
    return watchQueue(turn, missed + 1);
  const params: Params = { opens: now.opensAt === undefined ? 'none' : { moment: now.opensAt } };
  turn.says.push({ text: 'common:handoff.left', params, choices: [CALLBACK, MESSAGE, KEEP_WAITING] });
}
