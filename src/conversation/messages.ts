import { doAction } from './actions';
import { type BotTurn, ENDED, inDanger, openForm, tellForm } from './botTurn';
import { choose } from './choosing';
import { plain } from './commands';
import { type Decision, decide } from './converse';
import { afterEmergency, emergency } from './emergency';
import { fillForm, inputOf, type Message, QUEUED } from './filling';
import type { Done, Form } from './form';
import { readActivity } from './inbound';
import { didYouMean, doIntent, notUnderstood, startService, toldFor } from './intents';
import { changeLanguage, namedLanguage } from './language';
import { asksCarrier, helpByText, menu, menuChoices } from './menu';
import { askForPerson } from './person';
import type { Say, Understanding } from './ports';
import { askRating } from './rating';
import { ACTION } from './talk';
import { isText, QUEUE_WATCH } from './turn';

/** One message of a resident: understood, decided on, answered. */
export async function answerMessage(turn: BotTurn): Promise<void> {
  const said = readActivity(turn.context.activity);
  const chosen =
    languageMenu(turn, said.value) ??
    choose(turn.talk.offered, said, turn.parts.commands, turn.language, turn.facts.channel);
  const understanding = { ...understand(turn, said.text, chosen), ...(said.position && { position: said.position }) };
  const command = turn.parts.commands.read(said.text, turn.language, turn.facts.channel);
  const message: Message = { ...said, chosen: chosen ?? callAt(turn, understanding), understanding, command };
  await closeOld(turn);
  const form = openForm(turn);
  const decision = decide({
    ...message,
    form,
    service: turn.services.get(form?.service ?? ''),
    queued: turn.facts.hold === 'queued',
    yesNo: turn.talk.yesNo,
    offering: turn.talk.offered.length > 1,
    namesDanger: turn.parts.commands.danger(said.text, turn.language) !== 'general',
    isLandmark: turn.parts.commands.landmark(said.text, turn.language) === said.text.replace(/[.!]+$/, ''),
    afterEmergency: inDanger(turn),
  });
  if (form && decision.do === 'form' && (await wasLeft(turn, form, message))) return;
  await act(turn, decision, message);
  await afterForm(turn);
  if (hasRefusedFile(turn)) turn.says.unshift({ text: 'common:file.refused' });
}

/** A channel keeps no address of what it could not take. Where there is danger, that is all that counts. */
const hasRefusedFile = ({ context, effects }: BotTurn): boolean =>
  (context.activity.attachments ?? []).some(({ contentUrl, content }) => !contentUrl && !content) &&
  !effects.some(({ kind }) => kind === 'alert');

/** The page's language menu may be used at any time, offered or not. */
function languageMenu(turn: BotTurn, value: string | undefined): string | undefined {
  return turn.parts.render.languages.map(ACTION.language).find((action) => action === value);
}

/** The recogniser's reading; a longer message in another of the council's languages changes the language. */
function understand(turn: BotTurn, text: string, chosen: string | undefined): Understanding {
  const { facts, parts } = turn;
  const hint = facts.language === undefined ? { now: facts.now } : { language: turn.language, now: facts.now };
  const understanding = parts.commands.withoutRetracted(parts.recogniser.recognise(text, hint), turn.language);
  const { code, confidence } = understanding.language;
  const words = text.trim().split(/\s+/).length;
  const several = (words > 1 && !isOnlyPlace(understanding)) || isItsCommand(turn, text, code);
  const isShort = words <= FEW_WORDS && facts.language !== undefined;
  const sure = confidence >= (isShort ? SURE_OF_FEW : SURE) && several && chosen === undefined;
  if (!facts.languageExplicit && sure && code !== turn.language && parts.render.languages.includes(code)) {
    turn.language = code;
    turn.effects.push({ kind: 'set-language', language: code, explicit: false });
  }
  return understanding;
}

/** Names of streets and numbers are the same in every language: "3 Hill Street". */
function isOnlyPlace({ text, entities }: Understanding): boolean {
  const left = entities.reduce(
    (words, { kind, text: own }) => (PLACE.has(kind) ? words.replace(own, '') : words),
    text,
  );
  return !/\p{L}/u.test(left);
}

