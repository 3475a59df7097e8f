import { type BotTurn, inDanger, keepsQuiet, openForm } from './botTurn';
import type { Form } from './form';
import type { ChoiceSaid, Effect, Json, Params, Say, TextKey } from './ports';
import { CALLBACK, MESSAGE, watchQueue } from './queueWatch';
import { QUIET_EMERGENCY } from './quietEmergency';
import { ACTION } from './talk';
import { QUEUE_WATCH } from './turn';
import { shown } from './wording';

/** Passing a conversation to a person, or saying honestly when that can be. */

type Lane = 'normal' | 'emergency';

/** Asks for a person; out of hours a call back or a message is offered instead. An emergency always goes to the queue. */
export async function askForPerson(
  turn: BotTurn,
  why: string,
  wanted: Lane,
  form: Form | undefined = openForm(turn),
): Promise<void> {
  // Who asks for a person in their own words, and not by the button, is in danger all the same.
  const lane = inDanger(turn) ? 'emergency' : wanted;
  const urgent = keepsQuiet(turn) ? QUIET_EMERGENCY : 'emergency';
  const reason = lane === 'emergency' ? urgent : why;
  if (turn.facts.hold === 'queued' && lane === 'normal') {
    turn.says.push({ text: 'common:handoff.already', choices: CANCEL });
    return;
  }
  const now = await turn.parts.handoff.availability(turn.facts.now, turn.language);
  const there = now.open && now.agentsOn > 0;
  if (there || lane === 'emergency') turn.effects.push(request(turn, reason, lane, form));
  if (there) {
    turn.says.push(waiting(now));
    if (!keepsQuiet(turn)) watchQueue(turn, 0);
  } else if (lane === 'emergency') turn.says.push({ text: 'common:handoff.urgent' });
  else turn.says.push(keepsQuiet(turn) ? closedQuietly(form !== undefined) : closed(now.opensAt, form));
}

/** Who ends the chat waits no longer; after danger the desk still has to see it. */
export function giveUpPlace({ facts, talk, effects }: BotTurn): void {
  if (facts.hold === 'queued' && !talk.hadDanger)
    effects.push({ kind: 'cancel-handoff' }, { kind: 'cancel-timer', name: QUEUE_WATCH.name });
}

/** Who waits already goes before everybody, and the desk learns what it must know first. */
export function moveUp(turn: BotTurn): void {
  const reason = keepsQuiet(turn) ? QUIET_EMERGENCY : 'emergency';
  turn.effects.push(request(turn, reason, 'emergency', openForm(turn)));
}

const CANCEL = [{ value: ACTION.cancelHandoff, label: 'common:handoff.cancel' }] as const;

function waiting(now: { readonly waiting: number; readonly waitMinutes?: readonly [number, number] }): Say {
  const wait = now.waitMinutes ? now.waitMinutes.join('–') : 'none';
  return { text: 'common:handoff.waiting', params: { ahead: now.waiting, wait }, choices: CANCEL };
}

function closed(opensAt: number | undefined, form: Form | undefined): Say {
  const call = isDeaf(form) ? [] : [CALLBACK];
  const params: Params = { opens: opensAt === undefined ? 'none' : { moment: opensAt } };
  return { text: 'common:handoff.closed', params, choices: [...call, MESSAGE, without(form !== undefined)] };
}

/** Who has said that they are deaf is never called. */
const isDeaf = (form: Form | undefined): boolean => form?.answers.needs?.value === 'deaf';

/** No call and no message: numbers to call from where it is safe. */
const closedQuietly = (inForm: boolean): Say => ({ text: 'common:handoff.closedQuietly', choices: [without(inForm)] });

const without = (inForm: boolean): ChoiceSaid => ({
  value: ACTION.nothing,
  label: inForm ? 'common:handoff.goOn' : 'common:offer.none',
});

function request(turn: BotTurn, reason: string, lane: Lane, form: Form | undefined): Effect {
  const service = form && turn.services.get(form.service);
  const words = turn.context.activity.text ?? '';
  const ask = (lane === 'emergency' ? turn.talk.ask : form?.ask) || turn.talk.ask || words;
  return {
    kind: 'request-handoff',
    reason,
    lane,
    ask: ask.slice(0, 500),
    ...(service && { service: service.id }),
    facts: [...(keepsQuiet(turn) ? [safety(turn)] : []), ...(form ? collected(turn, form) : [])],
  };
}

/** The first thing an agent must know. */
function safety({ parts }: BotTurn): Collected[number] {
  const inEnglish = (text: TextKey): string => parts.render.say({ text }, 'en').text;
  return { name: inEnglish('common:desk.safety'), value: inEnglish('common:desk.doNotContact'), source: 'said' };
}

type Collected = Extract<Effect, { readonly kind: 'request-handoff' }>['facts'];

/** The answers so far as the desk reads them: in English, each marked said or verified. */
function collected(turn: BotTurn, form: Form): Collected {
  const service = turn.services.get(form.service);
  if (!service) return [];
  return Object.entries(form.answers).flatMap(([slot, { value, source }]): Collected => {
    if (value === null || source === 'assumed') return [];
    const name = turn.parts.render.say({ text: `${service.id}:${slot}.name` }, 'en').text;
    return [{ name, value: inEnglish(turn, service.id, slot, value), source }];
  });
}

function inEnglish(turn: BotTurn, serviceId: string, slot: string, value: Json): string {
  const service = turn.services.get(serviceId);
  const param = service ? shown(service, slot, value) : String(value);
  if (typeof param === 'string') return param;
  if (typeof param === 'object' && 'label' in param) return turn.parts.render.say({ text: param.label }, 'en').text;
  return String(value);
}
