import { changeLanguage, doAction, emergency } from './actions';
import { type BotTurn, ENDED, openForm, tellForm } from './botTurn';
import { choose } from './choosing';
import { type CommandRead, plain } from './commands';
import { type Decision, decide, meaning } from './converse';
import type { Done, Form, FormInput } from './form';
import { readActivity, type Said } from './inbound';
import { didYouMean, doIntent, menu, namedLanguage, notUnderstood, startService } from './intents';
import { askForPerson } from './person';
import type { Understanding } from './ports';
import { ACTION } from './talk';

/** One message of a resident: understood, decided on, answered. */
export async function answerMessage(turn: BotTurn): Promise<void> {
  const said = readActivity(turn.context.activity);
  const chosen = choose(turn.talk.offered, said, turn.parts.commands, turn.language, turn.facts.channel);
  const understanding = understand(turn, said.text, chosen);
  const command = turn.parts.commands.read(said.text, turn.language, turn.facts.channel);
  const message: Message = { ...said, chosen, understanding, command };
  await closeOld(turn);
  const form = openForm(turn);
  const decision = decide({
    ...message,
    form,
    service: turn.services.get(form?.service ?? ''),
    queued: turn.facts.hold === 'queued',
    yesNo: turn.talk.yesNo,
  });
  if (form && decision.do === 'form' && (await wasLeft(turn, form, chosen))) return;
  await act(turn, decision, message);
  await afterForm(turn);
}

interface Message extends Said {
  readonly chosen: string | undefined;
  readonly understanding: Understanding;
  readonly command: CommandRead;
}

/** The recogniser's reading; a longer message in another of the council's languages changes the language. */
function understand(turn: BotTurn, text: string, chosen: string | undefined): Understanding {
  const { facts, parts } = turn;
  const hint = facts.language === undefined ? { now: facts.now } : { language: turn.language, now: facts.now };
  const understanding = parts.recogniser.recognise(text, hint);
  const { code, confidence } = understanding.language;
  const sure = confidence >= SURE && text.trim().split(/\s+/).length > 1 && chosen === undefined;
  if (!facts.languageExplicit && sure && code !== turn.language && parts.render.languages.includes(code)) {
    turn.language = code;
    turn.effects.push({ kind: 'set-language', language: code, explicit: false });
  }
  return understanding;
}

const SURE = 0.9;
const LEFT_MS = 2 * 3_600_000;

const isOld = (turn: BotTurn, form: Form): boolean => turn.facts.now - form.lastAt >= LEFT_MS;

/** What was only offered after a form was over is not offered for ever. */
async function closeOld(turn: BotTurn): Promise<void> {
  const form = openForm(turn);
  if (!form || !isOld(turn, form)) return;
  if (form.reference !== undefined || form.phase.at === 'stopped' || form.phase.at === 'offered')
    await turn.dc.cancelAllDialogs();
}

/** After hours of silence the form is offered again before it reads anything. */
async function wasLeft(turn: BotTurn, form: Form, chosen: string | undefined): Promise<boolean> {
  if (!isOld(turn, form) || form.phase.at === 'resuming' || chosen !== undefined) return false;
  return await tellForm(turn, { kind: 'resume' });
}

async function act(turn: BotTurn, decision: Decision, message: Message): Promise<void> {
  switch (decision.do) {
    case 'emergency':
      return emergency(turn, message.understanding);
    case 'agent':
      return await askForPerson(turn, 'asked', 'normal');
    case 'repeat':
      turn.says.push(...(turn.talk.last.length > 0 ? turn.talk.last : [{ text: 'common:repeat.none' } as const]));
      return;
    case 'menu':
      turn.says.push(menu(turn));
      return;
    case 'language':
      return await changeLanguage(turn, namedLanguage(turn, message.text));
    case 'status':
      return await startService(turn, 'check-case', message.understanding);
    case 'queued':
      turn.says.push({
        text: 'common:handoff.noted',
        choices: [{ value: ACTION.cancelHandoff, label: 'common:handoff.cancel' }],
      });
      return;
    case 'yes':
      return await doAction(turn, turn.talk.offered[0]?.value ?? ACTION.nothing);
    case 'no':
      return await doAction(turn, turn.talk.offered.at(-1)?.value ?? ACTION.nothing);
    case 'action':
      return await doAction(turn, decision.action);
    case 'form':
      return await fillForm(turn, message);
    case 'intent':
      return await doIntent(turn, decision.intent, message.understanding);
    case 'did-you-mean':
      return didYouMean(turn, message.understanding);
    case 'none':
      return notUnderstood(turn, message.understanding);
  }
}