const PLACE: ReadonlySet<string> = new Set(['street', 'unknown-street', 'postcode', 'house-number', 'flat']);

/** One word says little of a language, unless it is a command of that one and a conversation has just begun: "pomoc". */
function isItsCommand({ facts, parts, language }: BotTurn, text: string, code: string): boolean {
  const commandIn = (each: string) => parts.commands.read(text, each, facts.channel).command;
  return facts.language === undefined && commandIn(language) === undefined && commandIn(code) !== undefined;
}

const SURE = 0.9;
/** So few words of a conversation that has its language are a name or a loan word as often as a change of language. */
const FEW_WORDS = 3;
const SURE_OF_FEW = 0.97;
const LEFT_MS = 2 * 3_600_000;

const SMALL_TALK: ReadonlySet<string> = new Set(['greeting', 'thanks', 'goodbye', 'help', 'bot-identity']);

const isOld = (turn: BotTurn, form: Form): boolean => turn.facts.now - form.lastAt >= LEFT_MS;

/** What was only offered after a form was over is not offered for ever. */
async function closeOld(turn: BotTurn): Promise<void> {
  const form = openForm(turn);
  if (!form || !isOld(turn, form)) return;
  if (form.reference !== undefined || form.phase.at === 'stopped' || form.phase.at === 'offered')
    await turn.dc.cancelAllDialogs();
}

/** After hours of silence the form is offered again before it reads anything; an answer that came is kept for then. */
async function wasLeft(turn: BotTurn, form: Form, message: Message): Promise<boolean> {
  if (!isOld(turn, form) || form.phase.at === 'resuming' || message.chosen !== undefined) return false;
  const [best] = message.understanding.intents;
  const isAnswer = message.command.command === undefined && !SMALL_TALK.has(best?.intent ?? '');
  const held = isAnswer ? inputOf(turn, message) : undefined;
  return await tellForm(turn, { kind: 'resume', ...(held && { said: held }) });
}

type Acts = {
  readonly [K in Decision['do']]: (
    turn: BotTurn,
    message: Message,
    decision: Extract<Decision, { readonly do: K }>,
  ) => void | Promise<void>;
};

const ACTS: Acts = {
  emergency: (turn, { understanding }) => emergency(turn, understanding),
  'after-emergency': (turn) => afterEmergency(turn),
  agent: (turn) => askForPerson(turn, 'asked', 'normal'),
  repeat: ({ says, talk }) => {
    says.push(...(talk.last.length > 0 ? talk.last : [{ text: 'common:repeat.none' } as const]));
  },
  menu: (turn, { command }) => {
    const byText = isText(turn.facts.channel) && command.command === 'help';
    turn.says.push(byText ? helpByText(turn, menuChoices(turn)) : menu(turn));
  },
  language: (turn, { text }) => changeLanguage(turn, namedLanguage(turn, text)),
  status: (turn, { understanding }) => startService(turn, 'check-case', understanding),
  queued: (turn) => {
    turn.says.push(QUEUED);
  },
  yes: (turn) => doAction(turn, turn.talk.offered[0]?.value ?? ACTION.nothing),
  no: (turn) => doAction(turn, turn.talk.offered.slice(1).at(-1)?.value ?? ACTION.nothing),
  action: (turn, message, { action }) => doAction(turn, action, ownWords(turn, message)),
  form: async (turn, message) => {
    if (asksCarrier(turn, message.text)) turn.says.push(helpByText(turn));
    else await fillForm(turn, message);
  },
  intent: (turn, { understanding }, { intent }) => doIntent(turn, intent, understanding),
  'did-you-mean': async (turn, { understanding }) => {
    const told = toldFor(turn, understanding);
    return told ? await doIntent(turn, told, understanding) : didYouMean(turn, understanding);
  },
  none: (turn, { understanding }) => (inDanger(turn) ? afterEmergency(turn) : notUnderstood(turn, understanding)),
};

