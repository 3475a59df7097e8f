import { type Activity, ConversationState, InputHints, type Storage, type TurnContext } from 'botbuilder';
import { DialogSet } from 'botbuilder-dialogs';
import { z } from 'zod';
import { SUBMIT_LEFT } from './advance';
import { type BotParts, type BotTurn, hasKey, keepsQuiet, openForm, tellForm } from './botTurn';
import { BUILT_IN } from './builtin';
import { HELP_BY_TEXT } from './menu';
import { answerMessage } from './messages';
import { giveUpPlace } from './person';
import type { Effect, Rendered, Say } from './ports';
import { lookAfterQueue } from './queueWatch';
import { isQuiet } from './quietHours';
import { askRating, takeRating } from './rating';
import type { Service } from './service';
import { ServiceDialog } from './serviceDialog';
import { ACTION, NEW_TALK, type Talk } from './talk';
import { EFFECTS, isText, QUEUE_WATCH, type TimerValue, TURN, type TurnFacts } from './turn';

export type { BotParts } from './botTurn';

/**
 * The assistant as a Bot Framework bot. The function it answers is called once a turn with that turn's storage: dialog and
 * conversation state are read from it and saved to it; effects go to `context.turnState`.
 */
export function createBot(parts: BotParts): (storage: Storage) => { run(context: TurnContext): Promise<void> } {
  const all = [...parts.services, ...BUILT_IN];
  const services = new Map<string, Service>(all.map((service) => [service.id, service]));
  return (storage) => ({ run: (context) => runTurn(parts, services, storage, context) });
}

async function runTurn(
  parts: BotParts,
  services: ReadonlyMap<string, Service>,
  storage: Storage,
  context: TurnContext,
): Promise<void> {
  const state = new ConversationState(storage);
  const talk = state.createProperty<Talk>('talk');
  const dialogs = new DialogSet(state.createProperty('dialogs')).add(new ServiceDialog(services));
  const facts = context.turnState.get<TurnFacts>(TURN);
  const turn: BotTurn = {
    parts,
    services,
    context,
    dc: await dialogs.createContext(context),
    facts,
    settings: parts.settings(),
    says: [],
    effects: [],
    talk: (await talk.get(context, NEW_TALK)) ?? NEW_TALK,
    language: facts.language ?? languageOf(parts, context.activity),
  };
  await answer(turn);
  await speak(turn);
  await talk.set(context, turn.talk);
  await state.saveChanges(context);
  context.turnState.get<Effect[]>(EFFECTS).push(...turn.effects);
}

/** The page's language, until the resident's own words tell. */
function languageOf(parts: BotParts, activity: Activity): string {
  const locale = activity.locale ?? '';
  const wanted = [locale, locale.split('-')[0] ?? ''];
  return wanted.find((code) => parts.render.languages.includes(code)) ?? 'en';
}

async function answer(turn: BotTurn): Promise<void> {
  const { activity } = turn.context;
  if (activity.type === 'conversationUpdate') greet(turn);
  else if (activity.type === 'message') {
    await answerMessage(turn);
    if (isText(turn.facts.channel)) firstText(turn);
    watchSilence(turn);
  } else if (activity.type === 'event') await answerEvent(turn);
  else if (activity.type === 'endOfConversation') giveUpPlace(turn);
}

function greet(turn: BotTurn): void {
  const { activity } = turn.context;
  const joined = activity.membersAdded ?? [];
  const resident = joined.length === 0 || joined.some(({ id }) => id !== activity.recipient?.id);
  if (!resident || turn.talk.greeted || isText(turn.facts.channel)) return;
  turn.talk = { ...turn.talk, greeted: true };
  turn.says.push({ text: 'common:greeting', params: { council: turn.settings.council.name } });
}

/** The first text names the council and says how to stop; after whom to call, in an emergency. */
function firstText(turn: BotTurn): void {
  if (turn.talk.greeted) return;
  turn.talk = { ...turn.talk, greeted: true };
  const who: Say = { text: 'common:greeting.sms', params: { council: turn.settings.council.shortName } };
  if (turn.effects.some(({ kind }) => kind === 'alert') || turn.says.some(({ text }) => text === HELP_BY_TEXT)) return;
  turn.says.unshift(who);
}

const SILENCE_MS = 45 * 60_000;
const FORM_LEFT = 'form-left';

/** On text messages a form left open is asked about once, never at night. */
function watchSilence(turn: BotTurn): void {
  if (!isText(turn.facts.channel)) return;
  const form = openForm(turn);
  const at = turn.facts.now + SILENCE_MS;
  const urgent = turn.effects.some(({ kind }) => kind === 'alert');
  if (form && form.reference === undefined && !isQuiet(at) && !urgent && !keepsQuiet(turn))
    turn.effects.push({ kind: 'set-timer', name: FORM_LEFT, at });
  else turn.effects.push({ kind: 'cancel-timer', name: FORM_LEFT });
}

const Timer: z.ZodType<TimerValue> = z.object({ name: z.string(), value: z.json() });
const Missed = z.object({ missed: z.number().catch(0) }).catch({ missed: 0 });
const Answered = z.object({
  service: z.string(),
  reference: z.string().optional(),
  answers: z.record(
    z.string(),
    z.object({ value: z.json(), words: z.string(), source: z.enum(['said', 'verified', 'assumed']) }),
  ),
});