/** The form reads the message; if it cannot, another want may; else the form asks in other words. */
async function fillForm(turn: BotTurn, message: Message): Promise<void> {
  if (await tellForm(turn, inputOf(turn, message))) return;
  const steers = message.command.command !== undefined || message.chosen !== undefined;
  const other: Decision = steers ? { do: 'none' } : meaning({ understanding: message.understanding, queued: false });
  if (other.do === 'emergency') return emergency(turn, message.understanding);
  if (other.do === 'intent' && !isRunning(turn, other.intent))
    return await doIntent(turn, other.intent, message.understanding);
  if (turn.facts.hold === 'queued') {
    turn.says.push({
      text: 'common:handoff.noted',
      choices: [{ value: ACTION.cancelHandoff, label: 'common:handoff.cancel' }],
    });
    return;
  }
  turn.effects.push({ kind: 'note-misunderstood', text: message.understanding.text.slice(0, 500) });
  await tellForm(turn, { kind: 'misread' });
}

function isRunning(turn: BotTurn, service: string): boolean {
  return turn.dc.stack.some(({ state }) => (state as { readonly form?: Form }).form?.service === service);
}

function inputOf(turn: BotTurn, message: Message): FormInput {
  const { understanding, chosen, command, position, photo } = message;
  const steer = chosen?.startsWith('cmd:') && chosen !== 'cmd:repeat-question' ? chosen.slice(4) : undefined;
  const named = command.changing ?? (openForm(turn)?.phase.at === 'changing' ? plain(message.text) : undefined);
  const slot = named === undefined ? undefined : slotNamed(turn, named);
  const spoken =
    (steer as CommandRead['command']) ??
    (command.changing !== undefined && slot === undefined ? undefined : command.command);
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

/** The slot of the form on top that some words name: "address" is "the address". */
function slotNamed(turn: BotTurn, words: string): string | undefined {
  const service = turn.services.get(openForm(turn)?.service ?? '');
  const meant = words.split(' ').filter((word) => word.length > 2);
  return Object.keys(service?.slots ?? {}).find((slot) => {
    const name = plain(turn.parts.render.say({ text: `${service?.id ?? ''}:${slot}.name` }, turn.language).text).split(
      ' ',
    );
    return meant.length > 0 && meant.length <= 4 && meant.some((word) => word !== 'the' && name.includes(word));
  });
}

/** What follows when a form has ended in this turn. */
async function afterForm(turn: BotTurn): Promise<void> {
  const ended = turn.context.turnState.get<{ readonly done: Done; readonly form: Form } | undefined>(ENDED);
  if (!ended) return;
  if (ended.done.how === 'kept') turn.talk = { ...turn.talk, draft: ended.form };
  if (ended.done.how === 'person') await askForPerson(turn, ended.done.reason, 'normal', ended.form);
  const { also } = turn.talk;
  if (openForm(turn) || !also || ended.done.how === 'person' || also.service === ended.form.service) return;
  const choices = [
    { value: ACTION.also, label: 'common:yes' },
    { value: ACTION.nothing, label: 'common:no' },
  ] as const;
  turn.says.push({ text: 'common:also', params: { title: { label: `common:label.${also.service}` } }, choices });
}