/** "pothole" chooses "pothole or broken pavement", and says which of the two. */
function ownWords({ talk }: Pick<BotTurn, 'talk'>, { value, text, understanding }: Message): Understanding | undefined {
  const isTitle = talk.offered.some(({ title }) => plain(title) === plain(text));
  if (value !== undefined || isTitle) return undefined;
  return /\d/.test(text) && !callAt({ talk }, understanding) ? undefined : understanding;
}

/** A phone number where a call was offered is the answer to that. */
function callAt({ talk }: Pick<BotTurn, 'talk'>, { entities }: Understanding): string | undefined {
  const isOffered = talk.offered.some(({ value }) => value === ACTION.callback);
  return isOffered && entities.some(({ kind }) => kind === 'phone') ? ACTION.callback : undefined;
}

async function act(turn: BotTurn, decision: Decision, message: Message): Promise<void> {
  const { danger } = turn.talk;
  await (ACTS[decision.do] as Acts['none'])(turn, message, decision as { readonly do: 'none' });
  // What follows an emergency is measured by it once.
  if (decision.do === 'emergency' || danger === undefined) return;
  const { danger: _, ...rest } = turn.talk;
  turn.talk = rest;
}

/** What follows when a form has ended in this turn. */
async function afterForm(turn: BotTurn): Promise<void> {
  const ended = turn.context.turnState.get<{ readonly done: Done; readonly form: Form } | undefined>(ENDED);
  if (!ended) return;
  const { reference } = ended.form;
  if (reference !== undefined) turn.talk = { ...turn.talk, reference };
  // The message stands for the place in the queue.
  if (ended.form.service === 'leave-message' && ended.done.how === 'submitted' && turn.facts.hold === 'queued')
    turn.effects.push({ kind: 'cancel-handoff' }, { kind: 'cancel-timer', name: QUEUE_WATCH.name });
  if (ended.done.how === 'kept') turn.talk = { ...turn.talk, draft: ended.form };
  if (ended.done.how === 'person') await askForPerson(turn, ended.done.reason, 'normal', ended.form);
  if (openForm(turn)) withoutFarewell(turn);
  if (!openForm(turn) && ended.done.how !== 'person') offerNext(turn, ended.form);
  if (!openForm(turn) && ended.done.how === 'submitted' && reference !== undefined) askRating(turn, 'case');
}

/** "Is there anything else?": there is, the form below. */
function withoutFarewell({ says }: BotTurn): void {
  const at = says.findIndex(({ text }) => text === 'common:ended');
  if (at >= 0) says.splice(at, 1);
}

/** What else was asked for, once nothing else is open. */
function offerNext(turn: BotTurn, form: Form): void {
  const [next, ...others] = (turn.talk.also ?? []).filter(({ service, slot }) => slot || service !== form.service);
  if (!next) return;
  const shared = next.service === form.service ? { ...next, answers: sharedAnswers(turn, form, next.slot) } : next;
  turn.talk = { ...turn.talk, also: [shared, ...others] };
  const choices = [
    { value: ACTION.also, label: 'common:yes' },
    { value: ACTION.nothing, label: 'common:no' },
  ] as const;
  const value = next.understanding.entities.find(({ slot }) => slot === next.slot)?.value;
  const say: Say = next.slot
    ? { text: 'common:also.same', params: { item: { label: `${next.service}:${next.slot}.${value}`, inline: true } } }
    : { text: 'common:also', params: { title: { label: `common:label.${next.service}` } } };
  turn.says.push({ ...say, choices });
}

/** What is the same of the next report: where, what and who, but not what was picked, shown or told. */
const SHARED: ReadonlySet<string> = new Set(['address', 'place', 'choice', 'contact', 'yes-no']);

function sharedAnswers(turn: BotTurn, form: Form, but: string | undefined): Form['answers'] {
  const slots = turn.services.get(form.service)?.slots ?? {};
  const shared = Object.entries(form.answers).filter(
    ([name]) => name !== but && SHARED.has(slots[name]?.is.kind ?? ''),
  );
  return Object.fromEntries(shared);
}
