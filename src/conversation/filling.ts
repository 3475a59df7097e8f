import { type BotTurn, inDanger, openForm, tellForm } from './botTurn';
import { nearest } from './choosing';
import { type CommandRead, plain } from './commands';
import { type Decision, meaning } from './converse';
import { afterEmergency, emergency } from './emergency';
import type { Form, Said } from './form';
import type { Said as Heard } from './inbound';
import { doIntent, firstOfSeveral } from './intents';
import { askForPerson } from './person';
import type { Understanding } from './ports';
import { NOTHING } from './reading/reading';
import { ACTION } from './talk';

/** A message, understood. */
export interface Message extends Heard {
  readonly chosen: string | undefined;
  readonly understanding: Understanding;
  readonly command: CommandRead;
}

export const QUEUED = {
  text: 'common:handoff.noted',
  choices: [{ value: ACTION.cancelHandoff, label: 'common:handoff.cancel' }],
} as const;

/** The form reads the message; if it cannot, another want may; else the form asks in other words. */
export async function fillForm(turn: BotTurn, message: Message): Promise<void> {
  const afterDanger = inDanger(turn);
  if (await tellForm(turn, inputOf(turn, message))) return;
  const steers = message.command.command !== undefined || message.chosen !== undefined;
  const answers = steers || isShortAnswer(turn, message.understanding);
  const other: Decision = answers ? { do: 'none' } : meaning({ understanding: message.understanding, queued: false });
  if (other.do === 'emergency') return emergency(turn, message.understanding);
  if (other.do === 'intent' && !isRunning(turn, other.intent))
    return await doIntent(turn, other.intent, message.understanding);
  if (other.do === 'intent' && (await backTo(turn, other.intent))) return;
  if (turn.facts.hold === 'queued') {
    turn.says.push(QUEUED);
    return;
  }
  if (afterDanger) return afterEmergency(turn);
  if (await answersPerson(turn, message.command)) return;
  turn.effects.push({ kind: 'note-misunderstood', text: message.understanding.text.slice(0, 500) });
  await tellForm(turn, { kind: 'misread' });
}

/** "last week" to a question for a day says little of another want, if the form cannot read it either. */
function isShortAnswer(turn: BotTurn, { text, intents, entities, emergency: danger }: Understanding): boolean {
  if (openForm(turn)?.phase.at !== 'asking' || danger || text.includes('?')) return false;
  if (entities.some(({ kind }) => kind === 'reference')) return false;
  return text.trim().split(/\s+/).length <= SHORT_ANSWER && (intents[0]?.confidence ?? 0) < CERTAIN;
}

const SHORT_ANSWER = 3;
const CERTAIN = 0.9;

/** "A person can help you, or you can try again": a yes takes the person, a no tries again. */
async function answersPerson(turn: BotTurn, { command }: CommandRead): Promise<boolean> {
  if (turn.talk.offered[0]?.value !== ACTION.agent) return false;
  if (command === 'yes') await askForPerson(turn, 'asked', 'normal');
  else if (command === 'no') await tellForm(turn, { kind: 'again' });
  else return false;
  return true;
}

/** What is asked for waits below a form that has said all it had to say: that one is closed. */
async function backTo(turn: BotTurn, service: string): Promise<boolean> {
  const form = openForm(turn);
  const isOver = form?.phase.at === 'offered' || form?.phase.at === 'stopped';
  if (!isOver || form.service === service) return false;
  return await tellForm(turn, { kind: 'say', understanding: NOTHING, chosen: 'none' });
}

function isRunning(turn: BotTurn, service: string): boolean {
  return turn.dc.stack.some(({ state }) => (state as { readonly form?: Form }).form?.service === service);
}

/** Choices that steer a form wherever it is; others are values. */
const steerOf = (chosen: string | undefined): CommandRead['command'] =>
  chosen?.startsWith('cmd:') && chosen !== 'cmd:repeat-question'
    ? (chosen.slice(4) as CommandRead['command'])
    : undefined;

/** What a message says to the form on top. */
export function inputOf(turn: BotTurn, message: Message): Said {
  const { position, photo } = message;
  // The button itself says what to change: its title may fit another slot's name as well.
  const command = message.chosen?.startsWith('change:') ? {} : message.command;
  const form = openForm(turn);
  const understanding = form ? firstOfSeveral(turn, form.service, message.understanding) : message.understanding;
  const chosen = message.chosen ?? nearestChoice(turn, message);
  const named = command.changing ?? (openForm(turn)?.phase.at === 'changing' ? plain(message.text) : undefined);
  const slot = named === undefined ? undefined : slotNamed(turn, named);
  const spoken =
    steerOf(chosen) ?? (command.changing !== undefined && slot === undefined ? undefined : command.command);
  return {
    kind: 'say',
    understanding,
    ...(chosen !== undefined && { chosen }),
    ...(spoken && { command: spoken }),
    ...(slot && { slot }),
    ...((command.correcting !== undefined || command.changing !== undefined) && { correcting: true }),
    ...(position && { position }),
    ...(photo && { photo }),
  };
}

/** The choice that the words come nearest to, where a choice is asked and none was named. */
function nearestChoice(turn: BotTurn, { text, command, understanding }: Message): string | undefined {
  const form = openForm(turn);
  if (form?.phase.at !== 'asking' || Object.keys(command).length > 0) return undefined;
  const { slot } = form.phase;
  const is = turn.services.get(form.service)?.slots[slot]?.is;
  if (is?.kind !== 'choice' || understanding.entities.some((entity) => entity.slot === slot)) return undefined;
  if (understanding.entities.some(({ kind }) => kind === 'street' || kind === 'postcode')) return undefined;
  const lexicon = turn.parts.render.lexicon(turn.language);
  return nearest(
    text,
    lexicon
      .filter((entry) => entry.slot === slot && is.choices.includes(entry.value))
      .map(({ value, phrases, asked = [] }) => ({ value, phrases: [...phrases, ...asked] })),
  );
}

/** The slot of the form on top whose name shares most with some words: "address" is "the address". */
function slotNamed(turn: BotTurn, words: string): string | undefined {
  const service = turn.services.get(openForm(turn)?.service ?? '');
  const meant = words.split(' ').filter((word) => word.length > 2 && word !== 'the');
  const nameOf = (slot: string): readonly string[] =>
    plain(turn.parts.render.say({ text: `${service?.id ?? ''}:${slot}.name` }, turn.language).text).split(' ');
  if (meant.length === 0 || meant.length > 4) return undefined;
  const shared = (slot: string): number => meant.filter((word) => nameOf(slot).includes(word)).length;
  const slots = Object.keys(service?.slots ?? {});
  const most = Math.max(0, ...slots.map(shared));
  return most === 0 ? undefined : slots.find((slot) => shared(slot) === most);
}