async function answerEvent(turn: BotTurn): Promise<void> {
  const { name, value } = turn.context.activity;
  if (name === 'handoff.status') return await backFromPerson(turn, value);
  if (name === 'sms.start') return await startedAgain(turn);
  if (name === 'rating') return takeRating(turn, value);
  if (name !== 'timer') return;
  const timer = Timer.safeParse(value);
  if (timer.data?.name === QUEUE_WATCH.name) return await lookAfterQueue(turn, Missed.parse(timer.data.value).missed);
  if (!timer.success || turn.facts.hold === 'queued' || keepsQuiet(turn)) return;
  const form = openForm(turn);
  if (timer.data.name === FORM_LEFT && form && form.phase.at !== 'resuming') await tellForm(turn, { kind: 'resume' });
  if (timer.data.name === SUBMIT_LEFT && form) await tellForm(turn, { kind: 'left' });
  const reminder = Answered.safeParse(timer.data.value);
  if (timer.data.name.startsWith('reminder:') && reminder.success) remind(turn, reminder.data, 'reminder');
  if (timer.data.name.startsWith('follow-up:') && reminder.success) await followUp(turn, reminder.data);
}

/** The next step of a case falls due, unless it was closed meanwhile. */
async function followUp(turn: BotTurn, due: z.infer<typeof Answered>): Promise<void> {
  const { reference } = due;
  if (reference !== undefined && (await turn.parts.cases.isOpen(reference))) remind(turn, due, 'followUp');
}

/** An offered reminder falls due. Nothing of what was said then is told unasked: others may see the screen. */
function remind(
  turn: BotTurn,
  { service, answers, reference }: z.infer<typeof Answered>,
  key: 'reminder' | 'followUp',
): void {
  if (!hasKey(turn, `${service}:${key}`) || openForm(turn)) return;
  turn.talk = { ...turn.talk, pending: { answers } };
  const choices = [
    { value: ACTION.service(service), label: 'common:yes' },
    { value: ACTION.nothing, label: 'common:no' },
  ] as const;
  turn.says.push({ text: `${service}:${key}`, params: { reference: reference ?? 'none' }, choices });
}

async function backFromPerson(turn: BotTurn, value: unknown): Promise<void> {
  if (!z.object({ state: z.literal('completed') }).safeParse(value).success) return;
  turn.effects.push({ kind: 'cancel-timer', name: QUEUE_WATCH.name });
  if (keepsQuiet(turn) && isText(turn.facts.channel)) return;
  turn.says.push({ text: 'common:handoff.back' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again' });
  else askRating(turn, 'handoff');
}

/** A number that had opted out takes texts again: what was open goes on. */
async function startedAgain(turn: BotTurn): Promise<void> {
  turn.talk = { ...turn.talk, greeted: true };
  turn.says.push({ text: 'common:started' });
  if (openForm(turn)) await tellForm(turn, { kind: 'again' });
  else if (turn.facts.hold === 'bot') turn.says.push({ text: 'common:started.what' });
}

/** Words all that was collected. On text messages it is one message: each costs, and each may come late. */
async function speak(turn: BotTurn): Promise<void> {
  const { render } = turn.parts;
  if (turn.says.length === 0) return;
  const text = isText(turn.facts.channel);
  const says = turn.says.map(
    (say): Say => (text && hasKey(turn, `${say.text}.sms`) ? { ...say, text: `${say.text}.sms` } : say),
  );
  const rendered = says.map((say) => render.say(say, turn.language, turn.facts.now)).filter((each) => each.text !== '');
  const messages = text ? merged(rendered) : rendered;
  for (const [index, message] of messages.entries()) {
    const isLast = index === messages.length - 1;
    await turn.context.sendActivity({ ...activityOf(message, isLast), ...forThePage(turn, isLast && says.at(-1)) });
  }
  const last = messages.at(-1);
  const [first, ...others] = says.at(-1)?.choices ?? [];
  const asksYesNo = first?.label === 'common:yes' && first.value.startsWith('do:');
  const offersPerson = first?.value === ACTION.agent && others.length === 0;
  const yesNo = asksYesNo || offersPerson;
  turn.talk = { ...turn.talk, offered: last?.choices ?? [], yesNo, last: turn.says };
}

/** For the chat page: `quiet`, no sound and no rating; `asks`, what the last message wants to be told. */
function forThePage(turn: BotTurn, say: Say | undefined | false): Partial<Activity> {
  const asks = (!isText(turn.facts.channel) && say && say.asks) || undefined;
  const channelData = { ...(keepsQuiet(turn) && { quiet: true }), ...(asks && { asks }) };
  return Object.keys(channelData).length > 0 ? { channelData } : {};
}

function merged(messages: readonly Rendered[]): readonly Rendered[] {
  const last = messages.at(-1);
  return last ? [{ text: messages.map(({ text }) => text).join('\n'), choices: last.choices }] : [];
}

function activityOf({ text, choices }: Rendered, last: boolean): Partial<Activity> {
  const actions = choices.map(({ value, title }) => ({
    type: 'messageBack',
    title,
    text: title,
    displayText: title,
    value: { choice: value },
  }));
  return {
    type: 'message',
    text,
    inputHint: last ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(actions.length > 0 && { suggestedActions: { actions, to: [] } }),
  };
}
